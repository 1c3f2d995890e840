"""What became of cases, in the XML that build servers read as JUnit's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from jifen.regression.run import Outcome

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(outcomes: Sequence[Outcome], lang: str) -> str:
    """One suite for each file of cases, one test case for each case; what fails has its report as a text.

    There are no times: a run is to give the same file whenever it is repeated.
    """
    root = ElementTree.Element("testsuites", _counts(outcomes, "jifen"))
    for file, found in groupby(outcomes, key=lambda outcome: outcome.case.file):
        listed = list(found)
        suite = ElementTree.SubElement(root, "testsuite", {**_counts(listed, file.as_posix())})
        for case, differences in listed:
            about = {
                "classname": case.policy,
                "name": _clean(case.name),
                "file": file.as_posix(),
                "line": str(case.place.line),
            }
            one = ElementTree.SubElement(suite, "testcase", about)
            if differences:
                text = "\n".join(difference.text(lang) for difference in differences)
                first = _clean(text.partition("\n")[0])
                failure = ElementTree.SubElement(one, "failure", {"message": first, "type": "Difference"})
                failure.text = _clean(text)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _counts(outcomes: Sequence[Outcome], name: str) -> dict[str, str]:
    failed = sum(bool(outcome.differences) for outcome in outcomes)
    counts = {"tests": len(outcomes), "failures": failed, "errors": 0, "skipped": 0}
    return {"name": _clean(name), **{key: str(count) for key, count in counts.items()}}


def _clean(text: str) -> str:
    """A text without the few characters that no XML can hold."""
    return _NOT_XML.sub("\ufffd", text)
