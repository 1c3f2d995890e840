"""What a process notices of jifen: what importing it loads, and that nothing depends on the process."""

import json
import os
import pickle
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import jifen

from .ferry import FILE, SOMEBODY

ENGINE = Path(jifen.__file__).parent.parent
HERE = Path(__file__).parent
HEAVY = ("jsonschema", "pendulum", "numpy", "yaml", "simpleeval", "click", "rich")

SCORE = """
import json, random, sys
import jifen
from oracle.applicants import random_applicant
policy = jifen.load(sys.argv[1])
other = policy.with_readings({"rounding": "each_item", "several_homes": "best_each_month"})
for seed in range(4):
    applicant = random_applicant(random.Random(seed))
    print(policy.score(applicant).to_json())
    print(other.score(applicant).to_json())
"""


def run(program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    paths = os.pathsep.join([str(ENGINE), str(HERE.parent)])
    known = {
        name: value for name, value in os.environ.items() if name not in ("JIFEN_POLICIES", "JIFEN_LANG")
    }
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**known, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd=HERE,
        capture_output=True,
        check=True,
        timeout=120,
    )


def loaded_after(program: str, *arguments: str) -> set[str]:
    """The packages that a program has imported, by their first names."""
    result = run(f"{program}\nimport sys\nprint(*sys.modules, file=sys.stderr)", *arguments)
    return {name.partition(".")[0] for name in result.stderr.decode().split()}


def test_importing_jifen_loads_nothing_heavy() -> None:
    loaded = loaded_after("import jifen")
    assert "jifen" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_probe_sees_what_is_loaded() -> None:
    assert {"yaml", "jifen"} <= loaded_after("import jifen, yaml")


def test_scoring_needs_no_terminal_and_no_numeric_library() -> None:
    program = "import jifen, sys; jifen.load(sys.argv[1]).score(sys.argv[2]).to_json()"
    applicant = ENGINE.parent / "examples" / "tianjin" / "applicant.yaml"
    loaded = loaded_after(program, "tianjin/2022", str(applicant))
    assert "simpleeval" in loaded  # a policy has been compiled
    assert loaded.isdisjoint(("pendulum", "numpy", "click", "rich"))


@pytest.fixture(scope="module")
def scored() -> bytes:
    return run(SCORE, "tianjin/2022", PYTHONHASHSEED="0").stdout


@pytest.mark.parametrize("seed", ["1", "4294967295"])
def test_no_byte_depends_on_the_hash_seed(scored: bytes, seed: str) -> None:
    assert len(set(scored.splitlines())) == 8
    assert run(SCORE, "tianjin/2022", PYTHONHASHSEED=seed).stdout == scored


def test_no_byte_depends_on_locale_or_time_zone(scored: bytes) -> None:
    assert run(SCORE, "tianjin/2022", LC_ALL="C", LANG="C", TZ="Pacific/Kiritimati").stdout == scored


def test_a_policy_goes_to_another_process_without_its_file(tmp_path: Path) -> None:
    file, sent = tmp_path / "ferry" / "2024.yaml", tmp_path / "sent"
    file.parent.mkdir()
    file.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    policy = jifen.load(file)
    sent.write_bytes(pickle.dumps(policy))
    file.unlink()
    program = """
import json, pickle, sys
from pathlib import Path
policy = pickle.loads(Path(sys.argv[1]).read_bytes())
print(policy.digest)
print(policy.score(json.loads(sys.argv[2])).to_json())
"""
    result = run(program, str(sent), json.dumps(SOMEBODY))
    assert result.stdout.decode().splitlines() == [policy.digest, policy.score(SOMEBODY).to_json()]


def test_nothing_is_logged_and_nothing_printed() -> None:
    """No logger of its own, no handler, no line and no warning, also where the data is wrong."""
    program = """
import logging, sys, warnings
warnings.simplefilter("error")
records = []
class Keep(logging.Handler):
    def emit(self, record):
        records.append(record.name)
logging.getLogger().addHandler(Keep())
logging.getLogger().setLevel(1)
import jifen
policy = jifen.load(sys.argv[1])
policy.score(sys.argv[2]).to_json()
try:
    policy.score({"date": "?"})
except jifen.ApplicantError:
    pass
else:
    sys.exit("accepted")
own = [name for name in logging.Logger.manager.loggerDict if name.partition(".")[0] == "jifen"]
assert records == own == [], (records, own)
"""
    applicant = ENGINE.parent / "examples" / "tianjin" / "applicant.yaml"
    result = run(program, "tianjin/2022", str(applicant))
    assert (result.stdout, result.stderr) == (b"", b"")


def test_the_package_says_that_it_is_typed() -> None:
    assert files("jifen").joinpath("py.typed").is_file()


def test_every_public_name_is_there() -> None:
    program = "import jifen; print(*[getattr(jifen, name).__module__ for name in jifen.__all__])"
    homes = run(program).stdout.decode().split()
    assert len(homes) == len(jifen.__all__)
    assert all(home.partition(".")[0] == "jifen" for home in homes)
