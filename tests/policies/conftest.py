"""The cases files under `bad_cases` are wrong on purpose: not for the collector."""

collect_ignore_glob = ["bad_cases/*.cases.yaml"]
