"""`-k`: what an expression means, and what is none."""

import pytest

from jifen.regression.keyword import BadKeyword, everything, wanted

CASE = "harbour/2024: Below the line [2019-01, 第二轮]"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("line", True),
        ("LINE", True),
        ("cap", False),
        ("not cap", True),
        ("line and cap", False),
        ("line or cap", True),
        ("not line or cap", False),
        ("not (line and cap)", True),
        ("cap and line or below", True),
        ("cap and (line or below)", False),
        ("harbour/2024:", True),
        ("[2019-01,", True),
        ("第二", True),
        ("'below the line'", True),
        ('"the below line"', False),
        ("not not line", True),
        ("and_more or line", True),
        ("none or true", False),  # words like any other
        ("#1 or line", True),
        ("line\n and below", True),
    ],
)
def test_what_it_means(text: str, holds: bool) -> None:
    assert wanted(text)(CASE) is holds
    assert everything(CASE)


@pytest.mark.parametrize(
    "text",
    [
        "below line",
        "and",
        "line and",
        "line or or cap",
        "not",
        "(line",
        "line)",
        "()",
        "line (cap)",
        "line and ()",
        '"line',
        '""',
        "",
        "(" * 5000 + "line" + ")" * 5000,
        "not " * 100_000 + "line",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadKeyword):
        wanted(text)
