"""What the renderings of ways say, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from jifen.levers.result import Best, Loss, Step, Way, Ways
from jifen.levers.stage import Verdict
from jifen.policy.terms import Text
from jifen.scorecard.numbers import date_text
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import exact, pick
from jifen.scorecard.wording import word as shared

WORDS: dict[str, tuple[str, str]] = {
    "now": ("什么都不做", "Doing nothing"),
    "on_day": ("{date}申请：{verdict}", "applying on {date}: {verdict}"),
    "no_day": ("至{by}没有可以申请的日子", "there is no day to apply up to {by}"),
    "total": ("{total}分", "{total} points"),
    "not_eligible": ("{total}分，不符合资格", "{total} points, not eligible"),
    "line": ("分值线", "Line"),
    "until": ("算到", "Looked ahead to"),
    "ways": ("可达到分值线的办法", "Ways to the line"),
    "none": (
        "在{by}以前，所列办法无论怎样组合都达不到。",
        "No combination of the levers reaches it by {by}.",
    ),
    "nearest": (
        "最接近的是{date}申请、{levers}：{verdict}。",
        "The nearest is to apply on {date} with {levers}: {verdict}.",
    ),
    "nothing": ("不采取任何办法", "no lever"),
    "already": ("已达到：{date}申请即可", "Reached already: apply on {date}"),
    "waiting": ("等待即可：{date}申请", "Waiting is enough: apply on {date}"),
    "way": ("{date}申请：{levers}", "Apply on {date}: {levers}"),
    "and": ("＋", " + "),
    "reached": ("{total}分", "{total} points"),
    "under": ("按{policy}", "under {policy}"),
    "beyond_rules": (
        "（该版本届时已到期，按其现行规定计算）",
        ", which is over by then: under its rules as they are",
    ),
    "step": (
        "{lever}（{when}）：单独{alone}，与其他办法一起{together}",
        "{lever} ({when}): {alone} alone, {together} with the others",
    ),
    "step_only": ("{lever}（{when}）：{alone}", "{lever} ({when}): {alone}"),
    "done_on": ("{done}办成", "done on {done}"),
    "begun_on": ("{begun}着手，{done}办成", "begun on {begun}, done on {done}"),
    "needed": ("；少了它就不符合资格", "; without it not eligible"),
    "lost_levers": ("因此减少：{name} {before} → {after}", "lost by it: {name} {before} → {after}"),
    "lost_waiting": ("等待期间减少：{name} {before} → {after}", "lost by waiting: {name} {before} → {after}"),
    "unmet_levers": ("因此不再满足：{name}", "not met any more because of it: {name}"),
    "unmet_waiting": ("等待期间不再满足：{name}", "not met any more by waiting: {name}"),
    "fall": (
        "其间（{first}至{last}申请）反而不如什么都不做：{verdict}，而不是{nothing}",
        "on the way (applying from {first} to {last}) it is worse than doing nothing: {verdict} instead of {nothing}",
    ),
    "fall_once": (
        "其间（{first}申请）反而不如什么都不做：{verdict}，而不是{nothing}",
        "on the way (applying on {first}) it is worse than doing nothing: {verdict} instead of {nothing}",
    ),
    "more": ("另有{count}种，见 --format json。", "{count} more: see --format json."),
    "levers": ("考虑的办法", "Levers looked at"),
    "no_levers": ("该政策没有列出办法，只考虑等待。", "The policy has no levers, so there is only waiting."),
    "lever": ("{label}：{takes}", "{label}: {takes}"),
    "at_once": ("随即可办", "at once"),
    "months": ("{count}个月", "{count} months"),
    "month": ("{count}个月", "{count} month"),
    "opens_later": ("最早{begun}可着手", "from {begun} on"),
    "not_presumed": ("前提不成立", "what it presumes does not hold"),
    "left_out": ("未要求考虑", "not asked for"),
    "claim": (
        "各办法均从{date}着手，另有注明的除外。已算遍{combinations}种组合在每个可申请日的结果，其中结果与前一日不同的有{days}日；"
        "每种办法缺一不可，均以届时有效的规则重新计分验证。",
        "Every lever is begun on {date} unless it says otherwise. All {combinations} combinations were looked at on "
        "every day on which one can apply; on {days} of them some result differs from that of the day before. No "
        "lever of a way can be left out, and each way was scored anew by the rules of its day.",
    ),
    "beyond": (
        "{day}以后没有规则，其后的日子按最后一版计算。",
        "There are no rules after {day}; later days are taken under the last version.",
    ),
    "unreadable": ("按{policy}无法计分：{reason}", "cannot be scored under {policy}: {reason}"),
    "plus": ("加{points}分", "{points} more"),
    "minus": ("减{points}分", "{points} less"),
    "same": ("不加分", "no points"),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def verdict(one: Verdict, lang: Lang) -> str:
    """A total, and that the applicant is not eligible."""
    return word("total" if one.eligible else "not_eligible", lang, total=exact(str(one.total), lang))


def now(ways: Ways, lang: Lang) -> str:
    """What doing nothing comes to on the first day."""
    if ways.now is None:
        return word("no_day", lang, by=ways.by)
    return word("on_day", lang, date=ways.now.date, verdict=verdict(ways.now.verdict, lang))


def heading(ways: Ways, way: Way, lang: Lang) -> str:
    """The day of a way and its levers."""
    if not way.steps:
        key = "already" if ways.now is not None and ways.now.date == way.date else "waiting"
        return word(key, lang, date=way.date)
    levers = word("and", lang).join(pick(step.label, lang) for step in way.steps)
    return word("way", lang, date=way.date, levers=levers)


def way_lines(ways: Ways, way: Way, lang: Lang) -> list[str]:
    """What a way comes to, each of its levers, and what is lost."""
    round_ = way.round
    place = "" if round_ is None else shared("comma", lang) + pick(round_.label, lang)
    under = word("under", lang, policy=way.policy.id)
    over = "" if way.in_force else word("beyond_rules", lang)
    total = word("reached", lang, total=exact(str(way.total), lang))
    lines = [total + shared("comma", lang) + under + place + over]
    lines += [_step(step, len(way.steps) == 1, ways.date, lang) for step in way.steps]
    lines += [_loss(loss, lang) for loss in way.losses]
    if (fall := way.on_the_way) is not None:
        texts = {"verdict": verdict(fall.verdict, lang), "nothing": verdict(fall.nothing, lang)}
        days = {"first": date_text(fall.first), "last": date_text(fall.last)}
        lines.append(word("fall_once" if fall.first == fall.last else "fall", lang, **texts, **days))
    return lines


def _step(step: Step, only: bool, first: str, lang: Lang) -> str:
    key = "done_on" if step.begun == first else "begun_on"
    when = word(key, lang, begun=step.begun, done=step.done)
    texts = {"lever": pick(step.label, lang), "when": when, "alone": _points(step.alone, lang)}
    line = word("step_only" if only else "step", lang, **texts, together=_points(step.together, lang))
    return line if step.without.eligible else line + word("needed", lang)


def _points(points: Fraction, lang: Lang) -> str:
    key = "plus" if points > 0 else "minus" if points < 0 else "same"
    return word(key, lang, points=exact(str(abs(points)), lang))


def _loss(loss: Loss, lang: Lang) -> str:
    name = pick(loss.label, lang)
    if loss.requirement:
        return word(f"unmet_{loss.because}", lang, name=name)
    before, after = (exact(str(points), lang) for points in (loss.before, loss.after))
    return word(f"lost_{loss.because}", lang, name=name, before=before, after=after)


def nothing_found(ways: Ways, lang: Lang) -> list[str]:
    """That no combination reaches the line, and the nearest."""
    lines = [word("none", lang, by=ways.by)]
    if ways.best is not None:
        texts = {"levers": names(ways, ways.best, lang), "verdict": verdict(ways.best.verdict, lang)}
        lines.append(word("nearest", lang, date=ways.best.date, **texts))
    return lines


def names(ways: Ways, best: Best, lang: Lang) -> str:
    """The labels of some levers."""
    labels: Mapping[str, Text] = {one.name: one.label for one in ways.options}
    listed = word("and", lang).join(pick(labels[name], lang) for name in best.levers)
    return listed or word("nothing", lang)


def lever_lines(ways: Ways, lang: Lang) -> list[tuple[bool, str]]:
    """Each lever with the months that it takes, and whether it was looked at."""
    lines = []
    for one in ways.options:
        months = word("month" if one.takes == 1 else "months", lang, count=one.takes)
        takes = months if one.takes else word("at_once", lang)
        line = word("lever", lang, label=pick(one.label, lang), takes=takes)
        if one.state != "open":
            line += shared("parenthesis", lang, text=word(one.state, lang, begun=one.begun))
        lines.append((one.open, line))
    return lines


def claims(ways: Ways, lang: Lang) -> list[str]:
    """What the search proves, and no more."""
    lines = [word("claim", lang, date=ways.date, combinations=ways.combinations, days=len(ways.days))]
    if not ways.options:
        lines.insert(0, word("no_levers", lang))
    if ways.beyond:
        lines.append(word("beyond", lang, day=ways.beyond))
    lines += [
        word(
            "unreadable",
            lang,
            policy=policy,
            reason=error.text(lang).replace("\n", shared("semicolon", lang)),
        )
        for policy, error in ways.unreadable.items()
    ]
    return lines
