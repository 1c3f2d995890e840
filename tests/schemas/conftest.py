"""The samples of the schemas are read here, not run."""

collect_ignore_glob = ["good/*.cases.yaml"]
