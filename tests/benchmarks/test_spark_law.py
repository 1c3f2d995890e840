"""The law behind the predictions of docs/cluster.md gives back what made-up measurements were made of."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.spark_law import PEOPLE, duration, law, page, speedup

FIXED, ALONE, SERIAL = 2.0, 40e-6, 0.25
APPLICANTS = {"few": 20_000, "many": 1_000_000}


def took(people: int, cores: int) -> float:
    return FIXED + people * ALONE * ((1 - SERIAL) / cores + SERIAL)


def measured() -> dict[str, Any]:
    """Three runs of each, the second as the law says, the others somewhat off."""
    runs = {
        name: {
            str(cores): [[took(people, cores) * off, 1.0] for off in (0.9 if cores == 1 else 1.0, 1.0, 1.3)]
            for cores in (1, 2)
        }
        for name, people in APPLICANTS.items()
    }
    machine = {"processor": "Abacus", "cores seen": 2, "python": "3.11"}
    versions = {"jifen": "0", "arrow": "1", "spark": "4"}
    return {"policy": "p/1", "machine": machine, "versions": versions, "applicants": APPLICANTS, "runs": runs}


def test_the_law_is_found_again() -> None:
    fitted = law(measured())
    assert fitted == pytest.approx((FIXED, ALONE, ALONE * (1 + SERIAL), SERIAL))


@pytest.mark.parametrize("cores", [1, 2, 500])
def test_predictions(cores: int) -> None:
    fitted = law(measured())
    assert fitted.amdahl(PEOPLE, cores) == pytest.approx(took(PEOPLE, cores))
    assert fitted.shared_nothing(PEOPLE, 2 * cores) == pytest.approx(
        FIXED + (took(PEOPLE, 2) - FIXED) / cores
    )


def test_the_speed_up_is_that_of_runs_that_followed_each_other() -> None:
    whole = took(1_000_000, 1) / took(1_000_000, 2)
    assert speedup(measured()) == pytest.approx((whole, 0.9 * whole, whole))


def test_more_than_twice_as_fast_is_no_negative_share() -> None:
    results = measured()
    results["runs"]["many"]["2"] = [[took(1_000_000, 1) / 3, 1.0]] * 3
    assert law(results).serial == 0


def test_the_page() -> None:
    text = page(measured())
    assert "| 1 | 42.0 s | 1.0 s | 2.80 s |" in text and "σ = 0.250" in text
    assert f"| 2 | {duration(took(PEOPLE, 2))} | {duration(took(PEOPLE, 2))} |" in text


def test_durations() -> None:
    assert [duration(seconds) for seconds in (8, 300, 7200)] == ["8 s", "5 min", "2.0 h"]
