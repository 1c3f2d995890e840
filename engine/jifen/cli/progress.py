"""How far a long run is, on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jifen.cli.wording import word
from jifen.scorecard.shape import Lang


@contextmanager
def progress(key: str, lang: Lang) -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on standard error where that is a terminal, with rate and time left; `key` names what is counted."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else word("rate", lang, rate=f"{speed:,.0f}"))

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        Rate(""),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(word(key, lang), total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
