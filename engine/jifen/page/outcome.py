"""What decides, in sentences: the line, further conditions, the ranking, scores recognised elsewhere."""

from collections.abc import Callable

from jifen.document.tree import Plain
from jifen.page.expressions import Speaker
from jifen.page.names import entries, label_of, listed
from jifen.page.wording import joined, word

Marks = Callable[[Plain], str]
"""The numbers of the sources of some citations."""


class Outcome:
    """Tells the outcome of one policy."""

    def __init__(self, speaker: Speaker, marks: Marks) -> None:
        self.speaker, self.lang, self.marks = speaker, speaker.lang, marks

    def tell(self, outcome: dict[str, Plain]) -> list[str]:
        """A sentence for each thing that decides, with its sources."""
        lines = self._line(outcome)
        for gate in map(entries, listed(outcome.get("gates"))):
            lines.append(self._gate(gate))
        lines += self._ranking(entries(outcome.get("rank"))) + self._allocation(
            entries(outcome.get("allocate"))
        )
        names = [self.speaker.names.label(str(name)) for name in listed(outcome.get("recognised"))]
        if names:
            lines.append(word("recognised", self.lang, scores=joined(names, "list", self.lang)))
        return lines + self._note(outcome)

    def _line(self, outcome: dict[str, Plain]) -> list[str]:
        line, marks = outcome.get("line"), self.marks(outcome.get("cite"))
        if line is None:
            return [word("requirements_only", self.lang) + marks] if outcome.get("requirements") else []
        above = outcome.get("reached") == "above"
        score = self._score(outcome.get("score"))
        if not isinstance(line, dict):
            return [self._reached(line, score, above) + marks]
        anchor = self.speaker.say(line.get("on"))
        return [
            word("since", self.lang, anchor=anchor, date=date) + self._reached(value, score, above) + marks
            for date, value in sorted(entries(line.get("since")).items())
        ]

    def _reached(self, line: Plain, score: str, above: bool) -> str:
        said = self.speaker.say(line)
        if not said.replace(".", "").isdigit() and not above:
            return word("line_is", self.lang, line=said, score=score)
        return word("line_above" if above else "line", self.lang, line=said, score=score)

    def _score(self, score: Plain) -> str:
        """What the score that decides is called; where a fact chooses it, the one chosen by that."""
        if isinstance(score, dict):
            return word("chosen_score", self.lang, fact=self.speaker.say(score.get("chosen")))
        return self.speaker.names.label("total" if score is None else str(score))

    def _gate(self, gate: dict[str, Plain]) -> str:
        veto = gate.get("veto")
        rule = self.speaker.say(gate.get("require") if veto is None else veto)
        label = label_of(gate.get("label"), self.lang)
        told = word("gate" if veto is None else "gate_veto", self.lang, rule=rule)
        return (word("bracketed", self.lang, text=told, label=label) if label else told) + self.marks(
            gate.get("cite")
        )

    def _ranking(self, rank: dict[str, Plain]) -> list[str]:
        if not rank:
            return []
        keys = [self.speaker.say(key) for key in listed(rank.get("by"))]
        lines = [
            word("ranked", self.lang, keys=joined(keys, "by_key", self.lang)) + self.marks(rank.get("cite"))
        ]
        if rank.get("quota") is not None:
            lines.append(word("quota", self.lang, count=self.speaker.say(rank["quota"])))
        if rank.get("at_the_line") is not None:
            lines.append(word(f"at_the_line_{rank['at_the_line']}", self.lang))
        return lines + self._note(rank)

    def _allocation(self, allocate: dict[str, Plain]) -> list[str]:
        if not allocate:
            return []
        told = word("allocated", self.lang, count=allocate.get("preferences"))
        if allocate.get("substitutes") is not None:
            told += word("substitutes" if allocate["substitutes"] else "no_substitutes", self.lang)
        return [told + self.marks(allocate.get("cite")), *self._note(allocate)]

    def _note(self, node: dict[str, Plain]) -> list[str]:
        note = label_of(node.get("note"), self.lang)
        return [note] if note else []
