"""Applicants out of files, and the day that says which version is theirs."""

from __future__ import annotations

from collections.abc import Mapping as Map
from datetime import date
from os import PathLike, fspath

from jifen.applicant import messages
from jifen.applicant.values import Wrong, day
from jifen.errors import ApplicantError, Problem
from jifen.policy.registry import APPLICATION
from jifen.policy.versions import choosing_date

Given = Map[str, object] | str | PathLike[str]
"""An applicant as a caller has it: a mapping, or the path of a YAML or JSON file."""


def opened(applicant: Given) -> Map[str, object]:
    """An applicant as a mapping, out of its file where it is a path. Raises ApplicantError."""
    if type(applicant) is not dict and isinstance(applicant, (str, PathLike)):
        return read_applicant(fspath(applicant))
    return applicant


def read_applicant(path: str) -> Map[str, object]:
    """An applicant out of a YAML or JSON file. Raises ApplicantError; its paths are lines where it cannot be read."""
    from jifen.document.diagnostics import Diagnostics
    from jifen.document.tree import plain
    from jifen.document.yaml_reader import read_path

    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    if diagnostics.errors or node is None:
        raise ApplicantError([Problem(str(one.place), one.message, one.args) for one in diagnostics.errors])
    found = plain(node)
    if not isinstance(found, dict):
        raise ApplicantError([Problem("", messages.NOT_A_MAPPING)])
    return dict(found)


def choosing_day(place: str, applicant: Map[str, object]) -> date:
    """The day that chooses among the versions of a place for an applicant. Raises as `resolve_for`."""
    name, label = choosing_date(place)
    path, section, key = "date", applicant, "date"
    if name != APPLICATION:
        facts = applicant.get("facts", {})
        if not isinstance(facts, Map):
            raise ApplicantError([Problem("facts", messages.NOT_A_MAPPING)])
        path, section, key = f"facts.{name}", facts, name
    if section.get(key) is None:
        if isinstance(label, str):
            label = {"en": label, "zh": label}
        args = {"label": label.get("en", name), "label_zh": label.get("zh", name)}
        raise ApplicantError([Problem(path, messages.MISSING, args)])
    try:
        found = day(section[key])
    except Wrong as wrong:
        raise ApplicantError([Problem(path, wrong.message, wrong.args_)]) from None
    return date(found // 10000, found // 100 % 100, found % 100)
