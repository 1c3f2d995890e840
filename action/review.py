"""Reviews the policies of a git checkout against a base revision, and composes a comment for a pull request.

Runs `jifen check`, `test`, `cover`, `diff` and `impact`, as anybody can by hand; this script only says which files to
give them and puts what they print together. The exit status is 1 where check, test or cover failed, 2 where nothing
could be reviewed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple, NoReturn

from comment import MOST_IN_SUMMARY, cell, code, details, fenced, heading, lowered, page

from jifen.cli import main as command

WORDS = {
    "title": ("Policy review", "政策审阅"),
    "compared": ("Compared with `{base}`.", "与 `{base}` 相比。"),
    "step": ("Step", "步骤"),
    "result": ("Result", "结果"),
    "no_change": ("No policy changes its meaning.", "各项政策的含义没有变化。"),
    "new": ("This policy is new.", "此政策为新增。"),
    "gone": ("This policy was removed.", "此政策已删除。"),
    "not_compared": ("The two versions cannot be compared.", "两个版本无法比较。"),
    "impact": ("Impact on {population}", "对 {population} 的影响"),
    "cut": ("What is too long for a comment stands in the summary of the run.", "过长的部分见运行摘要。"),
}


class Step(NamedTuple):
    """One command: its name, whether it passed, a line that says how, and the whole of what it said."""

    name: str
    passed: bool
    line: str
    text: str


class Review(NamedTuple):
    """What is reviewed: paths, against which revision, for whom, and in which language."""

    paths: tuple[str, ...]
    base: str
    population: str
    fail_under: str
    junit: str
    lang: str

    def word(self, key: str, **values: str) -> str:
        """A sentence in the language of the review."""
        return WORDS[key][self.lang == "zh"].format(**values)


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


def jifen(*arguments: str) -> Done:
    """A command of Jifen's, run on this checkout."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = command(arguments)
    return Done(status, out.getvalue(), err.getvalue())


# The steps that can fail.


def check(review: Review) -> Step:
    """`jifen check`; its annotations are printed, where GitHub reads them."""
    done = jifen("check", "--format", "github", "--", *review.paths)
    sys.stdout.write(done.out)
    told = jifen("check", "--", *review.paths)
    return Step("check", done.status == 0, last_line(told.out + told.err), told.out + told.err)


def test(review: Review) -> Step:
    """`jifen test`; each expectation that does not hold is an annotation."""
    junit = ["--junit", review.junit] if review.junit else []
    done = jifen("test", "--format", "json", *junit, "--", *review.paths)
    try:
        report = json.loads(done.out)
    except ValueError:
        return Step("test", False, last_line(done.err), done.err)
    zh = review.lang == "zh"
    lines = []
    for error in report.get("errors", ()):
        text = error["messageZh" if zh else "message"]
        lines.append(f"{error['file']}:{error['line']}:{error['column']}: {text}")
        annotate(error, error["code"], text)
    if "cases" not in report:
        return Step("test", False, lines[-1] if lines else "", "\n".join(lines))
    for case in report["cases"]:
        if not case["passed"]:
            lines.append(f"✗ {case['id']}")
        for one in case["differences"]:
            expected, actual = (said(one[key], review.lang) for key in ("expected", "actual"))
            sentence = "{}：应为 {}，实为 {}" if zh else "{}: expected {}, got {}"
            text = sentence.format(one["what"], expected, actual)
            lines.append(f"    {where(one['place'])}: {text}")
            because = said(one["because"] or "", review.lang)
            if one["rule"]:
                lines.append(f"      {where(one['rule'])}: {because}")
            annotate(one["place"], case["id"], f"{text}\n{because}".rstrip())
    counts = (report["passed"], report["failed"])
    line = ("{} 个通过，{} 个失败" if zh else "{} passed, {} failed").format(*counts)
    return Step("test", done.status == 0, line, "\n".join(lines))


def cover(review: Review) -> Step:
    """`jifen cover`, with the share asked for."""
    under = ["--fail-under", review.fail_under] if review.fail_under else []
    done = jifen("cover", *under, "--", *review.paths)
    shares = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    line = done.err.strip() or (shares[-1] if shares else "")
    return Step("cover", done.status == 0, last_line(line), done.out + done.err)


# What changed.


def changes(review: Review) -> Iterator[str]:
    """A section for each policy whose meaning changed, or that came or went."""
    before = set(policies(git("ls-tree", "-r", "-z", "--name-only", review.base, "--", *review.paths)))
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *review.paths)
    after = {path for path in policies(listed) if Path(path).is_file()}
    for path in sorted(before | after):
        if path not in after:
            yield heading(path, review.word("gone") + "\n")
        elif path not in before:
            yield heading(path, review.word("new") + "\n")
        else:
            yield from changed(review, path)


def changed(review: Review, path: str) -> Iterator[str]:
    """What `jifen diff` and `jifen impact` say of one policy; nothing where its meaning stayed."""
    sides = ("--", f"{review.base}:{path}", path)
    done = jifen("diff", "--format", "markdown", *sides)
    if done.status == 0:
        return
    if done.status != 1:
        yield heading(path, f"{review.word('not_compared')}\n\n{fenced(done.err)}")
        return
    yield heading(path, lowered(done.out))
    if review.population:
        told = jifen("impact", "--format", "markdown", "--population", review.population, *sides)
        text = lowered(told.out) if told.status == 0 else fenced(told.err)
        yield details(review.word("impact", population=code(review.population)), text)


def policies(names: str) -> Iterator[str]:
    """The files of policies among names that end in NUL: not their cases and what else stands beside them."""
    for name in names.split("\0"):
        if re.search(r"\.yaml$", name) and not re.search(r"\.(cases|equivalent|population)\.yaml$", name):
            yield name


def head(review: Review, steps: Sequence[Step]) -> list[str]:
    """The lines that say how each step ended."""
    return [
        f"## {review.word('title')}",
        "",
        review.word("compared", base=review.base),
        "",
        f"| {review.word('step')} | {review.word('result')} |",
        "| --- | --- |",
        *(f"| `jifen {one.name}` | {'✔' if one.passed else '✘'} {cell(one.line)} |" for one in steps),
        "",
    ]


# Small things.


def said(words: str | dict[str, str], lang: str) -> str:
    return words[lang] if isinstance(words, dict) else words


def where(place: dict[str, object]) -> str:
    return f"{place['file']}:{place['line']}:{place['column']}"


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""


def annotate(place: dict[str, object], title: str, text: str) -> None:
    """Print an error that GitHub shows at its line."""
    file, name = (escaped(str(one)).replace(":", "%3A").replace(",", "%2C") for one in (place["file"], title))
    data = escaped(text)
    print(f"::error file={file},line={place['line']},col={place['column']},title={name}::{data}")


def escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def git(*arguments: str) -> str:
    """What git prints. Exits with status 2 and git's own words where it fails."""
    done = subprocess.run(["git", *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        stop(done.stderr.strip())
    return done.stdout


def stop(text: str) -> NoReturn:
    """End with status 2 and one line."""
    print(f"review: {text}", file=sys.stderr)
    raise SystemExit(2)


def base_of(name: str) -> str:
    """The commit that a pull request is compared with: where it left the base."""
    if not name:
        stop("there is no base to compare with; run on pull_request, or name a base")
    done = subprocess.run(
        ["git", "merge-base", "--end-of-options", name, "HEAD"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        stop(f"{name} is not in this checkout; fetch the whole history (fetch-depth: 0)")
    # Long enough for a commit, and short enough for the places that the comment shows.
    return done.stdout.strip()[:12]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Review the policies of a checkout against a base revision.")
    parser.add_argument("--base", required=True, help="the revision to compare with")
    parser.add_argument("--population", default="", help="for jifen impact; nothing leaves it out")
    parser.add_argument("--fail-under", default="", help="per cent for jifen cover")
    parser.add_argument("--junit", default="", help="where to write the results of the cases")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--comment", help="where to write the comment; by default it is printed")
    parser.add_argument("--summary", help="where to write the same, longer than a comment may be")
    parser.add_argument("paths", nargs="+", help="files or folders of policies, also several, one a line")
    given = parser.parse_args(arguments)
    paths = tuple(line.strip() for text in given.paths for line in text.splitlines() if line.strip())
    if not paths:
        stop("there is no path to review")
    base = base_of(given.base)
    os.environ.update(JIFEN_LANG=given.lang, COLUMNS="100")
    review = Review(paths, base, given.population, given.fail_under, given.junit, given.lang)
    steps = [check(review), test(review), cover(review)]
    failed = [details(code(f"jifen {one.name}"), fenced(one.text)) for one in steps if not one.passed]
    sections = [*failed, *(list(changes(review)) or [review.word("no_change") + "\n"])]
    lines, cut = head(review, steps), review.word("cut")
    text = page(lines, sections, cut)
    if given.summary:
        Path(given.summary).write_text(page(lines, sections, cut, MOST_IN_SUMMARY), encoding="utf-8")
    if given.comment:
        Path(given.comment).write_text(text, encoding="utf-8")
    else:
        print(text)
    return int(not all(step.passed for step in steps))


if __name__ == "__main__":
    sys.exit(main())
