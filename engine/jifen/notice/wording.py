"""The words of a points notice, in Chinese and English; those it shares with the scorecard are looked up there."""

from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import WORDS as SHARED

WORDS: dict[str, tuple[str, str]] = {
    "title": ("积分核定报告", "Points notice"),
    "printed": ("打印日期", "Printed"),
    "requirements": ("申报资格", "Eligibility"),
    "gates": ("另须满足", "Further conditions"),
    "indicators": ("各项得分及理由", "Every number and why"),
    "months": ("逐月图", "Month by month"),
    "about": ("本报告", "About this notice"),
    "disclaimer": (
        "本报告由规则引擎按所列规则和本人所填信息算出，仅作说明；认定以经办部门为准。",
        "Computed from the rules and the facts stated here, as an explanation; only the office that runs the "
        "scheme decides.",
    ),
    # an indicator
    "rule": ("规则", "Rule"),
    "condition": ("条件", "Condition"),
    "read": ("取值", "Read"),
    "sum": ("算式", "Sum"),
    "together": ("合计", "Together"),
    "months_counted": ("计入", "Counted"),
    "months_out": ("不计", "Left out"),
    "records": ("记录", "Records"),
    "choice": ("取舍", "Choice"),
    "capped_short": ("封顶", "Cap"),
    "adjusted_short": ("调整", "Adjusted"),
    "out_of": ("满分{max}", "of {max}"),
    "counted_in": ("{months}：{intervals}", "{months}: {intervals}"),
    "out_of_it": ("{months}：{intervals}（{reason}）", "{months}: {intervals} ({reason})"),
    "declined": ("本人放弃以本项计分", "the applicant does without this indicator"),
    "adjusted": ("{before} → {after}（取舍或下限）", "{before} → {after} (rounding or floor)"),
    "credited": ("其中{months}按规则计分", "of these {months} are credited by the rule"),
    "capped": ("{before}超过上限，按{limit}计", "{before} is above the cap, so {limit} counts"),
    "won_highest": ("只计最高的：{name}", "only the highest counts: {name}"),
    "won_lowest": ("只计最低的：{name}", "only the lowest counts: {name}"),
    "won_first": ("只计第一个成立的：{name}", "only the first that applies counts: {name}"),
    "won_chosen": ("只计所选的：{name}", "only the one chosen counts: {name}"),
    "won_nothing": ("各项都不成立", "none of them applies"),
    "lost": ("未计：{names}", "not counted: {names}"),
    "lost_one": ("{name}（{points}分）", "{name} ({points})"),
    "lost_months": ("另一条的分值更高", "another spell gives more"),
    "dates_counted": ("{count}条，每条{points}分：{dates}", "{count} × {points}: {dates}"),
    "date_counted": ("{dates}：{points}分", "{dates}: {points}"),
    "dates_out": ("{count}条不计：{dates}（{reason}）", "{count} not counted: {dates} ({reason})"),
    "more_dates": ("等，共{count}条", ", … ({count} in all)"),
    # a test
    "all_of": ("须全部成立", "all of these"),
    "any_of": ("须有一项成立", "one of these"),
    "named_all": ("{label}：须全部成立", "{label}: all of these"),
    "named_any": ("{label}：须有一项成立", "{label}: one of these"),
    "found": ("实际{found}", "found {found}"),
    "not_stated": ("没有提供", "not stated"),
    "short": ("差{amount}", "{amount} short"),
    "over": ("多{amount}", "{amount} too many"),
    "first_missing": ("首先缺{month}", "the first to look at is {month}"),
    "missing": ("缺{months}：{intervals}（{reason}）", "missing {months}: {intervals} ({reason})"),
    "not_covered": ("没有覆盖", "not covered"),
    "these_months": ("所指月份：{intervals}", "these months: {intervals}"),
    "these_records": ("所指记录：{dates}", "these records: {dates}"),
    "run_stops": (
        "自{end}往回连续{found}个月，{month}没有计入",
        "{found} in a row back from {end}; {month} is not covered",
    ),
    "unit_months": ("{count}个月", "{count} months"),
    "unit_one_months": ("{count}个月", "1 month"),
    "unit_years": ("{count}年", "{count} years"),
    "unit_one_years": ("{count}年", "1 year"),
    "unit_days": ("{count}天", "{count} days"),
    "unit_one_days": ("{count}天", "1 day"),
    "unit_money": ("{count}元", "{count}"),
    "unit_points": ("{count}分", "{count} points"),
    # charts
    "bars": ("各项得分与分值线", "The points against the line"),
    "bars_no_line": ("各项得分", "The points"),
    "bars_note": (
        "每项从上一项止处起，竖线为分值线{line}分",
        "each begins where the one above ends; the upright line is the {line} to be reached",
    ),
    "bars_note_zero": ("竖线为分值线{line}分", "the upright line is the {line} to be reached"),
    "bar": ("图", "Chart"),
    "item": ("项目", "Item"),
    "of_ledger": ("{name}：{ledger}", "{name}: {ledger}"),
    "year": ("年", "Year"),
    "key": ("图例", "Key"),
    "key_counted": ("计入", "counted"),
    "key_given": ("已提供", "stated"),
    "key_none": ("没有覆盖", "not covered"),
    "key_outside": ("不在可计期间内", "outside the months that can count"),
    "key_edge": ("可计期间：{edges}", "months that can count: {edges}"),
    "key_edges": ("粗线：可计期间的首月、末月", "thick line: the first or the last month that can count"),
    "key_months": ("{kind}{months}：{intervals}", "{kind} {months}: {intervals}"),
    "key_application": ("虚线框：申请当月（{month}）", "dashed frame: the month of the application ({month})"),
    "edge_from": ("自{month}", "from {month}"),
    "edge_to": ("至{month}", "to {month}"),
    "given_only": ("只供条件判断，不计分", "read by conditions only; gives no points"),
    "no_months": ("没有月份", "no months"),
    "of_requirement": ("{name}：{set}", "{name}: {set}"),
    "page": ("第", "page "),
    "pages": ("页，共", " of "),
    "pages_end": ("页", ""),
}  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key] if key in WORDS else SHARED[key]
    return (zh if lang == "zh" else en).format(**values)


def measured(count: str, unit: str, lang: Lang) -> str:
    """A number with its unit: `5 months`."""
    if not unit:
        return count
    key = f"unit_one_{unit}" if count == "1" and f"unit_one_{unit}" in WORDS else f"unit_{unit}"
    return word(key, lang, count=count)
