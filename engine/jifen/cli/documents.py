"""The documents that a command was given, and its answer where one of them is wrong."""

from types import TracebackType
from typing import Self

from jifen.cli import mistakes
from jifen.cli.applicant import Applicant, Unreadable
from jifen.cli.failure import Answer, Failure, Refusal, Stopped
from jifen.document.diagnostics import Diagnostics
from jifen.document.schema import check
from jifen.errors import ApplicantError, JifenError, PolicyError
from jifen.scorecard.shape import Lang


class Documents:
    """Within it whatever is wrong with a file ends the command, with an answer that shows where it stands."""

    def __init__(self, form: str, lang: Lang) -> None:
        self._form = form
        self._lang = lang
        self._paths: dict[str, Applicant] = {}
        self.subject: Applicant | None = None
        """Whose problems those are that no other document has claimed; the first one read until told otherwise."""

    def read(self, path: str, schema: str = "", claims: str = "") -> Applicant:
        """A YAML or JSON file, held against a schema; problems whose path begins with `claims` are its own."""
        found = Applicant.read(path)
        if schema:
            diagnostics = Diagnostics()
            check(found.tree, schema, diagnostics)
            if diagnostics.errors:
                raise Unreadable([("", one) for one in diagnostics.errors], {found.file: found.text})
        if claims:
            self._paths[claims] = found
        self.subject = self.subject or found
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, PolicyError):
            found = [("", one) for one in error.diagnostics]
            raise Stopped(mistakes.answer(found, self._form, self._lang)) from error
        if isinstance(error, Unreadable):
            raise Stopped(mistakes.answer(error.found, self._form, self._lang, error.texts)) from error
        if isinstance(error, ApplicantError):
            raise Stopped(self._located(error)) from error
        if isinstance(error, JifenError):
            error = Refusal(error)
        if isinstance(error, Failure):
            raise Stopped(mistakes.stopped(error, self._form)) from error

    def _located(self, error: ApplicantError) -> Answer:
        """Each problem in the document that it is about."""
        assert self.subject is not None, "problems of data that was read from no document"
        documents = [self.subject, *self._paths.values()]
        owners = [
            next((one for claim, one in self._paths.items() if problem.path.startswith(claim)), self.subject)
            for problem in error.problems
        ]
        found: list[mistakes.Found] = []
        for one in documents:
            found += one.located(
                problem for problem, owner in zip(error.problems, owners, strict=True) if owner is one
            )
        return mistakes.answer(found, self._form, self._lang, {one.file: one.text for one in documents})
