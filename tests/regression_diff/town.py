"""A harbour town whose policy the tests change: what is compared, and the words expected."""

from __future__ import annotations

from pathlib import Path

from jifen.compile import read
from jifen.regression.diff_report import Comparison, Version
from jifen.scorecard.shape import Lang

BASE = """\
policy: harbour/2024
title: {zh: 港口积分, en: Harbour points}
in_force: {from: 2024-01-01, to: 2024-12-31}

sources:
  notice-4: {title: {zh: 第四号通告, en: Notice 4}, kind: official}

readings:
  counted_from:
    question: {zh: 泊位从何时算起, en: From when do berths count}
    options:
      landing: {zh: 登岸, en: the landing}
      permit: {zh: 发证, en: the permit}
    default: landing
    cite: notice-4#7

facts:
  landed: {type: date, label: {zh: 登岸日期, en: day of landing}}
  permitted: {type: date, label: {zh: 发证日期, en: day of the permit}}
  rank:
    label: {zh: 船员等级, en: rank}
    type: choice
    options: {master: {zh: 船长, en: master}, mate: {zh: 大副, en: mate}, hand: {zh: 水手, en: hand}}
  pilot: {type: boolean, label: {zh: 引航员, en: pilot}}

timelines:
  moored:
    label: {zh: 停泊, en: moored}
    attributes:
      quay:
        label: {zh: 码头, en: quay}
        type: choice
        options:
          north: {zh: 北码头, en: North}
          south: {zh: 南码头, en: South}
          outer: {zh: 外港, en: Outer}

months:
  berthed:
    label: {zh: 停泊月份, en: months at a quay}
    of: moored
    to: application
    cite: notice-4#1

eligibility:
  landed_before:
    label: {zh: 已登岸满一年, en: landed a year ago}
    require: months_between(landed, application) >= 12
    cite: notice-4#2

indicators:
  basic:
    label: {zh: 基本分, en: basic points}
    indicators:
      berth:
        label: {zh: 泊位, en: berth}
        cite: notice-4#3
        accrue:
          months: berthed
          by: quay
          per: year
          priority: highest
          points: {north: 10, south: 11, outer: 11}
      rank:
        label: {zh: 船员等级, en: rank}
        cite: notice-4#4
        lookup: {of: rank, points: {master: 20, mate: 10, hand: 0}}
      stay:
        label: {zh: 在港年限, en: time ashore}
        cite: notice-4#5
        bands:
          of: "months_between({reading: 1}, application)"
          steps: [{below: 12, points: 0}, {below: 36, points: 5}, {points: 10}]
  pilots:
    label: {zh: 引航, en: pilotage}
    cite: notice-4#6
    points: 15
    when: pilot

outcome: {line: 110, cite: notice-4#8}
""".replace(
    '"months_between({reading: 1}, application)"',
    "{reading: counted_from, landing: 'months_between(landed, application)',"
    " permit: 'months_between(permitted, application)'}",
)


def changed(*pairs: tuple[str, str]) -> str:
    """The policy with texts replaced, each of which stands in it just once."""
    found = BASE
    for old, new in pairs:
        assert found.count(old) == 1, old
        found = found.replace(old, new)
    return found


def version(folder: Path, name: str, text: str) -> Version:
    """A policy text as a file, read."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Version(read(path), {str(path): name})


def compared(folder: Path, before: str, after: str) -> Comparison:
    """The comparison of two policy texts."""
    return Comparison(version(folder, "a.yaml", before), version(folder, "b.yaml", after))


def said(folder: Path, before: str, after: str, lang: Lang) -> list[str]:
    """Each change as `group: sentence`."""
    return [f"{one.group}: {one.text}" for one in compared(folder, before, after).sentences(lang)]
