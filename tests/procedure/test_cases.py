"""Cases: events in, state out. What the rules do not allow is refused with its rule and the path to the event."""

from __future__ import annotations

from typing import Any

import pytest

import jifen
from jifen.errors import ApplicantError
from jifen.procedure.status import Status

from .town import events, rules, stands


def on(policy: str, case: dict[str, Any], moment: str | None = None) -> Status:
    return stands(jifen.load(policy).rules, case, moment)


def refused(policy: str, case: dict[str, Any], moment: str | None = None) -> tuple[str, str, str]:
    with pytest.raises(ApplicantError) as caught:
        on(policy, case, moment)
    [problem] = caught.value.problems
    assert problem.text("zh") != problem.text("en")
    return problem.path, problem.message.code, problem.text("en")


def published(*listed: str) -> dict[str, Any]:
    """A score of the first round of 2025 that has been published."""
    start = {"state": "published", "at": "2025-05-26T08:00"}
    return {"policy": "tianjin/2025", "round": "first_2025", "start": start, "events": events(*listed)}


FILED = {
    "policy": "tianjin/2022",
    "events": events(
        *("register_unit 2022-03-01T09:00", "add_applicant 2022-03-01T09:10", "pass_assessment 2022-04-26"),
        *("upload 2022-04-26", "submit 2022-04-27T15:00"),
    ),
}


def test_the_office_has_five_working_days() -> None:
    """Submitted 2022-04-27: 28, 29 April, 5, 6 and Saturday 7 May. Being late changes nothing but is said."""
    found = on("tianjin/2022", FILED, "2022-05-07T23:59")
    assert found.state.name == "submitted" and not found.overdue
    assert {offer.event for offer in found.offers if offer.chance == "now"} == {"receive", "pass_check"}
    assert all(offer.due and offer.due.closes.to_date_string() == "2022-05-07" for offer in found.offers)
    assert [offer.event for offer in on("tianjin/2022", FILED, "2022-05-08").overdue] == [
        "receive",
        "pass_check",
    ]
    assert found.round == "first"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("edit 2022-04-28", "JF921"),  # nothing can be changed after submission
        ("delete_applicant 2022-04-28", "JF921"),
        ("accept 2022-04-28", "JF920"),  # the police come first
        ("submit 2022-04-28", "JF920"),
    ],
)
def test_what_cannot_be_done_after_submission(event: str, code: str) -> None:
    path, said, text = refused("tianjin/2022", {**FILED, "events": [*FILED["events"], *events(event)]})
    assert (path, said) == ("events[5]", code)
    assert "Guide to the Tianjin policy of 2022, clause 11" in text


def test_submission_ends_with_the_round() -> None:
    late = [*FILED["events"][:4], *events("submit 2022-05-01T00:00")]
    path, code, text = refused("tianjin/2022", {"policy": "tianjin/2022", "events": late})
    assert (path, code) == ("events[4]", "JF924") and "closed at 2022-04-30" in text
    late[4]["at"] = "2022-04-30T23:59"
    assert on("tianjin/2022", {"policy": "tianjin/2022", "events": late}).state.name == "submitted"


def test_a_review_is_asked_for_in_its_window_and_once() -> None:
    assert refused("tianjin/2025", published("request_review 2025-05-26T08:59"))[:2] == ("events[0]", "JF923")
    assert refused("tianjin/2025", published("request_review 2025-05-30T17:05"))[:2] == ("events[0]", "JF921")
    twice = published("request_review 2025-05-27T10:00", "request_review 2025-05-28T10:00")
    assert refused("tianjin/2025", twice)[:2] == ("events[1]", "JF921")
    assert on("tianjin/2025", published("request_review 2025-05-26T09:00")).state.name == "review_requested"
    assert on("tianjin/2025", published("request_review 2025-05-30T17:00")).state.name == "review_requested"


def test_who_is_silent_loses_the_review() -> None:
    before, after = (on("tianjin/2025", published(), at) for at in ("2025-05-30T17:00", "2025-05-30T17:01"))
    assert (before.state.name, after.state.name) == ("published", "review_closed")
    [silence] = before.silence
    assert silence.at is not None and silence.at.format("YYYY-MM-DD HH:mm") == "2025-05-30 17:01"
    assert (silence.to, silence.without) == ("review_closed", "request_review")
    assert [step.event for step in after.steps] == [""]


def test_the_publicity_of_2025() -> None:
    """If the list came out on the first working day after the review, 2025-06-03, it stays to 06-09."""
    case = published("set_line 2025-06-03T08:00", "publish_list 2025-06-03T09:00")
    assert on("tianjin/2025", case, "2025-06-09T23:59").state.name == "publicity"
    assert on("tianjin/2025", case, "2025-06-10T00:00").state.name == "approved"
    upheld = published(
        "set_line 2025-06-03", "publish_list 2025-06-03", "object 2025-06-04", "uphold_objection 2025-06-09"
    )
    assert on("tianjin/2025", upheld, "2025-07-01").state.name == "removed"


def permit(*listed: dict[str, Any]) -> dict[str, Any]:
    """Points that were approved with a permit endorsed to 2026-05-20."""
    start = {"state": "approved", "at": "2025-06-10"}
    return {
        "policy": "shanghai/2023",
        "dates": {"permit_endorsed_to": "2026-05-20"},
        "start": start,
        "events": list(listed),
    }


@pytest.mark.parametrize(
    ("moment", "state", "result"),
    [
        ("2026-05-20T23:59", "approved", "valid"),
        ("2026-05-21T00:00", "overdue", "suspended"),
        ("2026-07-19T23:59", "overdue", "suspended"),
        ("2026-07-20T00:00", "grace_over", "suspended"),
        ("2026-08-18T23:59", "grace_over", "suspended"),
        ("2026-08-19T00:00", "lapsed", "ended"),
    ],
)
def test_points_follow_the_endorsement_of_the_permit(moment: str, state: str, result: str) -> None:
    found = on("shanghai/2023", permit(), moment)
    assert (found.state.name, found.state.result) == (state, result)


def test_the_endorsement_of_the_last_30_days() -> None:
    renewed = {"event": "endorse", "at": "2026-04-20", "sets": {"permit_endorsed_to": "2027-05-20"}}
    assert refused("shanghai/2023", permit({**renewed, "at": "2026-04-19T23:59"}))[1] == "JF923"
    found = on("shanghai/2023", permit(renewed), "2026-05-21")
    assert found.state.name == "endorsed" and found.validity is not None
    assert found.validity.until.isoformat() == "2027-05-20"
    [due] = {offer.due.closes.to_date_string() for offer in found.offers if offer.due}
    assert due == "2026-04-23"  # three working days


def test_a_late_endorsement() -> None:
    late = {"event": "endorse_late", "at": "2026-07-19", "sets": {"permit_endorsed_to": "2027-05-20"}}
    assert on("shanghai/2023", permit(late)).state.name == "endorsed"
    assert refused("shanghai/2023", permit({**late, "at": "2026-07-20"}))[1] == "JF920"
    very = {**late, "event": "endorse_very_late", "at": "2026-07-20"}
    assert "anew" in str(on("shanghai/2023", permit(very)).steps[-1].move)


def test_a_suspended_permit_suspends_the_points_and_gives_them_back() -> None:
    suspended = events("suspend_permit 2026-01-10")
    found = on("shanghai/2023", permit(*suspended))
    assert (found.state.name, found.state.result) == (
        "suspended",
        "suspended",
    ) and "print_notice" in found.blocked
    assert refused("shanghai/2023", permit(*suspended, *events("print_notice 2026-01-11")))[1] == "JF921"
    assert (
        on("shanghai/2023", permit(*suspended, *events("restore_permit 2026-02-01"))).state.result == "valid"
    )
    ended = on("shanghai/2023", permit(*suspended, *events("end_permit 2026-02-01")))
    assert ended.state.final and ended.state.result == "ended"


def test_twenty_two_working_days() -> None:
    case = {"policy": "shanghai/2023", "events": events("file 2026-04-27T10:00", "begin_review 2026-04-28")}
    dues = {offer.due.closes.to_date_string() for offer in on("shanghai/2023", case).offers if offer.due}
    assert dues == {"2026-05-29"}
    late = {**case, "events": [*case["events"], *events("approve 2026-06-01")]}
    [step] = [step for step in on("shanghai/2023", late).steps if step.overdue]
    assert step.event == "approve" and on("shanghai/2023", late).state.name == "approved"


def test_an_open_objection_blocks_the_application() -> None:
    start = {"state": "approved", "at": "2025-09-20"}
    case = {
        "policy": "guangzhou/2025",
        "start": start,
        "events": events("contest_score 2025-10-09", "apply 2025-10-12"),
    }
    path, code, text = refused("guangzhou/2025", case)
    assert (path, code) == ("events[1]", "JF921") and "clause 8" in text
    case["events"] = events("contest_score 2025-10-09", "decide 2025-11-10T12:00", "apply 2025-11-10T17:00")
    assert on("guangzhou/2025", case).state.name == "filed"
    case["events"][2]["at"] = "2025-11-10T17:01"
    assert refused("guangzhou/2025", case)[:2] == ("events[2]", "JF924")


def test_a_missed_check_forfeits_the_place() -> None:
    call = {"event": "call", "at": "2025-12-01", "sets": {"originals_by": "2025-12-05"}}
    case = {"policy": "guangzhou/2025", "start": {"state": "filed", "at": "2025-11-01"}, "events": [call]}
    assert on("guangzhou/2025", case, "2025-12-05T23:59").state.name == "called"
    assert on("guangzhou/2025", case, "2025-12-06").state.name == "forfeited"
    case["events"] = [call, *events("show_originals 2025-12-05T23:59")]
    assert on("guangzhou/2025", case, "2025-12-06").state.name == "verified"
    # Where the notice's day is not stated nothing comes, and what it waits for is said.
    unsaid = on("guangzhou/2025", {**case, "events": events("call 2025-12-01")}, "2026-03-01")
    assert unsaid.state.name == "called" and unsaid.silence[0].waits_for == "originals_by"


def test_no_second_filing_in_a_month_nor_before_the_result() -> None:
    def case(*listed: str) -> dict[str, Any]:
        return {"policy": "chengdu/2020", "events": events(*listed)}

    assert refused("chengdu/2020", case("apply 2022-03-01", "apply 2022-04-01"))[1] == "JF921"
    scored = ("apply 2022-03-01", "accept 2022-03-02", "score 2022-03-10")
    assert refused("chengdu/2020", case(*scored, "apply 2022-03-31"))[1] == "JF926"
    assert on("chengdu/2020", case(*scored, "apply 2022-04-01")).state.name == "filed"
    [offer] = [one for one in on("chengdu/2020", case(*scored), "2022-03-31").offers if one.event == "apply"]
    assert offer.chance == "done" and offer.done is not None
    assert refused("chengdu/2020", case("apply 2022-03-05"))[1] == "JF929"  # a Saturday
    assert on("chengdu/2020", case("apply 2022-04-02")).state.name == "filed"  # a Saturday that is worked


def test_three_natural_days_of_publicity() -> None:
    listed = ("apply 2023-09-01", "accept 2023-09-01", "score 2023-09-20", "list_entry 2023-09-22")
    case = {"policy": "chengdu/2020", "events": events(*listed)}
    assert on("chengdu/2020", case, "2023-09-25T23:59").state.name == "listed"
    assert on("chengdu/2020", case, "2023-09-26").state.name == "admitted"


def test_objections_are_answered_within_ten_working_days() -> None:
    listed = ("rank 2023-06-01", "publish 2023-06-05", "object 2023-06-12")
    case = {"policy": "suzhou/2021", "events": events(*listed)}
    assert {one.due.closes.to_date_string() for one in on("suzhou/2021", case).offers if one.due} == {
        "2023-06-27"
    }
    assert on("suzhou/2021", {**case, "events": events(*listed[:2])}, "2023-06-13").state.name == "admitted"
    assert refused("suzhou/2021", {**case, "events": events(*listed[:2], "object 2023-06-13")})[1] == "JF922"


def test_a_window_of_beijing() -> None:
    start = {"state": "first_result", "at": "2025-06-05"}
    case = {"policy": "beijing/2020", "start": start, "events": events("object 2025-06-14")}
    assert refused("beijing/2020", case)[1] == "JF924"
    case["events"] = events("object 2025-06-13T23:59")
    assert on("beijing/2020", case).state.name == "under_review"


WAYS = {
    "parties": "{pilot: the pilot, office: the office}",
    "begins": "new",
    "dates": "{ends: {label: the end}}",
    "windows": "{filing: {from: {since: call}, to: {natural_days: 3, since: call}}}",
    "events": "{file: {label: file, by: pilot, window: filing}, call: {label: call, sets: [ends]}, "
    "grant: {label: grant, by: office}, wave: {label: wave, once: year}}",
    "states": "{new: {allows: [call, wave]}, filed: {}, done: {final: true}, late: {final: true}}",
    "moves": "[{from: new, on: file, to: filed}, {from: filed, on: grant, within: {natural_days: 2}, to: done}, "
    "{from: filed, without: wave, after: {natural_days: 5}, to: late}, {from: filed, on: wave, to: filed}]",
}


@pytest.mark.parametrize(
    ("case", "code", "path"),
    [
        ({"events": events("file 2024-03-01")}, "JF928", "events[0]"),
        ({"events": events("wave 2024-03-01", "wave 2024-12-31")}, "JF926", "events[1]"),
        (
            {
                "events": [{"event": "grant", "at": "2024-03-04"}],
                "start": {"state": "filed", "at": "2024-03-01"},
            },
            "JF925",
            "events[0]",
        ),
        (
            {"events": [*events("call 2024-03-01"), {"event": "file", "at": "2024-03-01", "by": "office"}]},
            "JF927",
            "events[1]",
        ),
        ({"events": events("grant 2024-03-01")}, "JF920", "events[0]"),
        ({"events": [{"event": "fil", "at": "2024-03-01"}]}, "JF907", "events[0].event"),
        ({"events": [{"event": "file", "at": "noon"}]}, "JF905", "events[0].at"),
        ({"events": [{"event": "file"}]}, "JF903", "events[0]"),
        ({"events": [{"event": "file", "at": "2024-03-01", "by": "pilt"}]}, "JF909", "events[0].by"),
        (
            {"events": [{"event": "file", "at": "2024-03-01", "sets": {"ends": "2024-04-01"}}]},
            "JF913",
            "events[0].sets.ends",
        ),
        (
            {"events": [{"event": "call", "at": "2024-03-01", "sets": {"end": "2024-04-01"}}]},
            "JF910",
            "events[0].sets.end",
        ),
        ({"events": events("call 2024-03-02", "call 2024-03-01")}, "JF912", "events[1].at"),
        ({"events": {}}, "JF902", "events"),
        ({"event": []}, "JF904", "event"),
        ({"events": [3]}, "JF901", "events[0]"),
        ({"round": "first"}, "JF911", "round"),
        ({"dates": {"ends": "soon"}}, "JF906", "dates.ends"),
        ({"start": {"state": "old", "at": "2024-03-01"}}, "JF908", "start.state"),
    ],
)
def test_what_is_refused(case: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(ApplicantError) as caught:
        stands(rules(**WAYS), case)
    assert (code, path) in {(one.message.code, one.path) for one in caught.value.problems}
    assert all(one.text("en") and one.text("zh") for one in caught.value.problems)


def test_an_event_of_a_day_alone_meets_what_lies_in_that_day() -> None:
    """Of a day without a minute nobody can say that it was too early or too late."""
    case = published("request_review 2025-05-26")
    assert on("tianjin/2025", case).state.name == "review_requested"
    assert on("tianjin/2025", published("request_review 2025-05-30")).state.name == "review_requested"


def test_a_circle_of_terms_that_have_passed_ends() -> None:
    around = rules(
        begins="a",
        events="{go: {}}",
        dates="{past: {}}",
        states="{a: {}, b: {}}",
        moves="[{from: a, after: {since: past}, to: b}, {from: b, after: {since: past}, to: a}]",
    )
    case = {"dates": {"past": "2024-01-01"}, "start": {"state": "a", "at": "2024-03-01"}}
    assert stands(around, case, "2024-04-01").state.name in ("a", "b")


def test_a_moment_before_the_last_event_shows_what_was_then() -> None:
    assert on("tianjin/2022", FILED, "2022-04-26").state.name == "uploaded"
    assert on("tianjin/2022", FILED, "2022-03-01T09:05").state.name == "unit_registered"


def test_the_same_events_give_the_same_status() -> None:
    assert on("tianjin/2022", FILED) == on("tianjin/2022", FILED)
