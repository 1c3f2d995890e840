"""Random valid applicants for Tianjin 2022: realistic people, and every nasty shape of spells and dates."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from .calendar_months import Entry, last_day_of, years_after
from .tianjin_2022 import HOME_RATE, KINDS, Applicant, cutoff_of

PAYMENTS = ("employer", "back_paid", "individual", "transferred", "flexible")
OTHER_PAYMENTS = PAYMENTS[1:]
BASES: tuple[int | str, ...] = (4000, "7477.99", 7478, "7478.00", "7478.01", 7479, 12000, "21999.5")
EDGE_DAYS = ("2022-01-01", "2022-02-28", "2022-03-01", "2022-03-02", "2022-04-30", "2022-07-01", "2022-10-31")
EDGE_COUNTS = (1, 11, 12, 13, 23, 24, 25, 34, 35, 36, 37, 38, 47, 48, 59, 60, 61, 72)
INSURANCE_POINTS = {12: "22", 24: "44", 30: "55", 35: "385/6", 36: "66", 37: "205/3", 42: "80", 48: "94"}


class Scene(NamedTuple):
    """What every part of an applicant is arranged around."""

    rng: random.Random
    application: date
    cutoff: date

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent


def month_text(index: int) -> str:
    """`index` counts months from January of the year 0."""
    return f"{index // 12:04}-{index % 12 + 1:02}"


def month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def closed(first: int, last: int) -> Entry:
    return {"from": month_text(first), "to": month_text(last)}


def shattered(scene: Scene, first: int, last: int) -> list[Entry]:
    """Spells whose months are exactly first..last: touching, overlapping, repeated, in any order."""
    spells: list[Entry] = []
    start = first
    while start <= last:
        end = min(last, start + scene.rng.choice((0, 1, 5, 11, 17, 40, 200)))
        spells.append(closed(max(first, start - scene.rng.choice((0, 0, 1, 7))), end))
        start = end + 1
    if scene.chance(20):
        spells.append(dict(scene.rng.choice(spells)))
    scene.rng.shuffle(spells)
    return spells


def run_of(scene: Scene, last: int, count: int) -> list[Entry]:
    if count < 1:
        return []
    if scene.chance(50):
        return [closed(last - count + 1, last)]
    return shattered(scene, last - count + 1, last)


def loose_spell(scene: Scene, earliest: int = 2006 * 12) -> Entry:
    """A spell anywhere: old ones, ones after the settlement and open ones included."""
    rng, settled, now = scene.rng, month_index(scene.cutoff), month_index(scene.application)
    if scene.chance(5):
        earliest = 1988 * 12
    first = rng.choice((rng.randint(earliest, now), rng.randint(settled - 40, settled), settled, settled + 1))
    if scene.chance(25):
        return {"from": month_text(first)}
    ends = (first, first + rng.randint(0, 30), settled, settled + 1, now - 1, now, now + 5)
    return closed(first, max(first, rng.choice(ends)))


def in_days(scene: Scene, spell: Entry) -> Entry:
    """The same spell given by days: whole months, or months begun or ended in the middle."""
    year, month = int(spell["from"][:4]), int(spell["from"][5:])
    start = date(year, month, scene.rng.choice((1, 1, 2, 10, 28, last_day_of((year, month)).day)))
    dated: Entry = {**spell, "from": start.isoformat()}
    if "to" in spell:
        year, month = int(spell["to"][:4]), int(spell["to"][5:])
        last = last_day_of((year, month))
        end = date(year, month, scene.rng.choice((1, 15, last.day - 1, last.day, last.day)))
        dated["to"] = max(start, end).isoformat()
    return dated


def put(scene: Scene, entry: Entry, name: str, value: Any, default: Any) -> None:
    """A value that is the default is written down only half of the time."""
    if value != default or scene.chance(50):
        entry[name] = value


def some_kinds(scene: Scene) -> str | list[str]:
    if scene.chance(60):
        return list(KINDS)
    if scene.chance(40):
        return scene.rng.choice(KINDS)
    return scene.rng.sample(KINDS, scene.rng.randint(1, 4))


def insurance(scene: Scene) -> list[Entry]:
    rng, settled, now = scene.rng, month_index(scene.cutoff), month_index(scene.application)
    well_paid = scene.chance(45)

    def paid(months: Entry, kind: str | list[str], payment: str = "employer") -> Entry:
        spell: Entry = {"kind": kind, "payment": payment, **months}
        if well_paid and scene.chance(95):
            spell["base"] = rng.choice(BASES[4:])
        elif scene.chance(60):
            spell["base"] = rng.choice(BASES)
        return spell

    count = rng.choice((*EDGE_COUNTS, rng.randint(0, 90), rng.randint(24, 60)))
    spells = [paid(run, list(KINDS)) for run in run_of(scene, settled, count)]
    if scene.chance(20):
        spells = [
            paid(run, kind) for kind in KINDS for run in run_of(scene, settled, count + rng.randint(-2, 2))
        ]
    if spells and scene.chance(40):  # the middle was missing or paid in some other way
        middle = rng.choice(spells)
        gap = month_index(date.fromisoformat(f"{middle['from']}-01")) + rng.randint(0, 14)
        after = {**middle, "from": month_text(gap + 3)}
        before = {**middle, "to": month_text(gap - 1)}
        spells.remove(middle)
        spells += [spell for spell in (before, after) if spell["from"] <= spell["to"]]
        spells.append(paid(closed(gap, gap + 2), list(KINDS), rng.choice(OTHER_PAYMENTS)))
    if scene.chance(75):  # and goes on after the settlement
        start = settled + rng.choice((1, 1, 1, 0, -3, 2))
        goes_on = (
            {"from": month_text(start)}
            if scene.chance(70)
            else closed(start, rng.choice((now - 1, now, now + 1)))
        )
        if goes_on.get("to", "9999") >= goes_on["from"]:
            spells.append(paid(goes_on, list(KINDS)))
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        payment = "employer" if scene.chance(50) else rng.choice(OTHER_PAYMENTS)
        spells.append(paid(loose_spell(scene), some_kinds(scene), payment))
    rng.shuffle(spells)
    return spells


def homes(scene: Scene) -> list[Entry]:
    found: list[Entry] = []
    for _ in range(scene.rng.choice((0, 0, 0, 1, 1, 2, 3))):
        spell = loose_spell(scene)
        home: Entry = in_days(scene, spell) if scene.chance(50) else spell
        home["district"] = scene.rng.choice(list(HOME_RATE))
        weak = scene.chance(25)
        put(
            scene,
            home,
            "proof",
            scene.rng.choice(("title", "contract_and_deed_tax", *["contract_only"] * weak)),
            "title",
        )
        owners = ("none", "spouse", "child", "parent", *["other"] * weak)
        put(scene, home, "co_owner", scene.rng.choice(owners), "none")
        put(scene, home, "held_by_spouse", scene.chance(25), False)
        put(scene, home, "bought_after_marriage", scene.chance(70), True)
        states = ("sold", "sealed", "disputed", "collective_land")
        put(scene, home, "state", scene.rng.choice(states) if scene.chance(15) else "clear", "clear")
        found.append(home)
        if scene.chance(10):
            found.append(dict(home))
    return found


def leases(scene: Scene) -> list[Entry]:
    found: list[Entry] = []
    for _ in range(scene.rng.choice((0, 0, 1, 1, 2, 3))):
        spell = loose_spell(scene)
        lease = in_days(scene, spell) if scene.chance(50) else spell
        found.append({**lease, "registered": scene.chance(80)})
    return found


def fund(scene: Scene) -> list[Entry]:
    settled = month_index(scene.cutoff)
    found = run_of(scene, settled, scene.rng.choice((0, *EDGE_COUNTS, scene.rng.randint(1, 130))))
    for _ in range(scene.rng.choice((0, 0, 1, 2))):
        found.append(loose_spell(scene, 2002 * 12))
    if scene.chance(15):
        found.append(closed(2001 * 12 + scene.rng.randint(0, 40), 2004 * 12 + scene.rng.randint(5, 140)))
    for spell in found:
        put(scene, spell, "development_zone", scene.chance(20), False)
        put(scene, spell, "proven", scene.chance(30), False)
    scene.rng.shuffle(found)
    return found


def spouse_insurance(scene: Scene) -> list[Entry]:
    runs = run_of(scene, month_index(scene.cutoff), scene.rng.choice((0, 12, 23, 24, 24, 25, 40)))
    runs += [loose_spell(scene) for _ in range(scene.rng.choice((0, 0, 1)))]
    payment = scene.rng.choice(PAYMENTS)
    return [{**run, "payment": payment if scene.chance(15) else "employer"} for run in runs]


def near(scene: Scene, *days: date) -> str:
    return (scene.rng.choice(days) + timedelta(days=scene.rng.choice((-1, 0, 0, 1)))).isoformat()


def endorsements(scene: Scene) -> list[Entry]:
    found: list[Entry] = []
    for back in range(scene.rng.choice((0, 0, 1, 2, 3, 5, 8))):
        day = near(scene, years_after(scene.cutoff, -back), years_after(scene.application, -back))
        record: Entry = {"date": day}
        put(scene, record, "kind", "first_issue" if scene.chance(15) else "endorsement", "endorsement")
        province = scene.rng.choice(("beijing", "hebei", "other")) if scene.chance(25) else "tianjin"
        put(scene, record, "province", province, "tianjin")
        found.append(record)
    scene.rng.shuffle(found)
    return found


def contests(scene: Scene) -> list[Entry]:
    limits = {"national_1": 20, "national_2": 15, "provincial_1": 10, "provincial_2": 6}
    found: list[Entry] = []
    for _ in range(scene.rng.choice((0, 0, 0, 0, 1, 2, 3))):
        contest = scene.rng.choice(list(limits))
        rank = limits[contest] + scene.rng.choice((-1, 0, 0, 1, 1, 50))
        day = near(scene, scene.application, scene.cutoff, date(2015, 9, 1))
        found.append({"date": day, "contest": contest, "rank": rank})
    return found


def offences(scene: Scene) -> list[Entry]:
    edges = [day for end in (scene.application, scene.cutoff) for day in (end, years_after(end, -5))]
    return [
        {
            "date": near(scene, *edges, date(2019, 5, 11)),
            "kind": "crime" if scene.chance(40) else "false_information",
        }
        for _ in range(scene.rng.choice((0, 0, 0, 0, 0, 1, 1, 2, 4)))
    ]


def unit_sanctions(scene: Scene) -> list[Entry]:
    found: list[Entry] = []
    for _ in range(scene.rng.choice((0, 0, 0, 0, 0, 0, 1, 2))):
        record: Entry = {
            "date": near(scene, date(scene.rng.randint(2018, 2022), scene.rng.choice((1, 6, 7, 12)), 30))
        }
        put(scene, record, "serious", scene.chance(40), False)
        found.append(record)
    return found


def birth_date(scene: Scene) -> str:
    if scene.chance(55):
        age = scene.rng.choice((34, 35, 36, 37, 44, 45, 46, 47))
        return near(scene, years_after(scene.application, -age), years_after(scene.cutoff, -age))
    if scene.chance(15):
        return f"{scene.rng.choice((1972, 1976, 1976, 1976, 1984, 1988, 1992))}-02-29"
    return (scene.application - timedelta(days=scene.rng.randint(18 * 366, 59 * 365))).isoformat()


def facts(scene: Scene) -> dict[str, Any]:
    rng = scene.rng
    found: dict[str, Any] = {
        "birth_date": birth_date(scene),
        "holds_permit": scene.chance(95),
        "below_retirement_age": scene.chance(96),
        "education": rng.choice(("bachelor", "college", "none")),
    }
    choices = {
        "title": ("senior", "intermediate", "junior", "none", "none"),
        "skill": ("senior_technician", "technician", "advanced", "intermediate", "junior", "none", "none"),
        "occupation": ("very_scarce", "scarce", "general", "none", "none"),
    }
    for name, options in choices.items():
        put(scene, found, name, rng.choice(options), "none")
    flags = ("certificate_matches_post", "occupation_matches_unit", "married", "spouse_employed_in_city")
    for name in flags:
        put(scene, found, name, scene.chance(60), False)
    return found


TIMELINES: Sequence[tuple[str, Callable[[Scene], list[Entry]]]] = (
    ("insured_elsewhere", lambda scene: [loose_spell(scene)] if scene.chance(8) else []),
    ("rented_home", leases),
    ("own_home", homes),
    ("housing_fund", fund),
    ("spouse_insurance", spouse_insurance),
)
RECORDS: Sequence[tuple[str, Callable[[Scene], list[Entry]]]] = (
    ("endorsements", endorsements),
    ("contests", contests),
    ("offences", offences),
    ("unit_sanctions", unit_sanctions),
)


def anybody(scene: Scene) -> Applicant:
    timelines: dict[str, list[Entry]] = {"insurance": insurance(scene)}
    records: dict[str, list[Entry]] = {}
    for name, make in TIMELINES:
        put(scene, timelines, name, make(scene), [])
    for name, make in RECORDS:
        put(scene, records, name, make(scene), [])
    return {"facts": facts(scene), "timelines": timelines, "records": records}


def somebody_near_the_line(scene: Scene) -> Applicant:
    """A total on the line or a few months off it, made of insurance, fund, age, education and a lease."""
    rng, settled = scene.rng, month_index(scene.cutoff)
    count = rng.choice((*INSURANCE_POINTS, 48, 36))
    education, points = rng.choice((("bachelor", 20), ("college", 10), ("none", 0)))
    missing = Fraction(110) - Fraction(INSURANCE_POINTS[count]) - points
    found = facts(scene)
    found.update(
        education=education, certificate_matches_post=False, occupation_matches_unit=False, married=False
    )
    found.update(holds_permit=True, below_retirement_age=True, birth_date="1970-05-05")
    if missing >= 10 and scene.chance(70):
        found["birth_date"], missing = "1990-10-01", missing - 10
    fund_months = min(60, rng.choice((0, 1, 12, 24, 60)), int(missing * 4))
    missing -= Fraction(fund_months, 4)
    lease_months = max(0, int(missing * 2) + rng.choice((-1, 0, 0, 0, 0, 1)))
    paid = [{**run, "kind": list(KINDS), "payment": "employer"} for run in run_of(scene, settled, count)]
    paid.append({"kind": "pension", "payment": "employer", "from": month_text(settled + 1)})
    timelines = {
        "insurance": paid,
        "housing_fund": [{**run, "proven": True} for run in run_of(scene, settled, fund_months)],
        "rented_home": [{**run, "registered": True} for run in run_of(scene, settled, lease_months)],
    }
    return {"facts": found, "timelines": timelines, "records": {}}


def random_applicant(rng: random.Random) -> Applicant:
    """One valid applicant document as plain JSON values; a third of them are made to end near 110 points."""
    day = rng.choice(EDGE_DAYS) if rng.randrange(3) == 0 else ""
    application = date.fromisoformat(
        day or f"2022-{rng.choice((1, 2, 3, 4, 7, 8, 9, 10)):02}-{rng.randint(1, 28):02}"
    )
    scene = Scene(rng, application, last_day_of(cutoff_of(application)))
    applicant = somebody_near_the_line(scene) if scene.chance(33) else anybody(scene)
    if not applicant["records"] and scene.chance(50):
        del applicant["records"]
    return {"applicant": f"random-{rng.randrange(10**9)}", "date": application.isoformat(), **applicant}
