"""What the names in an expression mean: implemented by the policy, read by the evaluator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from jifen.document.diagnostics import Message
from jifen.language.values import Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref


class Scope(Protocol):
    """The names around an expression."""

    @property
    def ops(self) -> Recorder:
        """Where operations are recorded."""

    @property
    def age_from_day_after(self) -> bool:
        """Whether a year of age is complete only the day after the birthday."""

    def find(self, name: str) -> Value | None:
        """What a name stands for, None when nothing has it.

        Raises LanguageError for a name that cannot stand here, Broken for a wrong definition.
        """

    def names(self) -> Iterable[str]:
        """Every name that can stand here."""

    def elsewhere(self, name: str) -> tuple[Message, dict[str, str]] | None:
        """For a name that cannot stand here but means something in another place: what to say of it."""

    def needs(self, name: str) -> frozenset[str]:
        """The optional inputs that must be known to be given before a name can be read."""

    def given(self, name: str) -> Ref | None:
        """Whether an optional input is given; None when the name is not an optional input."""
