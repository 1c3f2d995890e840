"""The sections of the benchmarks. Each returns plain data, for the JSON, the tables and the charts alike."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peers.peer import POLICY
from benchmarks.peers.roster import DOUBLES, ROSTER, SINGLE, Contender, contender
from benchmarks.processes import Failed, job, run

Data = dict[str, Any]
Tell = Callable[[str], None]

HISTORIES = (5, 10, 20, 40)
"""Years; 40 are a working life, and near the 42 for which fused has programs."""
SPELLS = ((4, 7), (8, 14), (16, 28), (32, 56))
BYTES = "bytes"
"""The key of what only reads the applicants, beside those who score them."""
GROWING = ("c", "columns", "fused")


class Plan(NamedTuple):
    """How much is measured."""

    sizes: Sequence[int]
    keys: Sequence[str]
    seconds: float
    """For the warm runs of each."""
    line: int
    growth: int
    files: Sequence[int]
    quick: bool


class Section:
    """Measures into a folder for what is temporary, and says what it does."""

    def __init__(self, plan: Plan, folder: Path, tell: Tell) -> None:
        self.plan, self.folder, self.tell = plan, folder, tell
        self._populations: dict[str, tuple[str, Data]] = {}
        self.failures: list[str] = []

    def machine(self) -> Data:
        """Where this ran."""
        found: Data = {"system": f"{platform.system()} {platform.release()}", "cores": os.cpu_count()}
        found |= {
            "processor": platform.processor() or platform.machine(),
            "Python": platform.python_version(),
        }
        for path, label in (("/proc/cpuinfo", "model name"), ("/proc/meminfo", "MemTotal")):
            if Path(path).exists():
                lines = Path(path).read_text(encoding="utf-8").splitlines()
                said = [line.partition(":")[2].strip() for line in lines if line.startswith(label)]
                found |= {"processor" if label == "model name" else "memory": said[0]} if said else {}
        found["load before"] = round(os.getloadavg()[0], 2)
        return found

    def scoring(self) -> Data:
        """Each at each size; whoever is slow is given fewer, and what that would be for all is marked."""
        found = {one.key: self._scored(one) for one in self._chosen(ROSTER)}
        return found | ({} if self.plan.keys else {BYTES: self._bytes_once()})

    def line(self) -> Data:
        """The people exactly on the line, and those of them who come out wrong."""
        found: Data = {}
        for one in self._chosen((*ROSTER, *DOUBLES)):
            if one.key in ("c-2", "columns-2", "fused-2", "openfisca-arrays"):
                continue
            count = min(self.plan.line, 10 * one.most if one.takes == "documents" else self.plan.line)
            self.tell(f"on the line: {one.label}")
            found[one.key] = {"label": one.label} | self._job("line", key=one.key, count=count)
        return found

    def single(self) -> Data:
        """One warm applicant."""
        some = self._chosen(SINGLE)
        if not some:
            return {}
        self.tell(f"one applicant: {', '.join(one.label for one in some)}")
        taken = self._job("single", keys=[one.key for one in some], seconds=self.plan.seconds)
        for one in some:
            if "different" in taken.get(one.key, {}):
                self.failures.append(f"{one.key}: {taken[one.key]['different']}")
        return {one.key: {"label": one.label} | taken.get(one.key, {}) for one in some}

    def growth(self) -> Data:
        """Longer histories, and more spells, of as many applicants."""
        count = self.plan.growth
        found: Data = {"applicants": count}
        shapes: dict[str, list[tuple[float, Data]]] = {
            "history": [(years, {"years": years}) for years in HISTORIES],
            "spells": [((few + most) / 2, {"fewest": few, "most": most}) for few, most in SPELLS],
        }
        for kind, sizes in shapes.items():
            people = [self._population(count, shape) for _, shape in sizes]
            found[kind] = [{"size": size, "times": {}} for size, _ in sizes]
            for one in self._chosen([contender(key) for key in GROWING]):
                self.tell(f"growth: {kind}, {one.label}")
                digests = [expected["digests"] for _, expected in people]
                paths = [path for path, _ in people]
                taken = self._job("turns", key=one.key, paths=paths, expected=digests,
                                  seconds=2 * self.plan.seconds)  # fmt: skip
                for cell, fastest in zip(found[kind], taken.get("fastest", ()), strict=False):
                    cell["times"][one.key] = fastest
        return found

    def files(self) -> Data:
        """Parquet to Parquet by the command, beside reading and writing the same files alone."""
        found: Data = {}
        for count in self.plan.files:
            self.tell(f"files: {count:,} applicants")
            people, scores, again = (
                self.folder / f"{name}-{count}.parquet" for name in ("people", "scores", "again")
            )
            job("populate", path=str(people), count=count, form="parquet")
            command = [sys.executable, "-m", "jifen", "batch", str(people), str(scores), "--policy", POLICY]
            runs = [run(command) for _ in range(1 if count > 1_000_000 else 3)]
            alone = job(
                "floor", people=str(people), scores=str(scores), output=str(again), seconds=self.plan.seconds
            )
            found[str(count)] = {
                "seconds": min(one.seconds for one in runs),
                "peak": max(one.peak for one in runs),
                "read": alone["read"],
                "write": alone["write"],
                "megabytes": [people.stat().st_size / 1e6, scores.stat().st_size / 1e6],
            }
            for path in (people, scores, again):
                path.unlink()
        return found

    def service(self) -> list[Data]:
        """Importing, loading, scoring one, its card."""
        from benchmarks.service import figures

        found = []
        for figure in figures(self.plan.quick):
            self.tell(str(figure))
            found.append(figure._asdict())
        return found

    def profile(self) -> Data:
        """Where the time goes, in columns, fused and files."""
        self.tell("where the time goes")
        command = [sys.executable, "-m", "benchmarks.profile", "--json"]
        try:
            said = run([*command, "--applicants", str(2 * self.plan.growth)]).said
        except Failed as failed:
            self.failures.append(f"profile: {str(failed).splitlines()[-1]}")
            return {}
        found: Data = json.loads(said.splitlines()[-1])
        return found

    def _chosen(self, some: Sequence[Contender]) -> list[Contender]:
        keys = self.plan.keys
        return [one for one in some if not keys or one.key in keys or one.key.rsplit("-", 1)[0] in keys]

    def _scored(self, one: Contender) -> Data:
        found: Data = {"label": one.label, "takes": one.takes, "sizes": {}}
        checked = self._job("check", key=one.key, most=200 if self.plan.quick else 1000)
        if "checked" not in checked:
            self.tell(f"{one.label}: left out, {checked.get('absent', checked.get('failed'))}")
            return found | checked
        found["checked"] = checked["checked"]
        measured: dict[int, Data] = {}
        for size in self.plan.sizes:
            count = min(size, max(1, one.most // 10) if self.plan.quick else one.most)
            if count not in measured:
                path, expected = self._population(count)
                measured[count] = self._job("score", key=one.key, path=path, applicants=count,
                                            expected=expected["digests"], seconds=self.plan.seconds)  # fmt: skip
            times = measured[count]
            if "fastest" not in times:
                return found | times
            found |= {"load": times["load"], "versions": times["versions"]}
            scale = size / count
            own = {name: times[name] * scale for name in ("prepare", "first", "fastest", "median")}
            own |= {"measured": count, "peak": times["peak"] if scale == 1 else None, "runs": times["runs"]}
            found["sizes"][str(size)] = own
            mark = "" if scale == 1 else f"   (from {count:,})"
            self.tell(f"{one.label:<28}{size:>10,}{own['fastest']:>12.6f} s{mark}")
        return found

    def _bytes_once(self) -> Data:
        found: Data = {"label": "every input byte read once", "takes": "tables", "sizes": {}}
        for size in self.plan.sizes:
            path, _ = self._population(size)
            own = self._job("bytes_once", path=path, seconds=self.plan.seconds)
            found["sizes"][str(size)] = own | {"prepare": 0.0, "measured": size, "peak": None}
        return found

    def _population(self, count: int, shape: Data | None = None) -> tuple[str, Data]:
        """A file of applicants, and the digests of their answers."""
        name = f"{count}-{'-'.join(f'{key}{value}' for key, value in (shape or {}).items())}"
        if name not in self._populations:
            path = str(self.folder / f"{name}.arrow")
            job("populate", path=path, count=count, shape=shape)
            self._populations[name] = path, job("expect", path=path)
        return self._populations[name]

    def _job(self, name: str, **arguments: Any) -> Data:
        try:
            found = job(name, **arguments)
        except Failed as failed:
            found = {"failed": str(failed).splitlines()[-1]}
        wrong = found.get("failed") or found.get("different")
        if wrong:
            self.failures.append(f"{arguments.get('key', name)}: {wrong}")
        return found


def commit() -> str:
    """The commit that is measured, where there is a repository; `+` where files differ from it."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()
