"""What the action says of a pull request, and where it says it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Repository

EARLIER = "<!-- jifen review -->\nearlier"


def test_a_change_that_its_cases_notice(repository: Repository) -> None:
    repository.change("mate: 10", "mate: 12")
    repository.commit()
    done = repository.review(
        "--base", "HEAD~1", "--population", "synthetic:50", "--fail-under", "100", "policies"
    )
    assert done.returncode == 1, done.stderr
    annotations = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert annotations[0] == (
        "::error file=policies/harbour/2024.cases.yaml,line=50,col=22,title=harbour/2024%3A ranks [mate%2C true%2C "
        "10]::total: expected 10, got 12%0Arank: licensed = true; rank = mate"
    )
    comment = done.stdout.partition("<!-- jifen review -->\n")[2]
    assert "| `jifen check` | ✔ 1 file checked: no errors |\n" in comment
    assert "| `jifen test` | ✘ 16 passed, 4 failed |\n" in comment
    assert "| `jifen cover` | ✔ harbour/2024  100.0 %  24 of 24 touched by 20 cases |\n" in comment
    assert "policies/harbour/2024.cases.yaml:50:22: total: expected 10, got 12\n" in comment
    assert "policies/harbour/2024.yaml:72:46: rank: licensed = true; rank = mate\n" in comment
    assert "- rank, mate: 10 → 12 points [1] `" in comment
    assert "<details><summary>Impact on <code>synthetic:50</code></summary>" in comment
    assert "50 invented people" in comment
    # The headings of the comment are the second and third, all others below them.
    assert re.findall(r"^#{1,3} .*", comment, re.MULTILINE) == [
        "## Policy review",
        "### <code>policies/harbour/2024.yaml</code>",
    ]


def test_nothing_changed(repository: Repository) -> None:
    repository.change("# yaml-language-server", "# a remark\n# yaml-language-server")
    repository.commit()
    done = repository.review("--base", "HEAD~1", "--lang", "zh", "policies")
    assert done.returncode == 0
    assert done.stdout.startswith("<!-- jifen review -->\n## 政策审阅\n")
    assert "✔ 20 个通过，0 个失败" in done.stdout
    assert done.stdout.endswith("各项政策的含义没有变化。\n\n")


def test_policies_that_come_and_go_and_inherit(repository: Repository) -> None:
    harbour = repository.folder / "policies" / "harbour"
    child = "policy: harbour/2025\ntitle: next\nextends: harbour/2024\nin_force: {from: 2025-01-01}\n"
    cases = (harbour / "2024.cases.yaml").read_text(encoding="utf-8").partition("cases:\n")[0]
    cases = cases.replace("/2024", "/2025") + (
        "cases:\n  - {name: a, source: s, applicant: nobody, with: {date: 2025-03-15}, expect: {total: 0}}\n"
    )
    (harbour / "2025.yaml").write_text(child, encoding="utf-8")
    (harbour / "2025.cases.yaml").write_text(cases, encoding="utf-8")
    added = repository.commit()
    done = repository.review("--base", "HEAD~1", "policies")
    assert "### <code>policies/harbour/2025.yaml</code>\n\nThis policy is new.\n" in done.stdout
    # A change of the base changes what extends it.
    repository.change("{line: 50,", "{line: 51,")
    repository.commit()
    done = repository.review("--base", added, "policies")
    assert done.stdout.count("line: 50 → 51") == 2
    (harbour / "2025.yaml").unlink()
    (harbour / "2025.cases.yaml").unlink()
    done = repository.review("--base", "HEAD", "policies")
    assert "### <code>policies/harbour/2025.yaml</code>\n\nThis policy was removed.\n" in done.stdout


def test_only_the_changes_of_the_branch(repository: Repository) -> None:
    """What happened on the base since the branch left it is not the branch's."""
    repository.git("checkout", "-q", "-b", "branch")
    repository.change("mate: 10", "mate: 12")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.change("captain: 20", "captain: 21")
    repository.commit()
    repository.git("checkout", "-q", "branch")
    done = repository.review("--base", "main", "policies")
    assert "rank, mate: 10 → 12" in done.stdout
    assert "captain" not in done.stdout.partition("### ")[2]


def test_a_policy_that_does_not_load(repository: Repository) -> None:
    repository.change("{of: rank,", "{of: rank")
    repository.commit()
    done = repository.review("--base", "HEAD~1", "policies")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=policies/harbour/2024.yaml,line=72,col=29,title=JF113::")
    assert "| `jifen check` | ✘ 1 error |" in done.stdout
    assert "The two versions cannot be compared." in done.stdout


@pytest.mark.parametrize("base", ["", "nowhere", "--output=/tmp/x"])
def test_a_base_that_is_not_there(repository: Repository, base: str) -> None:
    done = repository.review(f"--base={base}", "policies")
    assert done.returncode == 2
    assert done.stderr.startswith("review: ") and done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_several_paths_one_a_line(repository: Repository) -> None:
    other = repository.folder / "more" / "pier"
    other.mkdir(parents=True)
    harbour = repository.folder / "policies" / "harbour"
    for name in ("2024.yaml", "2024.cases.yaml"):
        text = (harbour / name).read_text(encoding="utf-8").replace("harbour/2024", "pier/2024")
        (other / name).write_text(text, encoding="utf-8")
    repository.commit()
    done = repository.review("--base", "HEAD~1", "policies\n  more \n\n")
    assert "2 files checked: no errors" in done.stdout
    assert "40 passed, 0 failed" in done.stdout
    assert repository.review("--base", "HEAD", " \n ").returncode == 2
    assert "✘" in repository.review("--base", "HEAD", "nowhere").stdout


def test_text_from_a_policy_stays_text(repository: Repository) -> None:
    """A name in a policy closes no fence, and prints no command of a workflow."""
    repository.change(
        "- name: below the line", '- name: "```\\n::set-output name=x::y % </details>"', "2024.cases.yaml"
    )
    repository.change("mate: 10", "mate: 12")
    repository.commit()
    done = repository.action()
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("::error ")] == ["comment created"]
    assert any("title=harbour/2024%3A ```%0A%3A%3Aset-output name=x" in line for line in lines)
    [comment] = repository.github()["comments"]
    inside = comment["body"].partition("````text\n")[2].partition("\n````\n")[0]
    assert "✗ harbour/2024: ```" in inside and "</details>" in inside


def test_a_comment_is_cut_where_it_is_too_long(repository: Repository) -> None:
    births = [f"      - [1994-03-{day:02}, {points}]\n" for points in range(11, 41) for day in range(1, 29)]
    cases = repository.folder / "policies" / "harbour" / "2024.cases.yaml"
    text = cases.read_text(encoding="utf-8")
    head = "  - name: many\n    source: s\n    applicant: nobody\n    table:\n      - [facts.birth_date, total]\n"
    more = head + "".join(births)
    cases.write_text(text + more, encoding="utf-8")
    repository.change("mate: 10", "mate: 12")
    repository.commit()
    done = repository.action(COMMENT="false")
    assert done.returncode == 1, done.stderr
    comment = (repository.temporary / "jifen-comment.md").read_text(encoding="utf-8")
    assert len(comment) < 65_536
    assert comment.endswith("\nWhat is too long for a comment stands in the summary of the run.\n")
    # What is too long takes nothing else with it.
    assert "rank, mate: 10 → 12 points" in comment
    summary = (repository.temporary / "summary.md").read_text(encoding="utf-8")
    assert len(summary) > 65_536
    assert "✗ harbour/2024: many [1994-03-28, 40]" in summary


def test_the_comment_is_written_once_and_then_updated(repository: Repository) -> None:
    repository.change("mate: 10", "mate: 12")
    repository.commit()
    first = repository.action()
    assert (first.returncode, first.stdout.splitlines()[-1]) == (1, "comment created")
    body = repository.github()["comments"][0]["body"]
    assert (repository.temporary / "summary.md").read_text(encoding="utf-8") == body
    output = (repository.temporary / "output").read_text(encoding="utf-8")
    assert output == f"comment={repository.temporary / 'jifen-comment.md'}\n"
    results = ElementTree.parse(repository.folder / "junit.xml").getroot()
    assert (results.get("tests"), results.get("failures")) == ("20", "4")
    repository.change("mate: 12", "mate: 10")
    assert repository.action().stdout == "comment updated\n"
    [comment] = repository.github()["comments"]
    assert "No policy changes its meaning." in comment["body"]


def test_only_its_own_comment_is_updated(repository: Repository) -> None:
    listed = [
        {"id": 1, "user": {"type": "User"}, "body": EARLIER},
        {"id": 2, "user": {"type": "Bot"}, "body": "another\n<!-- jifen review -->"},
        {"id": 3, "user": {"type": "Bot"}, "body": EARLIER.replace("\n", "\r\n")},
        {"id": 4, "user": {"type": "Bot"}, "body": ""},
    ]
    repository.comments(listed)
    done = repository.action(BASE="HEAD")
    assert (done.returncode, done.stdout) == (0, "comment updated\n")
    found = repository.github()["comments"]
    assert [one["body"] for one in found if one["id"] != 3] == [EARLIER, listed[1]["body"], ""]
    assert found[2]["body"].startswith("<!-- jifen review -->\n## Policy review")


def test_a_token_that_may_not_write(repository: Repository) -> None:
    repository.environment["GH_REFUSES"] = "1"
    done = repository.action(BASE="HEAD")
    assert done.returncode == 0
    assert done.stdout == (
        "::warning title=Jifen::The comment could not be written: "
        "gh: Resource not accessible by integration (HTTP 403)%0Amore\n"
    )
    assert (repository.temporary / "summary.md").is_file()


@pytest.mark.parametrize("inputs", [{"COMMENT": "false"}, {"NUMBER": ""}])
def test_no_comment_where_none_is_wanted(repository: Repository, inputs: dict[str, str]) -> None:
    assert repository.action(BASE="HEAD", **inputs).returncode == 0
    assert repository.github()["calls"] == []


def test_inputs_are_never_read_as_commands(repository: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for name in ("BASE", "POPULATION", "FAIL_UNDER", "JUNIT", "PATHS", "NUMBER", "REPOSITORY"):
        repository.action(**{"BASE": "HEAD", name: f'"; touch {mark} #$(touch {mark})`touch {mark}`'})
        assert not mark.exists(), name
