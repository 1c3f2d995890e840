"""What can be wrong with a policy beyond its shape (JF5xx), and with asking for one (JF6xx)."""

from jifen.document.diagnostics import Message

UNKNOWN_READING = Message(
    "JF501",
    "There is no reading {name}.",
    "没有名为 {name} 的 reading。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
READING_OPTIONS = Message(
    "JF502",
    "The reading {name} has the options {options}; here {wrong}.",
    "reading {name} 的选项是 {options}；此处{wrong_zh}。",
    "State a value for every option; null leaves the key out.",
    "请为每个选项写出取值；null 表示不写这一项。",
)
READING_DEFAULT = Message(
    "JF503",
    "The default {option} is not an option of this reading; it has {options}.",
    "默认值 {option} 不是该 reading 的选项；可选 {options}。",
)
UNKNOWN_SOURCE = Message(
    "JF504",
    "There is no source {name}.",
    "没有名为 {name} 的来源。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NO_CITATION = Message(
    "JF505",
    "These points have no citation, neither here nor on a line above.",
    "这里的分值没有出处，上层也没有。",
    "Add `cite: source#clause`.",
    "请写 cite: 来源#条号。",
)
BAND_UNREACHABLE = Message(
    "JF506",
    "This band can never apply: {why}.",
    "这一档永远不会用到：{why_zh}。",
)
BAND_GAP = Message(
    "JF507",
    "Values above {end} have no band.",
    "大于 {end} 的数值没有对应的档。",
    "End with a step that has only `points`.",
    "最后一档只写 points。",
)
LOOKUP_MISSING = Message(
    "JF508",
    "{name} has no points for {options}.",
    "{name} 没有写出 {options} 的分值。",
    "Write 0 where there are none.",
    "不计分的选项请写 0。",
)
LOOKUP_TWICE = Message("JF509", "{option} already has its points above.", "上面已写过 {option} 的分值。")
UNUSED = Message("JF510", "Nothing reads {name}.", "{name} 没有被任何规则用到。", severity="warning")
UNUSED_OWN = Message(
    "JF526",
    "The {name} of other people is read, that of the applicant never.",
    "只用到其他人的 {name}，从未用到申请人本人的。",
    "Declare it under the person in `people`, so that the applicant need not state it.",
    "请改写在 people 中相应的人之下，以免申请人也须填写。",
    severity="warning",
)
CYCLE = Message("JF511", "{path}: this goes round in a circle.", "{path}：定义循环。")
EMPTY_WINDOW = Message(
    "JF512",
    "This window is empty: {end} is before {first}.",
    "这一期间为空：{end} 早于 {first}。",
)
NO_END = Message(
    "JF513",
    "The month set {name} has no end, so a spell that still runs would never stop.",
    "月份集合 {name} 没有止月，仍在持续的时段将没有尽头。",
    "Add `to: cutoff`.",
    "请写 to: cutoff。",
)
KEEP_BESIDE_IS = Message(
    "JF528",
    "`keep` asks about spells, and a set made by `is` has none.",
    "keep 针对各段时段，而 is 得到的集合没有时段。",
    "Write the conditions where the set is made of its timeline, or use & and -.",
    "请把条件写在由时间线得到集合之处，或使用 & 和 -。",
)
NOT_OF_ONE_TIMELINE = Message(
    "JF524",
    "{name} is made of several sets, so its months have no spells to take a number from.",
    "{name} 由几个集合组成，其月份没有可取数的时段。",
)
UNKNOWN_DEFINITION = Message(
    "JF514",
    "There is no {what} {name}.",
    "没有名为 {name} 的{what_zh}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NAME_TWICE = Message("JF515", "{name} is already the name of {other}.", "{name} 已用作{other_zh}的名称。")
BAD_DATE = Message("JF516", "There is no date {text}.", "没有 {text} 这一天。")
TIERS_LAST = Message(
    "JF517",
    "Only the last tier can be without `first`, and it must be.",
    "只有最后一档不写 first，且必须不写。",
)
NEEDS_POINTS = Message(
    "JF518",
    "Exactly one of {wanted} says how many points there are.",
    "分值须由 {wanted} 之一给出，且只能一个。",
)
SERIES_ORDER = Message(
    "JF519",
    "{month} is not after the row before it.",
    "{month} 不晚于上一行。",
)
BOTH_EMPTY = Message(
    "JF520",
    "{first} lies after {last}.",
    "{first} 晚于 {last}。",
)
PRIORITY = Message(
    "JF521",
    "`by: {name}` needs a `priority` that names each of its options once: {options}.",
    "by: {name} 需要 priority，并把它的选项各列一次：{options}。",
)
OVERLAPPING_ROUNDS = Message(
    "JF522", "{one} and {other} are open on the same day.", "{one} 与 {other} 有重叠的申报日。"
)
NOT_TOGETHER = Message(
    "JF525",
    "`{one}` and `{other}` do not go together.",
    "{one} 与 {other} 不能同用。",
)
LABEL_MISSING = Message(
    "JF523",
    "This reason is shown to a person; it needs a text.",
    "这个理由要展示给申请人，须写出文字。",
)

NO_POLICY = Message(
    "JF601",
    "There is no policy {name}; there are {known}.",
    "没有政策 {name}；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NO_PLACE = Message(
    "JF602",
    "There is no place {name}; there are {known}.",
    "没有地方 {name}；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NOT_IN_FORCE = Message(
    "JF603",
    "No policy of {place} is in force on {day}; the nearest: {nearest}.",
    "{day} 没有适用于 {place} 的政策；最近的是 {nearest}。",
)
UNCOVERED = Message(
    "JF606",
    "{day} lies in days of {place} that are not covered ({first} – {last}): {why}; the nearest: {nearest}.",
    "{day} 在 {place} 未收录版本的期间内（{first} – {last}）：{why_zh}；最近的是 {nearest}。",
)
NO_READING = Message(
    "JF604",
    "There is no reading {name}; there are {known}.",
    "没有名为 {name} 的 reading；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
NO_READING_OPTION = Message(
    "JF605",
    "The reading {name} has no option {option}; it has {options}.",
    "reading {name} 没有选项 {option}；可选 {options}。",
)
