"""The words of a report on the impact of a change, in Chinese and English."""

from typing import Final

from jifen.scorecard.shape import Lang

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("政策变化的影响", "Impact of a change of policy"),
    "versions": ("{before} → {after}", "{before} → {after}"),
    "synthetic": (
        "人口：按分布虚构的 {count} 人，种子 {seed}。不含任何真实个人的数据。",
        "Population: {count} invented people, seed {seed}. No real person's data is in it.",
    ),
    "of_file": ("人口：{path} 中的 {count} 人。", "Population: the {count} people of {path}."),
    "declared": ("分布见 {paths}：{note}", "The distribution is that of {paths}: {note}"),
    "no_note": ("（没有说明）", "(without a note)"),
    "all_even": (
        "没有声明分布：各项按填报范围均匀抽取，只能看出方向，不能看出规模。",
        "No distribution is declared: every input is drawn evenly over its range, which shows directions, not sizes.",
    ),
    "some_even": ("均匀抽取的内容：{names}。", "Drawn evenly, as nothing is declared: {names}."),
    # summary
    "summary": ("总览", "In short"),
    "group": ("人群", "People"),
    "number": ("人数", "Number"),
    "share": ("占比", "Share"),
    "interval": ("95%区间", "95 % interval"),
    "compared": ("两版都能计分", "scored by both"),
    "gain": ("得分增加", "gain points"),
    "lose": ("得分减少", "lose points"),
    "same": ("得分不变", "keep their total"),
    "came_over": ("由不合格变为合格", "come to qualify"),
    "fell_below": ("由合格变为不合格", "cease to qualify"),
    "qualified_before": ("旧版合格", "qualify under the old"),
    "qualified_after": ("新版合格", "qualify under the new"),
    "nobody": ("没有一个人两版都能计分。", "Nobody is scored by both versions."),
    # refused
    "refused": ("不能计分的人（另计）", "Refused, and counted apart"),
    "refused_before": ("只有旧版不能计分", "by the old version alone"),
    "refused_after": ("只有新版不能计分", "by the new version alone"),
    "refused_both": ("两版都不能计分", "by both"),
    "reason": ("{side}：{path}（{count}人）", "{side}: {path} ({count})"),
    "old": ("旧版", "old"),
    "new": ("新版", "new"),
    # differences
    "differences": ("得分差的分布", "How the differences are distributed"),
    "mean": ("平均", "mean"),
    "median": ("中位", "median"),
    "five": ("5%分位", "5 % are at or below"),
    "ninety_five": ("95%分位", "95 % are at or below"),
    "least": ("最小", "least"),
    "most": ("最大", "most"),
    "difference": ("得分差", "Difference"),
    "no_change": ("不变", "no change"),
    "bin": ("{low} 至 {high}", "{low} to {high}"),
    # parts
    "parts": ("经由哪些指标", "Through which indicators"),
    "indicator": ("指标", "Indicator"),
    "up": ("增加", "Gain"),
    "down": ("减少", "Lose"),
    "mean_change": ("平均变化", "Mean change"),
    "helped": ("因此合格", "Qualify by it"),
    "hurt": ("因此不合格", "Fail by it"),
    "no_parts": ("没有指标变化。", "No indicator changed for anybody."),
    # requirements
    "requirements": ("申报资格", "Requirements"),
    "requirement": ("条件", "Requirement"),
    "now_unmet": ("新版才不满足", "Met before, not now"),
    "now_met": ("新版才满足", "Met now, not before"),
    # profiles
    "profiles": ("变化最大的 {count} 人（匿名）", "The {count} most affected, without names"),
    "profile": (
        "第 {number} 位：{before} → {after}（{difference}）",
        "No. {number}: {before} → {after} ({difference})",
    ),
    "verdict_same_yes": ("两版都合格", "qualifies under both"),
    "verdict_same_no": ("两版都不合格", "qualifies under neither"),
    "verdict_up": ("变为合格", "comes to qualify"),
    "verdict_down": ("不再合格", "ceases to qualify"),
    "part": ("{label}：{before} → {after}", "{label}: {before} → {after}"),
    "why": ("旧：{before}；新：{after}", "old: {before}; new: {after}"),
    "traits": ("情况", "Data"),
    "year_only": ("{year}年", "{year}"),
    "spells": ("{count}段，共{months}个月", "{count} spells, {months} months in all"),
    "one_spell": ("1段，{months}个月", "1 spell, {months} months"),
    "records": ("{count}条", "{count} on record"),
    "one_record": ("1条", "1 on record"),
    "unmet": ("不满足：{label}", "not met: {label}"),
    # changes, method
    "changes": ("规则变了什么", "What changed in the rules"),
    "see_diff": (
        "共 {count} 处，见 jifen diff {before} {after}。",
        "{count} in all; see jifen diff {before} {after}.",
    ),
    "equal": ("规则没有变化。", "No rule changed."),
    "method": ("计算方法", "How this was computed"),
    "method_dates": (
        "申请日不在某版有效期或申报期内的，移到该版有效期内最近一年的同月同日，再移到最近的申报期内的一天；"
        "新版从旧版所用的日子起算。旧版移动了 {before} 人的日期，新版 {after} 人。",
        "Where a date of application lies outside a version's time in force or its rounds, the same day of the nearest "
        "year in force is taken, then the nearest day of a round; the new version starts from the day taken for the "
        "old. The date was moved for {before} people under the old version and {after} under the new.",
    ),
    "method_person": (
        "跨年移动时，此人的其他日期（出生、各段经历、记录）一并移动相同的年数，年龄和月数因此不变；"
        "与具体日期挂钩的规则会因此看到晚（或早）若干年的同一个人。",
        "Where years are moved, all other dates of the person (birth, spells, records) move with them, so that ages "
        "and lengths stay; rules tied to dates of the calendar then see the same person some years later or earlier.",
    ),
    "method_application": (
        "只移动申请日，其他日期不变：差异中包含其间过去的时间。",
        "Only the date of application moves: what happens in the time between is part of the difference.",
    ),
    "method_inputs": (
        "每版只取它所要求填报的内容；数据不全或不合要求的人算作不能计分。",
        "Each version is given only what it asks for; whoever lacks something, or has "
        "what it does not know, is refused.",
    ),
    "method_parts": (
        "各指标按同一路径比较；只计其中一项的组按组比较。“因此合格”指变化方向一致、幅度最大的那一项。",
        "Indicators are compared by their paths, and groups in which not everything counts as a whole. A person "
        "qualifies or fails by the indicator that moved furthest that way.",
    ),
    "method_sample": (
        "占比的区间为95%的Wilson区间：把这些人视为同一分布的随机样本。",
        "The intervals of shares are Wilson's at 95 %: the people are taken as a random sample of their distribution.",
    ),
    "method_readings": ("条文未明之处都取默认的理解。", "Open questions of the text are read by default."),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)
