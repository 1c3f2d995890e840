"""What a case expects of the rounds to come: the first that meets the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jifen.api import Policy
from jifen.document.tree import Mapping, Node, Scalar
from jifen.errors import ApplicantError, JifenError
from jifen.forecasting.forecast import forecast
from jifen.policy.registry import registry
from jifen.regression.cases import Case
from jifen.regression.compare import Difference, said
from jifen.regression.steps import Words

FIRST_ROUND = "first_round"
_NONE = Words("no round that meets the line", "没有达到要求的申报期")


def ahead_differences(policy: Policy, case: Case) -> Iterator[Difference]:
    """What differs from the first round that a case expects; nothing where it expects none.

    Other versions of the place come in where the policy is one of the versions known, else it goes on by itself.
    """
    expected = case.expect.get(FIRST_ROUND)
    if expected is None:
        return
    until = _text(expected, "until")
    place = policy.id.rpartition("/")[0]
    known = any(entry.id == policy.id for entry in registry())
    try:
        if known:
            found = forecast(case.applicant, place=place, until=until, versions=[policy])
        else:
            found = forecast(case.applicant, policy=policy, until=until)
    except ApplicantError as error:
        wanted = Words("data that can be scored", "可计分的数据")
        yield Difference(FIRST_ROUND, expected.place, wanted, Words(error.text("en"), error.text("zh")))
        return
    except JifenError as error:
        wanted = Words("a forecast", "可以预测")
        yield Difference(FIRST_ROUND, expected.place, wanted, Words(error.text("en"), error.text("zh")))
        return
    first = found.first
    if isinstance(expected, Scalar):  # `none`
        if first is not None and found.first_day is not None:
            yield Difference(FIRST_ROUND, expected.place, _NONE, said(found.first_day.isoformat()))
        return
    assert isinstance(expected, Mapping)
    actual: dict[str, str] = {}
    if first is not None and isinstance(found.first_day, date):
        rules = found.rules[first.rules].id
        actual = {"date": found.first_day.isoformat(), "round": first.round, "policy": rules}
    for name in ("date", "round", "policy"):
        node = expected.get(name)
        if not isinstance(node, Scalar) or node.raw == actual.get(name):
            continue
        what = f"{FIRST_ROUND}.{name}"
        if actual:
            yield Difference(
                what, node.place, said(node.raw), said(actual[name] or "–"), becomes=actual[name]
            )
        else:
            yield Difference(what, node.place, said(node.raw), _NONE)


def _text(node: Node, name: str) -> str | None:
    found = node.get(name) if isinstance(node, Mapping) else None
    return found.raw if isinstance(found, Scalar) else None
