"""What can be wrong with a policy beyond its shape (JF5xx), and with asking for one (JF6xx)."""

from dataclasses import replace
from typing import Final

from jifen.document.diagnostics import Message

# Readings and citations.

UNKNOWN_READING: Final = Message(
    "JF501",
    "There is no reading `{name}`.",
    "没有名为 `{name}` 的读法。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
READING_LACKS: Final = Message(
    "JF502",
    "The reading `{name}` has the options {options}; here {listed} is missing.",
    "读法 `{name}` 的选项是 {options}；此处缺少 {listed}。",
    "Give every option a value; `null` leaves the key out.",
    "请为每个选项写出取值；`null` 表示不写这一项。",
)
READING_EXTRA: Final = replace(
    READING_LACKS,
    en="The reading `{name}` has no option `{listed}`; it has {options}.",
    zh="读法 `{name}` 没有选项 `{listed}`；它的选项是 {options}。",
    hint_en="",
    hint_zh="",
)
READING_DEFAULT: Final = Message(
    "JF503",
    "The default `{option}` is not an option of this reading; it has {options}.",
    "默认值 `{option}` 不是该读法的选项；它的选项是 {options}。",
)
UNKNOWN_SOURCE: Final = Message(
    "JF504",
    "There is no source `{name}`.",
    "没有名为 `{name}` 的来源。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
NO_CITATION: Final = Message(
    "JF505",
    "No citation says where this number comes from, neither here nor on a line above.",
    "这个数没有出处，此处和上层都没有写。",
    "Add `cite: source#clause`.",
    "请写 `cite: 来源#条款`。",
)

# Names.

UNKNOWN_DEFINITION: Final = Message(
    "JF514",
    "There is no {what} `{name}`.",
    "没有名为 `{name}` 的{what_zh}。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
NAME_TWICE: Final = Message(
    "JF515",
    "`{name}` is already the name of {other}.",
    "`{name}` 已是{other_zh}的名称。",
    "Expressions call both by the same name: rename one of them.",
    "两者在表达式中同名，请改其中一个的名称。",
)
AMBIGUOUS_LINE: Final = Message(
    "JF536",
    "`{name}` is the name of several lines: {paths}.",
    "`{name}` 是几个指标的名称：{paths}。",
    "Write the whole path.",
    "请写完整的路径。",
)
UNUSED: Final = Message(
    "JF510",
    "Nothing reads {what} `{name}`.",
    "没有规则读取{what_zh} `{name}`。",
    severity="warning",
)
UNUSED_OWN: Final = Message(
    "JF526",
    "The `{name}` of other people is read, and that of the applicant never.",
    "只用到其他人的 `{name}`，从未用到申请人本人的。",
    "Declare it under the person in `people`, so that the applicant need not state it.",
    "请改写在 `people` 中相应的人之下，以免申请人也须填写。",
    severity="warning",
)
CYCLE: Final = Message(
    "JF511",
    "These definitions go round in a circle: {path}.",
    "这些定义互相循环：{path}。",
)

# Keys.

NOT_TOGETHER: Final = Message(
    "JF525",
    "`{one}` and `{other}` do not go together.",
    "`{one}` 与 `{other}` 不能同用。",
    "{why}",
    "{why_zh}",
)
KEEP_BESIDE_IS: Final = Message(
    "JF528",
    "`keep` asks about spells, and a set made by `is` has none.",
    "`keep` 针对各段时段，而由 `is` 得到的集合没有时段。",
    "Write the conditions where the set is made of its timeline, or use & and -.",
    "请把条件写在由时间线得到集合之处，或使用 & 和 -。",
)
IDLE: Final = Message(
    "JF527",
    "`{key}` has no effect here without {needs}.",
    "此处没有 {needs_zh}，`{key}` 不起作用。",
)
EMPTY_LIST: Final = Message(
    "JF529",
    "Nothing is left in `{key}` under this choice of readings.",
    "在这种读法下 `{key}` 没有内容。",
)
NOT_ABOVE_ZERO: Final = Message(
    "JF530",
    "`{key}` must be above 0.",
    "`{key}` 必须大于 0。",
)
OUT_OF_REACH: Final = Message(
    "JF531",
    "`{key}` must lie between {low} and {high}.",
    "`{key}` 应在 {low} 到 {high} 之间。",
)
FLOOR_ABOVE_CAP: Final = Message(
    "JF532",
    "The floor, {floor}, is above the cap, {cap}.",
    "下限 {floor} 高于上限 {cap}。",
)
ALWAYS: Final = Message(
    "JF537",
    "This condition is true for everybody.",
    "这个条件对任何人都成立。",
    "If that is meant, write `true`.",
    "若本意如此，请写 `true`。",
    severity="warning",
)
NEVER: Final = Message(
    "JF538",
    "This condition is true for nobody.",
    "这个条件对任何人都不成立。",
    "If that is meant, write `false`.",
    "若本意如此，请写 `false`。",
    severity="warning",
)

# Inputs.

RANGE_BACKWARDS: Final = Message(
    "JF533",
    "`from`, {low}, is above `to`, {high}.",
    "`from`（{low}）大于 `to`（{high}）。",
)

# Dates, rounds and windows.

BAD_DATE: Final = Message("JF516", "There is no date {text}.", "没有 {text} 这一天。")
ROUND_BACKWARDS: Final = Message(
    "JF520",
    "The round ends on {last}, before it begins on {first}.",
    "这一期的截止日 {last} 早于起始日 {first}。",
)
ROUND_MIXED: Final = Message(
    "JF534",
    "One end of the round has a year and the other has none.",
    "起止日一个写了年份，另一个没有。",
    "Write both as `2022-03-15`, or both as `03-15` for every year.",
    "请都写成 `2022-03-15`，或都写成每年的 `03-15`。",
)
OVERLAPPING_ROUNDS: Final = Message(
    "JF522",
    "The rounds `{one}` and `{other}` are open on the same day, {day}.",
    "`{one}` 与 `{other}` 两期在 {day} 同时开放。",
)
ROUND_LACKS: Final = Message(
    "JF535",
    "The round `{name}` has no `{anchor}`, and `{other}` has one.",
    "`{name}` 期没有 `{anchor}`，而 `{other}` 期有。",
    "Rules read `{anchor}` in every round: define it here too.",
    "各期的规则都会读取 `{anchor}`，请在此处也定义。",
)
EMPTY_WINDOW: Final = Message(
    "JF512",
    "This window is empty: {end} is before {first}.",
    "这一期间为空：{end} 早于 {first}。",
)
NO_END: Final = Message(
    "JF513",
    "The month set `{name}` has no end, so a spell that still runs would never stop.",
    "月份集 `{name}` 没有止月，仍在持续的时段将没有尽头。",
    "Add `to: cutoff`.",
    "请写 `to: cutoff`。",
)
NOT_OF_ONE_TIMELINE: Final = Message(
    "JF524",
    "`{name}` is made of several sets, so its months have no spells to take a number from.",
    "`{name}` 由几个集合组成，其月份没有可取数的时段。",
)
SERIES_ORDER: Final = Message(
    "JF519",
    "{month} is not after the row before it.",
    "{month} 不晚于上一行。",
    "Rows stand in the order of their months, each month once.",
    "各行按月份先后排列，每个月份只写一次。",
)

# Points.

TABLE_WITHOUT_OPTIONS: Final = Message(
    "JF518",
    "Points by option need {wanted} to say whose options they are.",
    "按选项列出的分值，须由 {wanted} 说明是哪个输入项的选项。",
)
CAPPED_RATE: Final = Message(
    "JF542",
    "A cap for each calendar year needs points that are the same for everybody.",
    "按自然年封顶时，分值须对任何人都相同。",
)
ONE_OPTION: Final = Message(
    "JF543",
    "`{name}` may hold no option or several, and here each spell needs exactly one.",
    "`{name}` 可能没有选项或有多个选项，而此处每一段须恰有一个。",
    "Give it a `default` and leave out `many`.",
    "请为它写 `default`，并去掉 `many`。",
)
BAND_UNREACHABLE: Final = Message(
    "JF506",
    "This band can never apply: {why}.",
    "这一档永远不会用到：{why_zh}。",
)
BAND_GAP: Final = Message(
    "JF507",
    "Values {beyond} have no band.",
    "{beyond_zh}的数值没有对应的档。",
    "End with a step that has only `points`.",
    "最后一档只写 `points`。",
)
LOOKUP_MISSING: Final = Message(
    "JF508",
    "`{name}` has no points for {options}.",
    "`{name}` 没有写出 {options} 的分值。",
    "Write 0 where there are none.",
    "不计分的选项请写 0。",
)
LOOKUP_TWICE: Final = Message(
    "JF509",
    "`{option}` already has its points above.",
    "上面已写过 `{option}` 的分值。",
)
TIER_WITHOUT_FIRST: Final = Message(
    "JF517",
    "Only the last tier can be without `first`: this one takes all that is left.",
    "只有最后一档可以不写 `first`：此处已包括其余全部。",
)
LAST_TIER: Final = replace(
    TIER_WITHOUT_FIRST,
    en="The last tier has a `first`, so what comes after it has no points.",
    zh="最后一档写了 `first`，其后的部分没有分值。",
    hint_en="Leave out `first` here, or add a tier `{{points: 0}}`.",
    hint_zh="请删去此处的 `first`，或再加一档 `{{points: 0}}`。",
)
RATES_OVERLAP: Final = Message(
    "JF539",
    "{month} already has a rate above.",
    "{month} 在上面已有分值。",
)
RATES_GAP: Final = Message(
    "JF540",
    "The months {first} to {last} have no rate.",
    "{first} 至 {last} 没有分值。",
    "They give nothing; write `points: 0` for them if that is meant.",
    "这些月份不计分；若本意如此，请为它们写 `points: 0`。",
    severity="warning",
)
RATE_BACKWARDS: Final = Message(
    "JF541",
    "This rate ends in {last}, before it begins in {first}.",
    "这一行的止月 {last} 早于起月 {first}。",
)
PRIORITY: Final = Message(
    "JF521",
    "`by: {name}` needs a `priority` that names each of its options once: {options}.",
    "`by: {name}` 需要 `priority`，并把它的选项各列一次：{options}。",
)
PRIORITY_HIGHEST: Final = replace(
    PRIORITY,
    en="`priority: highest` needs points that are the same for everybody and all the time.",
    zh="`priority: highest` 要求各选项的分值固定不变。",
    hint_en="List the options of `{name}` in their order: {options}.",
    hint_zh="请按先后列出 `{name}` 的选项：{options}。",
)
CHOSEN_LACKS: Final = Message(
    "JF544",
    "Whoever chooses {options} for `{name}` has no line here and gets 0 points.",
    "`{name}` 选 {options} 的人在此没有对应的指标，计 0 分。",
    severity="warning",
)

# Asking for a policy that there is not.

NO_POLICY: Final = Message(
    "JF601",
    "There is no policy {name}; there are {known}.",
    "没有政策 {name}；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NO_PLACE: Final = Message(
    "JF602",
    "There is no place {name}; there are {known}.",
    "没有地方 {name}；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NOT_IN_FORCE: Final = Message(
    "JF603",
    "No policy of {place} is in force on {day}; the nearest: {nearest}.",
    "{day} 没有适用于 {place} 的政策；最近的是 {nearest}。",
)
UNCOVERED: Final = Message(
    "JF606",
    "{day} lies in days of {place} that are not covered ({first} – {last}): {why}; the nearest: {nearest}.",
    "{day} 在 {place} 未收录版本的期间内（{first} – {last}）：{why_zh}；最近的是 {nearest}。",
)
NO_READING: Final = Message(
    "JF604",
    "There is no reading {name}; there are {known}.",
    "没有名为 {name} 的读法；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NO_READING_OPTION: Final = Message(
    "JF605",
    "The reading {name} has no option {option}; it has {options}.",
    "读法 {name} 没有选项 {option}；可选 {options}。",
)
