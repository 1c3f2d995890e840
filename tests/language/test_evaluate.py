"""What an expression stands for, and where its mistakes stand: several at once, each at its own place."""

from __future__ import annotations

import pytest
from tests.language.harbour import names, row_names

from jifen.document.places import Place
from jifen.language import messages
from jifen.language.evaluate import evaluate
from jifen.language.expression import Expression, parse
from jifen.language.mistakes import LanguageError
from jifen.language.reads import reads
from jifen.language.values import Num, Truth, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import number

PLACE = Place("town.yaml", 1, 1, 1, 1)


def found(text: str, rows: str = "") -> list[tuple[str, str]]:
    """The codes of an expression's mistakes and the parts of the text at which they stand."""
    expression = parse(text, PLACE)
    with pytest.raises(LanguageError) as caught:
        evaluate(expression, row_names(rows) if rows else names())
    return [(one.message.code, _part(expression, one)) for one in caught.value.all]


def _part(expression: Expression, error: LanguageError) -> str:
    source = expression.source or expression.text
    whole = Place("town.yaml", 1, 1, 1, len(source) + 1)
    place = Expression(expression.text, expression.tree, whole, (), expression.source).place_of(error.node)
    return source[place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("childen > 1", [("JF310", "childen")]),
        ("childen > 1 and bron < cutof", [("JF310", "childen"), ("JF310", "bron"), ("JF310", "cutof")]),
        (
            "max(childen, count(servd), 1) > agee(born)",
            [("JF310", "childen"), ("JF310", "servd"), ("JF311", "agee")],
        ),
        ("1 if sials else chlidren", [("JF310", "sials"), ("JF310", "chlidren")]),
        (
            "count(served) + full_years(served) + age(born, cutoff)",
            [("JF403", "count(served) + full_years(served)")],
        ),
        ("children > born", [("JF401", "born")]),
        ("born + 1", [("JF401", "born")]),
        ("children + sails", [("JF401", "sails")]),
        ('rank == "captain"', [("JF312", '"captain"')]),
        ('rank in ("mate", "captain")', [("JF312", '("mate", "captain")')]),
        ("rank == mate", [("JF310", "mate")]),
        ('"rope" in rank', [("JF401", "rank")]),
        ('tools == "rope"', [("JF401", "tools")]),
        ("height > 1", [("JF405", "height")]),
        ("given(height) or height > 1", [("JF405", "height")]),
        ("height > 1 and given(height)", [("JF405", "height")]),
        ("count(served.captain) > 1", [("JF313", "served.captain")]),
        ("during(served, 2019-10, cutoff)", [("JF401", "2019-10")]),
        ('during(served, "2019-13", cutoff)', [("JF408", '"2019-13"')]),
        ("count(last(served, 0)) > 1", [("JF401", "0")]),
        ("count(last(served, children)) > 1", [("JF401", "children")]),
        ("count(first(served, 0.5)) > 1", [("JF401", "0.5")]),
        ("round_half_up(children, -1)", [("JF401", "-1")]),
        ("age(born)", [("JF402", "age(born)")]),
        ("1 / children > 2", [("JF407", "1 / children")]),
        ("savings / crew", []),
        ("savings / max(savings, 1) + 1", [("JF406", "savings / max(savings, 1)")]),
        ("-(savings / max(savings, 1))", [("JF406", "savings / max(savings, 1)")]),
        ("min(savings / max(savings, 1), 1)", [("JF406", "savings / max(savings, 1)")]),
        ("streak(served | on_land)", [("JF409", "served | on_land")]),
        ("service", [("JF315", "service")]),
        ("kind", [("JF310", "kind")]),
        ("count", [("JF310", "count")]),
        ('born < "2024-02-30"', [("JF413", '"2024-02-30"')]),
        ('count(during(served, "2020-02", "2020-01"))', [("JF412", 'during(served, "2020-02", "2020-01")')]),
        ("total(fines, kind)", [("JF313", "kind")]),
        ('given("height")', [("JF401", '"height"')]),
        ("children\n  > 1\n  and servd", [("JF310", "servd")]),
        ("  children > born", [("JF401", "born")]),
    ],
)
def test_mistakes(text: str, mistakes: list[tuple[str, str]]) -> None:
    if mistakes:
        assert found(text) == mistakes
    else:
        evaluate(parse(text, PLACE), names())


@pytest.mark.parametrize(
    ("text", "rows", "mistakes"),
    [
        ("pay > 1", "service", [("JF405", "pay")]),
        ("given(pay) and pay > wage", "service", []),
        ("date < cutoff", "fines", []),
        ("date < cutoff", "service", [("JF310", "date")]),
        ("amount > wage", "fines", [("JF401", "wage")]),
        ('ship == "cuter" and duty == "deck"', "service", [("JF312", '"cuter"'), ("JF401", "duty")]),
    ],
)
def test_mistakes_over_rows(text: str, rows: str, mistakes: list[tuple[str, str]]) -> None:
    if mistakes:
        assert found(text, rows) == mistakes
    else:
        evaluate(parse(text, PLACE), row_names(rows))


def test_words_of_python_are_names() -> None:
    expression = parse("class + served.import > lambda and not from", PLACE)
    assert [part.text for part in reads(expression)] == ["class", "served.import", "lambda", "from"]
    assert found("class > 1") == [("JF310", "class")]


@pytest.mark.parametrize("text", ["true", "not false", "1 < 2 < 3", "(1, 2) == 1", '"a" in ("a", "b")'])
def test_constants(text: str) -> None:
    try:
        value = evaluate(parse(text, PLACE), names())
    except LanguageError:
        assert text[0] in '("'
    else:
        assert isinstance(value, Truth)


class TwoLists:
    """A scope whose names lie on the rows of two lists, as no policy can have them."""

    age_from_day_after = False

    def __init__(self) -> None:
        self.ops = Recorder({"one.a": number(1, 0, 9), "other#split.b": number(1, 0, 9)})

    def find(self, name: str) -> Value | None:
        return Num(self.ops.column(*{"a": ("one", "a"), "b": ("other#split", "b")}[name]))

    def names(self) -> list[str]:
        return ["a", "b"]

    def elsewhere(self, name: str) -> None:
        return None

    def needs(self, name: str) -> frozenset[str]:
        return frozenset()

    def given(self, name: str) -> Ref | None:
        return None


def test_rows_of_two_lists_do_not_mix() -> None:
    with pytest.raises(LanguageError) as caught:
        evaluate(parse("a < b", PLACE), TwoLists())
    assert caught.value.message == messages.MIXED_ROWS
    assert caught.value.args_ == {"one": "one", "other": "other"}


def test_numbers_have_an_end() -> None:
    for text in (
        "*".join(["savings"] * 40),
        "*".join(["0.000000000001"] * 3),
        "savings * savings * 999999999999999999",
    ):
        assert found(text)[0][0] == "JF411"


def test_definitions_that_lead_too_far() -> None:
    class Endless(TwoLists):
        def find(self, name: str) -> Value | None:
            return evaluate(parse(f"{name} + 1", PLACE), self)

    with pytest.raises(LanguageError) as caught:
        evaluate(parse("a", PLACE), Endless())
    assert caught.value.message == messages.TOO_FAR
