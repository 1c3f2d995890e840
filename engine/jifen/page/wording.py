"""The words in which a policy's rules are told, in Chinese and English."""

from jifen.scorecard.shape import Lang

WORDS: dict[str, tuple[str, str]] = {
    # sections and columns
    "in_force": ("有效期：{start}至{end}", "in force from {start} to {end}"),
    "in_force_open": ("自{start}起有效", "in force from {start}"),
    "eligibility": ("申报资格", "Eligibility"),
    "indicators": ("积分指标及分值表", "Indicators and points"),
    "outcome": ("结论", "Outcome"),
    "readings": ("条文未明之处及所取的理解", "Open questions of the text, and how they are read"),
    "sources": ("条文依据", "Sources"),
    "column_requirement": ("条件", "Requirement"),
    "column_rule": ("规则", "Rule"),
    "column_indicator": ("指标", "Indicator"),
    "column_points": ("分值", "Points"),
    "column_cap": ("封顶", "Cap"),
    "column_cite": ("依据", "Source"),
    "veto": ("以下情形不得申报：{rule}", "barred if {rule}"),
    "cap_inline": ("封顶{cap}分", "at most {cap} points"),
    "line": ("总分不低于{line}分为合格", "a total of {line} or more qualifies"),
    "line_above": ("总分高于{line}分为合格", "a total above {line} qualifies"),
    "requirements_only": ("满足全部资格条件即合格", "whoever meets every requirement qualifies"),
    "taken": ("现取：{label}", "taken: {label}"),
    "instead": ("另可：{labels}", "or else: {labels}"),
    # rules
    "when": ("条件：{condition}", "only if {condition}"),
    "accrue": ("按{months}计分", "for the months of {months}"),
    "each": ("按{attribute}分别计算", "each {attribute} by itself"),
    "each_spell": ("每段分别计算", "each spell by itself"),
    "ledgers_highest": ("只计其中最高的", "only the highest of them"),
    "by": ("按{attribute}定分", "by {attribute}"),
    "priority": ("同月有几项时依次取：{order}", "where a month has several: {order}, in that order"),
    "priority_highest": ("同月有几项时取分值最高的", "where a month has several, the one with most points"),
    "credit_monthly": ("按月累积", "credited month by month"),
    "credit_full_years": ("只计满年", "completed years only"),
    "credit_full_years_of_each_run": ("每段连续月份只计满年", "completed years of each unbroken run only"),
    "vest_retroactive": (
        "满{time}起计分，此前的月份补计",
        "nothing before {time}; from then on those months too",
    ),
    "vest_from_then": ("满{time}后的月份才计分", "only the months after {time}"),
    "progress": ("档次按{months}的月数确定", "the tier goes by the months of {months}"),
    "whole": ("全部月份都按达到的档次计分", "the tier reached holds for all the months"),
    "limit": ("最多计{limit}个月", "at most {limit} months"),
    "first": ("前{time}", "the first {time}"),
    "first_number": ("前{count}项", "the first {count}"),
    "then": ("此后", "after that"),
    "rate_to": ("至{end}", "to {end}"),
    "rate_from": ("自{start}起", "from {start}"),
    "rate_between": ("{start}至{end}", "{start} to {end}"),
    "per_year": ("每年{points}", "{points} a year"),
    "per_month": ("每月{points}", "{points} a month"),
    "left_out": ("不计：{reasons}", "left out: {reasons}"),
    "per_record": ("每项“{records}”", "each of “{records}”"),
    "within": ("只计{anchor}前{time}内的", "only those in the {time} before {anchor}"),
    "within_calendar_years": (
        "只计{anchor}前{count}个年度的",
        "only those in the {count} calendar years before {anchor}",
    ),
    "edge_inside": ("（含起始日）", " (its first day included)"),
    "edge_outside": ("（不含起始日）", " (its first day not included)"),
    "distinct": ("同一{attribute}只计一次", "one for each {attribute}"),
    "counts_highest": ("取最高", "the highest counts"),
    "counts_lowest": ("取最低", "the lowest counts"),
    "records_highest": ("只计最高一项", "only the highest counts"),
    "period_cap": ("每个{period}最多{points}分", "at most {points} in each {period}"),
    "calendar_year": ("年度", "calendar year"),
    "per_unit": ("{of}每满{unit}", "every full {unit} of {of}"),
    "per_unit_above": ("{of}超过{above}的部分每满{unit}", "every full {unit} of {of} above {above}"),
    "formula": ("按算式：{formula}", "computed: {formula}"),
    "flat": ("固定分值", "fixed"),
    "band_to": ("不超过{high}", "up to {high}"),
    "band_below": ("低于{high}", "below {high}"),
    "band_over": ("超过{low}", "above {low}"),
    "band_from": ("{low}及以上", "{low} or more"),
    "band_over_to": ("超过{low}、不超过{high}", "above {low}, up to {high}"),
    "band_over_below": ("超过{low}、低于{high}", "above {low}, below {high}"),
    "band_from_to": ("{low}及以上、不超过{high}", "{low} or more, up to {high}"),
    "band_from_below": ("{low}及以上、低于{high}", "{low} or more, below {high}"),
    "band_any": ("任何值", "any value"),
    "of": ("以“{of}”为准", "by {of}"),
    "round": ("取舍到{step}", "rounded to {step}"),
    "floor": ("最低{points}分", "not below {points}"),
    "months": ("{count}个月", "{count} months"),
    "years": ("{count}年", "{count} years"),
    "days": ("{count}天", "{count} days"),
    "one_month": ("1个月", "1 month"),
    "one_year": ("1年", "1 year"),
    "one_day": ("1天", "1 day"),
    # joints
    "comma": ("，", ", "),
    "list": ("、", ", "),
    "semicolon": ("；", "; "),
    "colon": ("：", ": "),
    # expressions
    "and": ("且", " and "),
    "or": ("或", " or "),
    "not": ("不是：{value}", "not: {value}"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
    "always": ("总是成立", "always"),
    "never": ("不适用", "never"),
    "is": ("{left}为{right}", "{left} is {right}"),
    "is_not": ("{left}不为{right}", "{left} is not {right}"),
    "in": ("{left}为{right}之一", "{left} is one of {right}"),
    "not_in": ("{left}不属于{right}", "{left} is none of {right}"),
    "contains": ("{right}包含{left}", "{right} includes {left}"),
    "contains_not": ("{right}不包含{left}", "{right} does not include {left}"),
    "if": ("{test}时为{yes}，否则为{no}", "{yes} if {test}, else {no}"),
    "minus_set": ("{left}（不含{right}）", "{left} without {right}"),
    "and_set": ("{left}与{right}重合的月份", "both {left} and {right}"),
    "or_set": ("{left}或{right}", "{left} or {right}"),
    "dotted": ("{name}（{part}）", "{name} ({part})"),
    "quoted": ("“{name}”", "“{name}”"),
    "application": ("申请日", "the day of application"),
    "cutoff": ("积分结算日", "the day to which points are settled"),
    "value": ("该值", "the value"),
    "count()": ("{0}的月数", "months in {0}"),
    "full_years()": ("{0}的满年数", "completed years of {0}"),
    "streak()": ("{0}截至期末的连续月数", "unbroken months at the end of {0}"),
    "longest()": ("{0}的最长连续月数", "months in the longest run of {0}"),
    "last()": ("最近{1}个月内{0}", "{0} in the last {1} months"),
    "first()": ("最早{1}个月内{0}", "{0} in the first {1} months"),
    "has()": ("{0}包含{1}当月", "{0} include the month of {1}"),
    "during()": ("{1}至{2}的{0}", "{0} from {1} to {2}"),
    "age()": ("{1}的周岁年龄", "age on {1}"),
    "started_years()": ("自{0}至{1}的年数（不足一年按一年计）", "started years from {0} to {1}"),
    "months_between()": ("自{0}至{1}的月数", "months from {0} to {1}"),
    "number()": ("{0}的数目", "number of {0}"),
    "total()": ("{0}的{1}合计", "total of {1} over {0}"),
    "mean()": ("{0}的平均值", "mean of {0}"),
    "at()": ("{1}的{0}", "{0} at {1}"),
    "given()": ("已提供{0}", "{0} is stated"),
    "year()": ("{0}的年份", "year of {0}"),
    "month()": ("{0}的月份", "month of {0}"),
    "floor()": ("{0}（取整）", "whole part of {0}"),
    "round_half_up()": ("{0}（四舍五入）", "{0} rounded"),
    "min()": ("{*}中的较小者", "the smaller of {*}"),
    "max()": ("{*}中的较大者", "the larger of {*}"),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def call(name: str, arguments: list[str], lang: Lang) -> str | None:
    """A call of a function in words; None for one that has no words of its own."""
    pair = WORDS.get(f"{name}()")
    if pair is None:
        return None
    template = pair[0] if lang == "zh" else pair[1]
    if "{*}" in template:
        return template.replace("{*}", word("list", lang).join(arguments))
    blanks = template.count("{")
    return template.format(*arguments) if blanks <= len(arguments) <= max(blanks, 2) else None


def joined(parts: list[str], joint: str, lang: Lang) -> str:
    return word(joint, lang).join(part for part in parts if part)
