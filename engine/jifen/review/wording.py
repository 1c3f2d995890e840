"""What a review says, in Chinese and English."""

from __future__ import annotations

from jifen.scorecard.shape import Lang

WORDS: dict[str, tuple[str, str]] = {
    "title": ("公布分值的复核", "Review of a published score"),
    "published_on": ("公布日期", "Published on"),
    "printing": ("分值写法", "Points as printed"),
    "printing_exact": ("精确值", "exact"),
    "printing_nearest": ("四舍五入到{to}", "to the nearest {to}, halves away from zero"),
    "printing_cut": ("截取到{to}", "cut off to {to}"),
    "window": ("复核时间", "Review window"),
    "window_none": ("政策没有写明复核时间", "the policy states none"),
    "window_hours": ("{opens}至{closes}（{zone}）", "{opens} to {closes} ({zone})"),
    "window_days": (
        "{opens}至{closes}（{zone}），未写明钟点",
        "{opens} to {closes} ({zone}), no hours stated",
    ),
    "window_inside": ("最后一分钟在内", "the closing minute inside"),
    "window_outside": ("最后一分钟不在内", "the closing minute outside"),
    "window_provisional": (
        "暂定：工作日历还没有{year}年，按周末推算",
        "provisional: the calendar of working days does not know {year} yet, weekends stand for it",
    ),
    "now": ("此时", "At this minute"),
    "not_open": ("{now}：尚未开始", "{now}: not yet open"),
    "open": ("{now}：可以申请复核", "{now}: open"),
    "closed": ("{now}：已经关闭", "{now}: closed"),
    # differences
    "differences": ("不一致之处", "What differs"),
    "published": ("公布", "Published"),
    "recomputed": ("重算", "Recomputed"),
    "difference": ("相差", "Difference"),
    "none": ("公布的分值与重算一致", "Every published number comes out as published"),
    "agree": ("一致：{parts}", "As published: {parts}"),
    "made_of": ("即以下各项相差之和：{parts}", "the sum of the differences of: {parts}"),
    "not_made_of": (
        "各分项相差合计{sum}，与此不符",
        "the differences of the parts come to {sum}, which is not this",
    ),
    "unexplained": (
        "没有找到能得出公布分值的解释",
        "unexplained: nothing that was tried gives the published number",
    ),
    "fewer": (
        "{of}少计{months}，恰好得出公布的{points}分",
        "{months} of {of} fewer would give exactly the published {points}",
    ),
    "fewer_any": ("少在哪里都一样（{of}处）", "at any of the {of} places that they can have"),
    "fewer_some": ("有{places}处可以（共{of}处）", "at {places} of the {of} places that they can have"),
    "fewer_one": ("资料中恰有一段是这个长度：{runs}", "one run in the data has that length: {runs}"),
    "fewer_many": (
        "资料中有{count}段是这个长度：{runs}",
        "{count} runs in the data have that length: {runs}",
    ),
    "fewer_none": ("资料中没有一段恰好是这个长度", "no run in the data has just that length"),
    # changes
    "attribute": (
        "{of}{months}：如“{part}”为“{after}”，而不是“{before}”",
        "{of}, {months}: with {part} “{after}”, not “{before}”",
    ),
    "attribute_everywhere": (
        "{of}中“{part}”为“{before}”的各段：如都为“{after}”",
        "{of}, every spell with {part} “{before}”: with “{after}” instead",
    ),
    "spell": ("{of}：没有{months}这一段", "{of}: without the spell {months}"),
    "spell_marked": (
        "{of}：没有{months}这一段（“{marks}”）",
        "{of}: without the spell {months}, marked “{marks}”",
    ),
    "run": ("{of}：不计{months}", "{of}: without {months}"),
    "run_marked": ("{of}：不计{months}（“{marks}”）", "{of}: without {months}, marked “{marks}”"),
    "fact": ("如“{of}”为“{after}”，而不是“{before}”", "with “{of}” {after}, not {before}"),
    "fact_stated": ("如“{of}”为“{after}”（现未填）", "with “{of}” {after}, where nothing is stated"),
    "record": ("{of}：没有{date}这一条", "{of}: without the record of {date}"),
    "record_attribute": (
        "{of}{date}：如“{part}”为“{after}”，而不是“{before}”",
        "{of}, {date}: with {part} “{after}”, not “{before}”",
    ),
    "record_more": ("{of}：多一条（如{dates}）", "{of}: with one more record (such as on {dates})"),
    "record_more_of": (
        "{of}：多一条“{part}”（如{dates}）",
        "{of}: with one more record, “{part}” (such as on {dates})",
    ),
    "end_to": (
        "{of}{months}：如止于{after}，而不是{before}",
        "{of}, {months}: if it ended in {after}, not {before}",
    ),
    "end_to_open": (
        "{of}{months}：如止于{after}，而不是仍在继续",
        "{of}, {months}: if it ended in {after} and did not go on",
    ),
    "end_from": (
        "{of}{months}：如始于{after}，而不是{before}",
        "{of}, {months}: if it began in {after}, not {before}",
    ),
    "or": ("”或“", "” or “"),
    "or_bare": ("或", " or "),
    "and_also": ("；同时", "; and "),
    "not_stated": ("未填", "nothing stated"),
    # what a change would do
    "would_give": ("恰好得出公布的{points}分", "would give exactly the published {points}"),
    "with_total": ("，总分也与公布一致", " and the published total"),
    "not_total": ("，但总分仍与公布不一致", ", but not the published total"),
    "with_others": ("；另外得出公布的{parts}", "; and the published {parts}"),
    "with_breaks": ("；但{parts}不再与公布一致", "; but no longer the published {parts}"),
    "lost": ("少计{months}：{runs}", "{months} less: {runs}"),
    "gained": ("多计{months}：{runs}", "{months} more: {runs}"),
    "reasons": ("不计的理由：{reasons}", "reason for leaving them out: {reasons}"),
    "only_one": ("这类解释仅此一种", "the only explanation of its kind"),
    "one_of": ("这类解释共{count}种", "one of {count} explanations of its kind"),
    "more": ("另有{count}种解释，见 --format json", "{count} more explanations: see --format json"),
    "reading": ("如对“{question}”理解为“{option}”", "if “{question}” is read as “{option}”"),
    "evidence": ("可附材料：{evidence}", "to attach: {evidence}"),
    "together": (
        "各项的第一种解释合在一起，恰好得出公布的全部分值。",
        "The first explanations together would give exactly everything that was published.",
    ),
    "not_together": (
        "各项的第一种解释合在一起，得不出公布的全部分值。",
        "The first explanations together would not give everything that was published.",
    ),
    "bound": (
        "共重算{tried}种改动（上限{bound}）；以上只说明哪些改动会恰好得出公布的分值，不说明主管部门实际如何计算。",
        "{tried} changes were scored, of at most {bound}. They say what would give exactly the published numbers, not "
        "how the office came to them.",
    ),
    "cut_short": (
        "达到上限，未全部试完。",
        "The bound was reached: not everything was tried.",
    ),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The sentence `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)
