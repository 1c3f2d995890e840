"""Coverage of the harbour's policy, counted by hand."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jifen.cli import main
from jifen.regression.coverage import Coverage, measure

CASES = Path(__file__).parent / "policies" / "harbour" / "2024.cases.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the harbour's policy whose cases a test may change."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    for path in CASES.parent.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / CASES.name


def without(cases: Path, name: str) -> Coverage:
    """The coverage when one case is taken away."""
    text = cases.read_text(encoding="utf-8")
    kept = re.sub(rf"  - name: {re.escape(name)}\n(?:    .*\n)+", "", text)
    assert kept != text
    cases.write_text(kept, encoding="utf-8")
    return measure(cases)


def said(found: Coverage) -> list[tuple[int, str]]:
    """The line of each element that is not touched, and what is said of it."""
    return [(element.place.line, element.text("en")) for element in found.untouched]


def test_every_element_of_the_harbour() -> None:
    found = measure(CASES)
    assert Counter(element.kind for element in found.elements) == {
        "round": 2,
        "keep": 1,
        "indicator": 3,
        "when": 1,
        "tier": 2,
        "cap": 2,
        "band": 4,  # three steps, one of them in two readings
        "option": 3,
        "requirement": 2,
        "reading": 2,
        "verdict": 2,
    }
    assert not found.untouched
    assert (found.tenths, found.cases) == (1000, 20)


@pytest.mark.parametrize(
    ("name", "untouched"),
    [
        (
            "an age of 50 scores nothing",
            [
                (15, "reading old_age: no case takes nothing"),
                (66, "indicator age: no number in the band <= 49"),
            ],
        ),
        (
            "two years at sea, and some months ashore",
            [(42, "at_sea: nothing is left out because months ashore do not count")],
        ),
        (
            "ranks",
            [
                (71, "indicator rank: its `when` always holds"),
                (72, "indicator rank: the option captain is never taken"),
            ],
        ),
        ("no resident, on the line", [(46, "requirement resident: never failed")]),
        ("on the line", [(74, "verdict: nobody qualifies")]),
    ],
)
def test_what_a_case_alone_touches(changed: Path, name: str, untouched: list[tuple[int, str]]) -> None:
    assert said(without(changed, name)) == untouched


def test_the_cap_is_not_reached(changed: Path) -> None:
    for name in ("more than the cap", "no resident, on the line", "on the line"):
        found = without(changed, name)
    assert (52, "cap of service: never reached") in said(found)


def test_a_case_with_wrong_data_touches_nothing(changed: Path) -> None:
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("place: shore", "place: pier"), encoding="utf-8")
    assert [line for line, _ in said(measure(changed))] == [42]


def test_text_json_and_status(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without(changed, "no resident, on the line")
    assert main(["cover", str(changed), "--lang", "en", "--fail-under", "95"]) == 0
    policy = changed.with_name("2024.yaml")
    assert capsys.readouterr().out == (
        "harbour/2024  95.8 %  23 of 24 touched by 19 cases\n"
        f"  {policy}:46:13  requirement resident: never failed\n"
    )
    assert main(["cover", str(changed), "--lang", "en", "--fail-under", "96"]) == 1
    assert capsys.readouterr().err == "jifen: 95.8 % is below the 96 % asked for\n"
    assert main(["cover", str(changed), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["policies"]
    assert (row["percent"], row["elements"], row["touched"]) == ("95.8", 24, 23)
    assert row["untouched"][0]["text"] == {
        "zh": "条件 resident：从未不满足",
        "en": "requirement resident: never failed",
    }


class Page(HTMLParser):
    """The rows of a page by the status of their line, its headings, and the addresses it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: Counter[str] = Counter()
        self.open: list[str] = []
        self.language = ""
        self.targets: set[str] = set()
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert "src" not in given and tag not in ("script", "link")
        if tag == "html":
            self.language = given["lang"] or ""
        if tag == "tr" and "class" in given:
            self.rows[given["class"] or ""] += 1
        if "id" in given:
            assert given["id"] not in self.targets
            self.targets.add(given["id"] or "")
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("lang", "word"), [("zh", "条件 resident：从未不满足"), ("en", "never failed")])
def test_page(changed: Path, tmp_path: Path, lang: str, word: str) -> None:
    without(changed, "no resident, on the line")
    file = tmp_path / "page.html"
    assert main(["cover", str(changed), "--format", "html", "--lang", lang, "-o", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    lines = len(changed.with_name("2024.yaml").read_text(encoding="utf-8").splitlines())
    assert not page.open
    assert page.language == {"zh": "zh-CN", "en": "en"}[lang]
    assert sum(page.rows.values()) == lines
    assert page.rows["untouched"] == 1
    assert page.rows["touched"] == 17
    assert {link.removeprefix("#") for link in page.links} <= page.targets
    assert "http" not in text.replace("http-equiv", "")
    # A line is told by a mark and by words, not by its colour alone.
    hidden = {"zh": "未触及", "en": "Untouched"}[lang]
    assert f'<td>✗<span class="hidden">{hidden}</span></td>' in text
    assert word in text


def test_no_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cover", str(tmp_path), "--lang", "en"]) == 1
    assert "JF806" in capsys.readouterr().err
