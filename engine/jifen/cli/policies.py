"""Which policy the command line means, and with which readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jifen.cli.applicant import Applicant
from jifen.cli.failure import DATA, USAGE, Failure, Refusal, unknown
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen import Policy


@dataclass(frozen=True)
class Choice:
    """What the command line says about the policy: a name or a place, and readings."""

    name: str | None
    place: str | None
    readings: Mapping[str, str]
    lang: Lang

    @classmethod
    def of(cls, name: str | None, place: str | None, readings: Sequence[str], lang: Lang) -> "Choice":
        """Raises Failure where not just one of name and place is given, or a reading is no `NAME=OPTION`."""
        if (name is None) == (place is None):
            known = ("、" if lang == "zh" else ", ").join(_ids()) or word("none_known", lang)
            raise Failure("policy_or_place", USAGE, known=known)
        return cls(name, place, reading_pairs(readings), lang)

    def policy(self, applicant: Applicant) -> "Policy":
        """The policy for this applicant; that of a place is in force on the date that the place goes by.

        Raises Failure where nothing has the name, ApplicantError where the date is not stated, PolicyError
        where the policy is wrong.
        """
        if self.name is not None:
            found = named(self.name, self.lang)
        else:
            found = in_force(self.place or "", applicant, self.lang)
        return with_readings(found, self.readings, self.lang)


def in_force(place: str, applicant: Applicant, lang: Lang) -> "Policy":
    """The policy of a place on the date that chooses it. Raises Failure, ApplicantError or PolicyError."""
    import jifen
    from jifen.applicant.files import choosing_day
    from jifen.errors import JifenError
    from jifen.policy.registry import APPLICATION, entry_in_force, registry
    from jifen.policy.versions import choosing_date

    places = sorted({entry.place for entry in registry()})
    if place not in places:
        raise unknown("unknown_place", place, places, lang)
    if choosing_date(place)[0] == APPLICATION:
        given = applicant.data.get("date")
        if not isinstance(given, str) or not _is_date(given):
            raise Failure("no_date", DATA, path=applicant.file)
    day = choosing_day(place, applicant.data)
    try:
        entry_in_force(place, day)
    except JifenError as error:
        raise Refusal(error) from error
    return jifen.resolve(place, on=day.isoformat())


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def named(name: str, lang: Lang) -> "Policy":
    """The policy with this id or in this file. Raises Failure or PolicyError."""
    import jifen

    file_of(name, lang)
    return jifen.load(name)


def file_of(name: str, lang: Lang) -> Path:
    """The file of the policy with this id, or this file. Raises Failure."""
    from jifen.policy.registry import registry

    path = Path(name)
    if path.is_file():
        return path
    if path.suffix in (".yaml", ".yml"):
        raise Failure("is_directory" if path.is_dir() else "no_file", USAGE, path=name)
    paths = {entry.id: entry.path for entry in registry()}
    if name not in paths:
        raise unknown("unknown_policy", name, list(paths), lang)
    return paths[name]


def with_readings(policy: "Policy", readings: Mapping[str, str], lang: Lang) -> "Policy":
    """The policy read in another way. Raises Failure for a reading or an option that it does not have."""
    if not readings:
        return policy
    known = policy.rules.readings
    for name, option in readings.items():
        if name not in known:
            raise unknown("unknown_reading", name, list(known), lang)
        if option not in known[name].options:
            raise unknown("unknown_option", option, list(known[name].options), lang, reading=name)
    return policy.with_readings(readings)


def reading_pairs(texts: Sequence[str]) -> dict[str, str]:
    """`NAME=OPTION` as a dict. Raises Failure for anything else."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, option = text.partition("=")
        if not (name and equals and option):
            raise Failure("reading_form", USAGE, text=text)
        pairs[name.strip()] = option.strip()
    return pairs


def _ids() -> list[str]:
    from jifen.policy.registry import registry

    return [entry.id for entry in registry()]
