"""Coverage of policies by their cases: which elements (see `elements`) no case touches.

A case touches an element when its applicant, scored under the case's own readings, exercises it; what the case
expects does not matter. Elements are counted in the file that writes them: what a version inherits is for the
cases of the version it inherits from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jifen.applicant.read import Reader
from jifen.compile import Source, read, variants
from jifen.document.tree import Mapping, Node
from jifen.errors import ApplicantError
from jifen.policy.layout import layout_of
from jifen.regression.cases import Case, cases_files, read_cases
from jifen.regression.coverage_ahead import Ahead
from jifen.regression.elements import Element
from jifen.regression.probes import Probes
from jifen.regression.variants import Choice, choice_of, variant

FORMAT = "jifen-coverage/1"


class Coverage(NamedTuple):
    """The elements of one policy file and which of them its cases touch, in the order of the file."""

    policy: str
    path: Path
    cases: int
    elements: tuple[Element, ...]
    touched: frozenset[Element]

    @property
    def untouched(self) -> list[Element]:
        """The elements that no case touches."""
        return [element for element in self.elements if element not in self.touched]

    @property
    def tenths(self) -> int:
        """Per mille of the elements touched, rounded down; all of none is everything."""
        return 1000 * len(self.touched) // len(self.elements) if self.elements else 1000


def policy_of(cases: Path) -> Path:
    """The policy beside a file of cases."""
    return cases.with_name(cases.name.removesuffix(".cases.yaml") + ".yaml")


def coverages(paths: Sequence[str]) -> list[Coverage]:
    """The coverage of every policy with cases at or below some paths. Raises PolicyError."""
    return [measure(cases) for cases in cases_files(list(paths))]


def measure(cases: Path) -> Coverage:
    """The coverage of the policy beside a file of cases. Raises PolicyError, or JifenError for an unknown reading."""
    path = policy_of(cases)
    source = read(path)
    listed = read_cases(cases)
    known: dict[Choice, _Counted] = {}

    def counted(choice: Choice) -> _Counted:
        if choice not in known:
            known[choice] = _Counted(source, choice)
        return known[choice]

    touched: set[Element] = set()
    for case in listed:
        touched |= counted(choice_of(source, case.readings)).touched_by(case)
        touched |= _options_taken(source, case.readings)
    for choice in [{}, *(choice for _, _, choice in variants(source, {}))]:
        counted(choice_of(source, choice))
    every = {element for one in known.values() for element in (*one.probes.elements, *one.ahead.elements)}
    every |= {element for options in _options(source).values() for element in options.values()}
    own = tuple(sorted(element for element in every if element.place.file == str(path)))
    policy = counted(()).probes.variant.rules.id
    return Coverage(policy, path, len(listed), own, frozenset(touched) & frozenset(own))


class _Counted:
    """One variant of a policy, ready to say what an applicant touches."""

    def __init__(self, source: Source, choice: Choice) -> None:
        found = variant(source, choice)
        self.probes = Probes(found)
        layout = layout_of(source.document, found.rules)
        self.ahead = Ahead(found.document, found.rules)
        self.reader = Reader(found.rules, layout)
        self._run = self.probes.runner(layout)

    def touched_by(self, case: Case) -> set[Element]:
        """What a case touches; of the table nothing where the data is wrong, or where it is no applicant's."""
        found = self.ahead.touched_by(case)
        if case.course is not None:
            return found
        try:
            person = self.reader.read(case.applicant)
        except ApplicantError:
            return found
        return found | self._run(person.data)


def _options(source: Source) -> dict[str, dict[str, Element]]:
    """Each option of each reading."""
    found: dict[str, dict[str, Element]] = {}
    section = source.document.get("readings")
    for name, _, body in section.entries if isinstance(section, Mapping) else ():
        options: Node | None = body.get("options") if isinstance(body, Mapping) else None
        entries = options.entries if isinstance(options, Mapping) else ()
        found[name] = {key: Element(place, "reading", name, key) for key, place, _ in entries}
    return found


def _options_taken(source: Source, readings: object) -> set[Element]:
    taken = dict(readings) if isinstance(readings, dict) else {}
    return {
        options[taken.get(name, source.options[name][1])]
        for name, options in _options(source).items()
        if taken.get(name, source.options[name][1]) in options
    }


def percent(tenths: int) -> str:
    """Per mille as per cent, with one decimal."""
    return f"{tenths // 10}.{tenths % 10} %"


def total(found: Sequence[Coverage]) -> int:
    """Per mille of the elements of all policies."""
    elements = sum(len(one.elements) for one in found)
    return 1000 * sum(len(one.touched) for one in found) // elements if elements else 1000


def text(found: Sequence[Coverage], lang: str) -> str:
    """Each policy with its share and what is untouched, with its line."""
    zh = lang == "zh"
    lines: list[str] = []
    for one in found:
        counts = (len(one.touched), len(one.elements), one.cases)
        said = "用例覆盖 {0}/{1} 处（{2} 个用例）" if zh else "{0} of {1} touched by {2} cases"
        lines.append(f"{one.policy}  {percent(one.tenths)}  {said.format(*counts)}")
        lines += [f"  {_where(element)}  {element.text(lang)}" for element in one.untouched]
    if len(found) > 1:
        lines.append(f"{'合计' if zh else 'together'}  {percent(total(found))}")
    return "\n".join(lines) + "\n"


def _where(element: Element) -> str:
    return f"{element.place.file}:{element.place.line}:{element.place.column}"


def as_json(found: Sequence[Coverage]) -> str:
    """The same as data."""
    policies = [
        {
            "policy": one.policy,
            "file": str(one.path),
            "cases": one.cases,
            "elements": len(one.elements),
            "touched": len(one.touched),
            "percent": f"{one.tenths // 10}.{one.tenths % 10}",
            "untouched": [_row(element) for element in one.untouched],
        }
        for one in found
    ]
    return json.dumps({"format": FORMAT, "policies": policies}, ensure_ascii=False, indent=2) + "\n"


def _row(element: Element) -> dict[str, object]:
    return {
        "line": element.place.line,
        "column": element.place.column,
        "kind": element.kind,
        "name": element.name,
        "way": element.way,
        "text": {"zh": element.text("zh"), "en": element.text("en")},
    }
