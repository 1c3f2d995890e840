"""A fictional harbour town whose versions the tests write into a folder of their own."""

from __future__ import annotations

from pathlib import Path

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping
from jifen.document.yaml_reader import read
from jifen.errors import raise_errors

BASE = """\
policy: harbour/2022
title: {zh: 港口积分（2022）, en: "Harbour points, 2022"}
in_force: {from: 2022-01-01, to: 2022-12-31}
reviewed_on: 2022-06-01
note: The first of them.

sources:
  notice-4: {title: Notice 4, kind: official}

readings:
  started:
    question: Does a started year count
    options: {no: no it does not, yes: yes it does}
    default: no
    cite: notice-4#1

facts:
  berths: {type: integer, label: {zh: 泊位, en: berths}, from: 0, to: 99}
  landed: {type: date, label: {zh: 登岸日期, en: the day of landing}}

indicators:
  moorings:
    label: {zh: 泊位, en: moorings}
    cite: notice-4#2
    points: 10
    when: {reading: started, no: berths >= 2, yes: berths >= 1}
  years:
    label: years ashore
    cite: notice-4#3
    bands:
      of: months_between(landed, application)
      steps: [{below: 12, points: 0}, {points: 5}]

outcome: {line: 15, cite: notice-4#4}
"""

NEXT = """\
policy: harbour/2023
title: "Harbour points, 2023"
extends: harbour/2022
in_force: {from: 2023-01-01, to: 2023-12-31}
indicators:
  moorings: {points: 12, label: {zh: null}}
  pilots: {label: pilots, points: 3, cite: notice-4#5}
outcome: {line: 17}
"""

LAST = """\
policy: harbour/2024
title: "Harbour points, 2024"
extends: harbour/2023
in_force: {from: 2024-01-01}
sources:
  notice-7: {title: Notice 7, kind: official}
readings: null
indicators:
  moorings: {when: berths >= 3}
  years: null
  pilots: {points: 4, cite: notice-7}
facts: {landed: null}
"""

# What LAST comes to, written out.
WHOLE = """\
policy: harbour/2024
title: "Harbour points, 2024"
in_force: {from: 2024-01-01}
sources:
  notice-4: {title: Notice 4, kind: official}
  notice-7: {title: Notice 7, kind: official}
facts:
  berths: {type: integer, label: {zh: 泊位, en: berths}, from: 0, to: 99}
indicators:
  moorings:
    label: {en: moorings}
    cite: notice-4#2
    points: 12
    when: berths >= 3
  pilots: {label: pilots, points: 4, cite: notice-7}
outcome: {line: 17, cite: notice-4#4}
"""


def write(folder: Path, *texts: str) -> list[Path]:
    """Write each policy to the file that its id names."""
    paths = []
    for text in texts:
        name = text.removeprefix("policy: ").partition("\n")[0]
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def tree(text: str, file: str = "in.yaml") -> Mapping:
    """The tree of a text that is a mapping."""
    diagnostics = Diagnostics()
    node = read(text, file, diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    return node
