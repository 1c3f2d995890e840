"""What a cases file expects of a procedure: status, refusals, windows; their messages, their update, their mutants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jifen.cli import main
from jifen.errors import PolicyError
from jifen.regression.cases import read_cases
from jifen.regression.mutation import mutations
from jifen.regression.run import Runner

QUAY = Path(__file__).parent / "quay"
POLICY = (QUAY / "2024.yaml").read_text(encoding="utf-8")
CASES = (QUAY / "2024.cases.yaml").read_text(encoding="utf-8")

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the policy with cases of its own, and answers with the cases file."""
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path))

    def _write(cases: str, policy: str = POLICY) -> Path:
        folder = tmp_path / "quay"
        folder.mkdir(exist_ok=True)
        (folder / "2024.yaml").write_text(policy, encoding="utf-8")
        path = folder / "2024.cases.yaml"
        path.write_text(cases, encoding="utf-8")
        return path

    return _write


def differing(path: Path, lang: str = "en") -> list[str]:
    """What differs, without the places."""
    outcomes = Runner().all(read_cases(path))
    texts = [one.text(lang).partition("\n")[0] for outcome in outcomes for one in outcome.differences]
    return [text.split(": ", 1)[1] for text in texts]


def one(
    expect: str, course: str = "{start: {state: granted, at: 2024-05-01}, dates: {lease_to: 2024-12-31}}"
) -> str:
    """A cases file with a single case."""
    return f"policy: quay/2024\ncases:\n  - name: one\n    source: s\n    course: {course}\n    expect: {expect}\n"


def test_what_holds(write: Write) -> None:
    assert differing(write(CASES)) == []


def test_every_change_of_the_procedure_is_noticed(write: Write) -> None:
    """The cases above were written before the mutants were run on them."""
    (found,) = mutations([str(write(CASES))], jobs=1)
    of_procedure = {
        (mutant.at, mutant.en): fate
        for mutant, fate in zip(found.mutants, found.fates, strict=True)
        if mutant.of == "procedure"
    }
    assert set(of_procedure.values()) == {"killed"}
    changes = dict(of_procedure.keys())
    assert {
        "procedure/last_minute",
        "procedure/begins",
        "procedure/terms/check",
        "procedure/terms/check/working_days",
        "procedure/terms/check/since",
        "procedure/windows/protest/from",
        "procedure/windows/protest/to",
        "procedure/events/protest/once",
        "procedure/events/file/window",
        "procedure/events/grant/by",
        "procedure/states/granted/allows/0",
        "procedure/states/filed/blocks/0",
        "procedure/states/granted/result",
        "procedure/moves/0",
        "procedure/moves/1/due",
        "procedure/moves/3/without",
        "outcome/validity/for/years",
        "outcome/validity/renew/opens/natural_days",
        "outcome/validity/renew/grace",
    } <= changes.keys()
    assert changes["procedure/last_minute"] == "inside → outside"
    assert ("procedure/windows/protest/to", "2024-05-17T17:00 → 2024-05-17T17:01") in of_procedure


def test_a_gap_in_the_cases_is_told(write: Write) -> None:
    """Without the case of the closing minute nothing says whether it is inside."""
    cases = CASES.replace('      - ["2024-05-17T17:00", false]\n', "").replace(", last_minute: inside", "")
    (found,) = mutations([str(write(cases))], jobs=1)
    assert [mutant.at for mutant in found.survivors if mutant.of == "procedure"] == ["procedure/last_minute"]


@pytest.mark.parametrize(
    ("expect", "differs"),
    [
        ("{status: {state: filed}}", ["status.state: expected filed, got granted"]),
        ("{status: {result: none}}", ["status.result: expected none, got valid"]),
        ("{status: {by: office}}", ["status.by: expected office, got pilot"]),
        ("{status: {may: []}}", ["status.may: expected [], got close"]),
        ("{status: {may: {close: pilot}}}", ["status.may: expected close: pilot, got close: office"]),
        (
            "{status: {opens: {protest: 2024-05-13}}}",
            ["status.opens.protest: expected 2024-05-13, got 2024-05-13T09:00"],
        ),
        (
            "{status: {until: {file: 2024-05-13}}}",
            ["status.until.file: expected 2024-05-13, got nothing of that name"],
        ),
        ("{status: {due: {close: 2024-05-13}}}", ["status.due.close: expected 2024-05-13, got no such time"]),
        ("{status: {if_nobody_acts: {}}}", ["status.if_nobody_acts: expected nothing more, got closed"]),
        (
            "{status: {validity: {renew_to: 2025-01-01}}}",
            ["status.validity.renew_to: expected 2025-01-01, got nothing of that name"],
        ),
        ("{status: {validity: {phase: late}}}", ["status.validity.phase: expected late, got valid"]),
        ("{status: {provisional: true}}", ["status.provisional: expected true, got false"]),
        ("{windows: {protest: {open: true}}}", ["windows.protest.open: expected true, got false"]),
        (
            "{windows: {protst: {open: true}}}",
            [
                "windows.protst: expected a window, got "
                "The procedure has no window or term protst. Did you mean protest?"
            ],
        ),
    ],
)
def test_what_differs(write: Write, expect: str, differs: list[str]) -> None:
    path = write(one(expect))
    assert differing(path) == differs
    assert differing(path, "zh") != differs


@pytest.mark.parametrize(
    ("refused", "event", "differs"),
    [
        ("closed", 'protest, at: "2024-05-18T09:00"', []),
        ("not_yet", 'protest, at: "2024-05-18T09:00"', ["refused: expected not_yet, got closed"]),
        ("closed", 'protest, at: "2024-05-14T09:00"', ["refused: expected closed, got allowed"]),
        ("wrong_party", 'protest, by: office, at: "2024-05-14T09:00"', []),
        ("not_here", "file, at: 2024-05-14", []),
        (
            "not_here",
            "fil, at: 2024-05-14",
            ["course: expected a course of events, got events[0].event: The procedure knows no event fil."],
        ),
    ],
)
def test_what_is_refused(write: Write, refused: str, event: str, differs: list[str]) -> None:
    course = f"{{start: {{state: granted, at: 2024-05-01}}, events: [{{event: {event}}}]}}"
    assert differing(write(one(f"{{refused: {refused}}}", course))) == differs


def test_an_event_before_the_last_must_be_allowed(write: Write) -> None:
    course = "{events: [{event: grant, at: 2024-03-01}, {event: close, at: 2024-03-02}]}"
    (told,) = differing(write(one("{refused: not_here}", course)))
    assert told.startswith("refused: expected not_here, got events[0]: “grant” is not possible")
    (told,) = differing(write(one("{status: {state: closed}}", course)))
    assert told.startswith("status: expected a course that is allowed, got events[0]")


def test_the_rule_behind_a_difference(write: Write) -> None:
    """The place of the move that led there, and what happened."""
    course = "{events: [{event: file, at: 2024-03-29}]}"
    (outcome,) = Runner().all(
        read_cases(write(one("{status: {state: new, due: {grant: 2024-04-04}}}", course)))
    )
    state, due = (one.text("en").split("\n")[1] for one in outcome.differences)
    assert state.endswith("2024.yaml:33:7: 2024-03-29 00:00 file: new → filed") and due.endswith(
        "2024.yaml:19:12"
    )


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("course: {}\n    expect: {total: 3}", "JF809"),
        ("expect: {qualifies: true}", "JF809"),
        ("applicant: {date: 2024-03-01}\n    expect: {status: {state: new}}", "JF807"),
        ("applicant: {date: 2024-03-01}\n    course: {}\n    expect: {refused: over}", "JF211"),
        ("course: {}\n    expect: {refused: over, status: {state: new}}", "JF211"),
        ("course: {}", "JF802"),
    ],
)
def test_a_case_is_of_an_applicant_or_of_a_procedure(write: Write, case: str, code: str) -> None:
    path = write(f"policy: quay/2024\ncases:\n  - name: one\n    source: s\n    {case}\n")
    with pytest.raises(PolicyError) as caught:
        read_cases(path)
    assert {found.code for found in caught.value.diagnostics} == {code}


def test_update_writes_what_is(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    expect = (
        "{status: {state: filed, by: office, blocked: [file], opens: {protest: 2024-05-13}, "
        "validity: {phase: late, months: 6}, provisional: true}, windows: {protest: {closes: 2024-05-18}}}"
    )
    path = write(one(expect))
    assert main(["test", "--update", str(path)]) == 0
    capsys.readouterr()
    after = (
        "{status: {state: granted, by: pilot, blocked: [], opens: {protest: 2024-05-13T09:00}, "
        "validity: {phase: valid, months: 12}, provisional: false}, windows: {protest: {closes: 2024-05-17T17:00}}}"
    )
    assert path.read_text(encoding="utf-8") == one(after)
    assert differing(path) == []


def test_a_policy_without_a_procedure(write: Write) -> None:
    bare = POLICY[: POLICY.index("outcome:")]
    (told,) = differing(write(one("{status: {state: new}}", "{}"), bare))
    assert "states no procedure" in told
