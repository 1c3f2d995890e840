"""What is run twice in one process looks at its files anew."""

from jifen.cli import main

from .conftest import Harbour

LINE = "  - {name: line, source: s, applicant: sailor, expect: {total: 40}}\n"
HALF = "  - {name: line, source: s, applicant: sailor, expect: {qualifies: false}}\n"


def test_mutation_after_the_cases_have_changed(harbour: Harbour) -> None:
    shares = []
    for cases in (LINE, HALF):
        harbour.write(cases)
        arguments = ["mutate", "harbour", "--jobs", "1", "--fail-under", "20"]
        shares.append(main(arguments))
    assert shares == [0, 1]
