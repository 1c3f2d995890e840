"""Mutation of policies: whether their cases notice every small change of them.

Each mutant (see `mutants`) is tried on the policy's cases. It is killed when some case sees another value than on the
original among those that it expects. Not counted are mutants that do not load (the checks of the engine notice
those), mutants of which every result is computed as before, and survivors explained in the file beside the policy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from jifen.regression.bench import Bench, Fate
from jifen.regression.cases import cases_files
from jifen.regression.coverage import percent, policy_of
from jifen.regression.equivalent import explained
from jifen.regression.mutant import Mutant
from jifen.regression.run import Runner, collect

FORMAT = "jifen-mutation/1"
TOGETHER = 8
"""How many mutants a process takes at a time."""

Progress = Callable[[int, int], None]
"""Told how many of how many mutants are done."""


class Mutation(NamedTuple):
    """What became of the mutants of one policy."""

    policy: str
    path: Path
    mutants: tuple[Mutant, ...]
    fates: tuple[Fate, ...]
    reasons: dict[tuple[str, str], str]

    def count(self, fate: Fate) -> int:
        """How many mutants met a fate."""
        return self.fates.count(fate)

    @property
    def survivors(self) -> list[Mutant]:
        """The mutants that no case notices and nothing explains."""
        found = zip(self.mutants, self.fates, strict=True)
        return [one for one, fate in found if fate == "survived" and (one.at, one.en) not in self.reasons]

    @property
    def noticed_though_explained(self) -> list[Mutant]:
        """The mutants explained as equivalent that some case notices."""
        found = zip(self.mutants, self.fates, strict=True)
        return [one for one, fate in found if fate == "killed" and (one.at, one.en) in self.reasons]

    @property
    def counted(self) -> int:
        """Killed and surviving mutants."""
        return self.count("killed") + len(self.survivors)

    @property
    def tenths(self) -> int:
        """Per mille of the counted mutants that are killed, rounded down; all of none is everything."""
        return 1000 * self.count("killed") // self.counted if self.counted else 1000


class Failing(Exception):
    """Cases that fail on the policy as it is: nothing can be said of its mutants."""

    def __init__(self, cases: Sequence[str]) -> None:
        super().__init__(", ".join(cases))
        self.cases = tuple(cases)


def mutations(
    paths: Sequence[str], jobs: int | None = None, progress: Progress | None = None
) -> list[Mutation]:
    """Try the mutants of every policy with cases at or below some paths.

    `jobs` processes run at once, by default one for each core. Raises PolicyError, and Failing for cases that fail
    already.
    """
    files = cases_files(list(paths))
    _passing(files)
    benches = [Bench(file) for file in files]
    reasons = [explained(policy_of(file), bench.mutants) for file, bench in zip(files, benches, strict=True)]
    tasks = [
        (str(file), tuple(range(start, min(start + TOGETHER, len(bench.mutants)))))
        for file, bench in zip(files, benches, strict=True)
        for start in range(0, len(bench.mutants), TOGETHER)
    ]
    fates: dict[str, list[Fate]] = {str(file): [] for file in files}
    whole = sum(len(bench.mutants) for bench in benches)
    done = 0
    processes = min(jobs or os.cpu_count() or 1, len(tasks) or 1)
    for (file, numbers), found in zip(tasks, _run(tasks, processes), strict=True):
        fates[file] += found
        done += len(numbers)
        if progress is not None:
            progress(done, whole)
    return [
        Mutation(bench.policy, policy_of(file), tuple(bench.mutants), tuple(fates[str(file)]), why)
        for file, bench, why in zip(files, benches, reasons, strict=True)
    ]


def _passing(files: Iterable[Path]) -> None:
    runner = Runner()
    failing = [case.id for case in collect(map(str, files)) if runner.run(case).differences]
    if failing:
        raise Failing(failing)


Task = tuple[str, tuple[int, ...]]


def _run(tasks: Sequence[Task], processes: int) -> Iterator[list[Fate]]:
    """The fates of each task's mutants, in the order of the tasks."""
    if processes <= 1:
        # The files may have changed since this process last looked at them.
        _BENCHES.clear()
        yield from map(_fates, tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_fates, tasks)


_BENCHES: dict[str, Bench] = {}
"""The benches of this process; only the one in use is kept."""


def _fates(task: Task) -> list[Fate]:
    file, numbers = task
    if file not in _BENCHES:
        _BENCHES.clear()
        _BENCHES[file] = Bench(Path(file))
    return [_BENCHES[file].fate(number) for number in numbers]


def total(found: Sequence[Mutation]) -> int:
    """Per mille of the counted mutants of all policies."""
    counted = sum(one.counted for one in found)
    return 1000 * sum(one.count("killed") for one in found) // counted if counted else 1000


def text(found: Sequence[Mutation], lang: str) -> str:
    """Each policy with its share, and each survivor with its line and a case that would notice it."""
    zh = lang == "zh"
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.policy}  {percent(one.tenths)}  {_summary(one, zh)}")
        for mutant in one.survivors:
            lines.append(f"  {mutant.place}  {mutant.zh if zh else mutant.en}")
            lines.append(f"      {mutant.told.zh if zh else mutant.told.en}")
        said = "已说明为等价，却有用例发现" if zh else "explained as equivalent, and yet noticed"
        lines += [f"  {mutant.place}  {mutant.en}: {said}" for mutant in one.noticed_though_explained]
    if len(found) > 1:
        lines.append(f"{'合计' if zh else 'together'}  {percent(total(found))}")
    return "\n".join(lines) + "\n"


def _summary(one: Mutation, zh: bool) -> str:
    numbers = (
        one.count("killed"),
        one.counted,
        one.count("does not load"),
        one.count("same"),
        len(one.reasons),
    )
    if zh:
        return "{}/{} 处改动被发现；不计：{} 处无法加载，{} 处不改变结果，{} 处已说明为等价".format(*numbers)
    said = "{} of {} changes noticed; not counted: {} do not load, {} change no result, {} explained"
    return said.format(*numbers)


def as_json(found: Sequence[Mutation]) -> str:
    """The same as data."""
    policies = [
        {
            "policy": one.policy,
            "file": str(one.path),
            "killed": one.count("killed"),
            "counted": one.counted,
            "percent": f"{one.tenths // 10}.{one.tenths % 10}",
            "does_not_load": one.count("does not load"),
            "same": one.count("same"),
            "explained": len(one.reasons),
            "survivors": [
                {
                    "line": mutant.place.line,
                    "column": mutant.place.column,
                    "at": mutant.at,
                    "change": {"zh": mutant.zh, "en": mutant.en},
                    "case": {"zh": mutant.told.zh, "en": mutant.told.en},
                }
                for mutant in one.survivors
            ],
        }
        for one in found
    ]
    return json.dumps({"format": FORMAT, "policies": policies}, ensure_ascii=False, indent=2) + "\n"
