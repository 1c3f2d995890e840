"""`jifen replay`: proof that a stored scorecard follows from a policy and an applicant."""

import json
from typing import TYPE_CHECKING

import click

from jifen.cli import files
from jifen.cli.failure import DATA, DONE, USAGE, Answer, Failure
from jifen.cli.parsing import Command, help_of, lang_option, policy_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen import Policy
    from jifen.replay import Replay, Stored

LONGEST = 200


@click.command("replay", cls=Command, help=help_of("replay"))
@click.argument("card", metavar="CARD")
@click.argument("applicant", metavar="APPLICANT")
@policy_option("replay.policy")
@lang_option()
def replay(card: str, applicant: str, policy_name: str | None, lang: Lang) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents
    from jifen.replay import replay as again

    kept = _stored(card)
    with Documents("text", lang) as given:
        person = given.read(applicant)
        policy = policies.named(_policy_of(kept, policy_name, lang), lang)
        found = again(kept, person.data, policy)
    lines = [*_verdict(found, kept, policy, lang)]
    if found.other_engine:
        from jifen.version import __version__

        lines.append(word("replay.engine", lang, stored=found.engine, engine=__version__))
    return Answer("".join(f"{line}\n" for line in lines), status=DONE if found.proved else DATA)


def _stored(path: str) -> "Stored":
    from jifen.replay import NotACard, stored

    name = "<stdin>" if path == files.STANDARD_INPUT else path
    try:
        return stored(files.read(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Failure("replay.not_json", DATA, path=name, detail=str(error)) from error
    except NotACard as error:
        raise Failure(f"replay.{error.reason}", DATA, path=name, detail=error.detail) from error


def _policy_of(card: "Stored", name: str | None, lang: Lang) -> str:
    """The policy named, else that of the card. Raises Failure where the card's policy is not known here."""
    from jifen.policy.registry import registry

    if name is None and card.policy not in {entry.id for entry in registry()}:
        raise Failure("replay.no_policy", USAGE, id=card.policy)
    return name or card.policy


def _verdict(found: "Replay", card: "Stored", policy: "Policy", lang: Lang) -> list[str]:
    if found.kind == "digest":
        lines = [word("replay.digest", lang, stored=found.stored_digest, digest=found.digest, id=policy.id)]
        lines.append(_first(found, lang) if found.first else word("replay.nothing_else", lang))
        return [*lines, word("replay.what_to_do", lang)]
    if found.kind == "differs":
        return [word("replay.differs", lang, id=policy.id, digest=found.digest), _first(found, lang)]
    lines = [word("replay.proved", lang, applicant=card.data["applicant"], id=policy.id, digest=found.digest)]
    return lines if found.kind == "same" else [*lines, word("replay.layout", lang)]


def _first(found: "Replay", lang: Lang) -> str:
    first = found.first
    assert first is not None
    values = {"stored": _value(first.stored, lang), "recomputed": _value(first.recomputed, lang)}
    return word("replay.first", lang, path=first.path, **values)


def _value(value: object, lang: Lang) -> str:
    from jifen.replay import ABSENT

    if value is ABSENT:
        return word("replay.absent", lang)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
