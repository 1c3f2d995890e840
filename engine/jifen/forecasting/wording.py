"""What the renderings of a forecast say, in Chinese and English."""

from __future__ import annotations

from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import WORDS as SHARED

WORDS: dict[str, tuple[str, str]] = {
    "title": ("积分预测", "Forecast of points"),
    "span": ("预测期间", "Period"),
    "rules": ("所用政策", "Rules used"),
    "rules_used": ("{id}：{first}至{last}", "{id}, {first} to {last}"),
    "rules_beyond": (
        "{id}：{first}至{last}；{end}到期，其后按现行规定推算",
        "{id}, {first} to {last}; it ends on {end}, what is later is under the present rules",
    ),
    "uncovered": ("没有政策的期间", "Not covered"),
    "uncovered_why": ("{first}至{last}（{why}）", "{first} to {last} ({why})"),
    "uncovered_bare": ("{first}至{last}", "{first} to {last}"),
    "assumed": ("设定", "Assumed"),
    "assumed_one": ("自{date}起：{label}", "from {date}: {label}"),
    "assumed_bare": ("自{date}起的改变", "what changes on {date}"),
    "presumed": (
        "没有写终点的时段持续，已结束的不再恢复，各项情况不变；年龄、年限和期间随申请日推移。",
        "Spells without an end go on, those that ended stay ended, facts stay as they are; ages and windows move "
        "with the date of application.",
    ),
    "moved_note": (
        "尚未公布的申报期按已公布的最后一年推定，逐年后移。",
        "Rounds that are not announced are taken to be those of the last year announced, moved on by whole years.",
    ),
    "meets": ("首次达到要求", "LINE FIRST MET"),
    "meets_none": ("{until}以前都达不到要求", "LINE NOT MET UP TO {until}"),
    "meets_in": ("{title}，自{date}起，{total}分", "{title}, from {date}, with {total}"),
    "under_present": ("按现行规定", "under the present rules"),
    "chart": ("各期分值", "The score in each round"),
    "chart_months": ("逐月分值", "The score month by month"),
    "of_line": ("分值线{line}", "line {line}"),
    "of_lines": ("分值线见竖线", "the line is upright"),
    "no_line": ("没有分值线", "no line"),
    "months_left_out": (
        "只列出有变化的月份、每年一月和首末月；其余见 --format json。",
        "Only months in which something happens, each January, the first and the last are listed; for the others see "
        "--format json.",
    ),
    "what_changes": ("变化及日期", "What changes, and when"),
    "opening": ("申报期", "Round"),
    "opening_month": ("月份", "Month"),
    "days": ("{first}至{last}", "{first} to {last}"),
    "moved": ("照{label}推定", "as {label}"),
    "line_head": ("分值线", "Line"),
    "total": ("总分", "Total"),
    "verdict": ("结论", "Verdict"),
    "yes": ("达到", "met"),
    "no": ("未达到", "not met"),
    "not_scored": ("未能计分", "not scored"),
    "change_plus": ("{label}+{points}", "{label} +{points}"),
    "change_minus": ("{label}−{points}", "{label} −{points}"),
    "more_months": ("（多{count}个月）", " ({count} months more)"),
    "more_one_month": ("（多1个月）", " (1 month more)"),
    "fewer_months": ("（少{count}个月）", " ({count} months fewer)"),
    "since_before": ("与上一项相比：{changes}", "against the row before: {changes}"),
    "no_change": ("与上一项相比：分值不变", "against the row before: no points change"),
    "unmet": ("条件不满足：{labels}", "requirement not met: {labels}"),
    "step": ("自{date}起：{total}分，{verdict}", "from {date}: {total}, {verdict}"),
    "problems": ("该政策另需：{problems}", "these rules ask for more: {problems}"),
    "by": ("不晚于{date}", "by {date}"),
    "settled": ("结算至{date}", "settled to {date}"),
    # events
    "met": ("{label}：开始满足", "{label}: met"),
    "met_no_more": ("{label}：不再满足", "{label}: no longer met"),
    "check_on": ("提示：{label}", "warning: {label}"),
    "condition_on": ("{label}：条件成立", "{label}: its condition holds"),
    "condition_off": ("{label}：条件不再成立", "{label}: its condition no longer holds"),
    "band": ("{label}：{before}分变为{after}分", "{label}: {after} points instead of {before}"),
    "rate": ("{label}：第{month}个月，自该月起{rates}", "{label}: month {month}; from it on {rates}"),
    "start": ("{label}：满{month}个月，开始计分{rates}", "{label}: {month} months, begins to score{rates}"),
    "start_one": ("{label}：第1个月，开始计分{rates}", "{label}: the first month, begins to score{rates}"),
    "stop": ("{label}：不再计分", "{label}: no longer scores"),
    "rates": ("（{rates}）", " ({rates})"),
    "rate_year": ("每年{after}分（此前{before}分）", "{after} a year instead of {before}"),
    "rate_month": ("每月{after}分（此前{before}分）", "{after} a month instead of {before}"),
    "rate_new_year": ("每年{after}分", "{after} a year"),
    "rate_new_month": ("每月{after}分", "{after} a month"),
    "ledgers": ("{ledgers}{rate}", "{ledgers} {rate}"),
    "cap_on": ("{label}：达到上限", "{label}: reaches its cap"),
    "cap_off": ("{label}：低于上限", "{label}: below its cap again"),
    "record_on": ("{label}：{record}的记录计入，{points}分", "{label}: the record of {record} counts, {points}"),
    "record_off": (
        "{label}：{record}的记录不再计入{reason}，此前{points}分",
        "{label}: the record of {record} no longer counts{reason}; it gave {points}",
    ),
    "record_changed": (
        "{label}：{record}的记录由{before}分变为{points}分",
        "{label}: the record of {record} gives {points} instead of {before}",
    ),
    "choice": ("{label}：改计{after}（此前{before}）", "{label}: {after} counts instead of {before}"),
    "choice_new": ("{label}：计{after}", "{label}: {after} counts"),
    "choice_none": ("{label}：{before}不再计入，各项都没有分", "{label}: {before} no longer counts, nothing scores"),
    "line": ("分值线由{before}变为{after}", "the line is {after} instead of {before}"),
    "rules_begin": ("{after} 施行，{before} 到期", "{after} begins, {before} ends"),
    "rules_first": ("{after} 施行", "{after} begins"),
    "rules_changes": ("；因规定不同：{changes}", "; by its rules: {changes}"),
    "rules_same": ("；分值不因此改变", "; no points change by it"),
    "rules_end": (
        "{before} 到期，没有后续政策；以下按现行规定推算",
        "{before} is over and nothing follows it: from here on under the present rules",
    ),
    "read": ("（{reads}）", " ({reads})"),
    "read_one": ("{name}由{before}变为{after}", "{name} {before} → {after}"),
    "part": ("{label}由{before}分变为{after}分", "{label} {before} → {after}"),
    "because": ("（设定：{label}）", " (assumed: {label})"),
    "disclaimer": (
        "按所列规则和所填信息推算，仅作说明；规定可能改变，认定以经办部门为准。",
        "Computed from the rules and the facts stated here, as an explanation; rules may change, and only the office "
        "that runs the scheme decides.",
    ),
    "bar": ("图", "Chart"),
    "first_key": ("自{date}起达到要求", "met from {date} on"),
    "open_key": ("可以申请的日期", "days on which one can apply"),
    "steps_title": ("总分随时间的变化，虚线为分值线", "The total over time; the dashed line is the one to be reached"),
    "steps_title_no_line": ("总分随时间的变化", "The total over time"),
    "steps_spoken": (
        "{first}为{low}分，{last}为{high}分。",
        "{low} on {first}, {high} on {last}.",
    ),
    "steps_first": ("自{date}起达到要求。", "The line is met from {date} on."),
    "steps_never": ("期间内都达不到要求。", "The line is not met in this time."),
    "page": ("第", "page "),
    "pages": ("页，共", " of "),
    "pages_end": ("页", ""),
}  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key] if key in WORDS else SHARED[key]
    return (zh if lang == "zh" else en).format(**values)
