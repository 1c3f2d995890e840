"""The engine and the schemas know no place, no insurance, no permit: those stand in policies only."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = sorted(folder.name for folder in (ROOT / "policies").iterdir() if folder.is_dir())
WORDS = (
    *PLACES,
    *("shenzhen", "hukou", "pension", "medical", "unemployment", "maternity", "insurance", "insured"),
    *(
        "housing fund",
        "residence permit",
        "binhai",
        "天津",
        "上海",
        "北京",
        "广州",
        "成都",
        "苏州",
        "宁波",
        "杭州",
    ),
    *("社保", "养老", "医疗保险", "落户", "居住证", "公积金", "户籍"),
)
PATTERN = re.compile("|".join(WORDS), re.IGNORECASE)
FILES = sorted(
    path
    for folder, suffixes in (("engine", {".py", ".html", ".css", ".json"}), ("schemas", {".json"}))
    for path in (ROOT / folder).rglob("*")
    if path.suffix in suffixes
)


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 100 and len(PLACES) > 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_word_of_a_scheme(path: Path) -> None:
    found = [
        f"{number}: {line.strip()}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PATTERN.search(line)
    ]
    assert not found
