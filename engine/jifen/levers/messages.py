"""What can be wrong with the levers of a policy (JF58x), and with asking for ways (JF63x)."""

from typing import Final

from jifen.document.diagnostics import Message

UNCITED: Final = Message(
    "JF580",
    "No citation says that the rules allow `{name}`.",
    "没有写明 `{name}` 依据哪一条规定。",
    "Add `cite: source#clause`.",
    "请写 `cite: 来源#条款`。",
)
NO_CHANGE: Final = Message(
    "JF581",
    "This lever changes nothing.",
    "这个办法没有改变任何数据。",
    "Write `set`, `begin`, `resume`, `replace`, `end` or `add`.",
    "请写 `set`、`begin`、`resume`、`replace`、`end` 或 `add`。",
)
LACKS: Final = Message(
    "JF582",
    "`{target}` needs a value for {names}.",
    "`{target}` 须填写 {names}。",
)
EXCLUDES_ITSELF: Final = Message(
    "JF583",
    "A lever that excludes itself can never be used.",
    "排除自身的办法永远不能使用。",
)
UNREACHABLE: Final = Message(
    "JF584",
    "This lever takes {months} months and can never be used: a plan looks {most} months ahead at most.",
    "这个办法需要{months}个月，永远用不上：测算最多向后看{most}个月。",
)

# Asking for ways.

NO_LEVER: Final = Message(
    "JF631",
    "There is no lever {name}; there are {known}.",
    "没有名为 {name} 的办法；现有 {known}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
TOO_MANY_LEVERS: Final = Message(
    "JF632",
    "The levers {names} have {count} combinations, and not more than {most} are searched.",
    "{names} 有{count}种组合，最多测算{most}种。",
    "Name the levers to be searched.",
    "请指定要测算的办法。",
)
BY_BEFORE: Final = Message(
    "JF633",
    "The last day to apply, {by}, is before the day of the applicant's data, {date}.",
    "最晚申请日 {by} 早于申请人数据的日期 {date}。",
)
BY_TOO_FAR: Final = Message(
    "JF634",
    "The last day to apply, {by}, is more than {most} months after the day of the applicant's data, {date}.",
    "最晚申请日 {by} 距申请人数据的日期 {date} 超过{most}个月。",
)
NO_TARGET: Final = Message(
    "JF635",
    "{policy} has no line to be reached; say which total is wanted.",
    "{policy} 没有分值线，请指明目标总分。",
)
BAD_TARGET: Final = Message(
    "JF636",
    "The target must be a number such as 110 or 109.5, not {text}.",
    "目标分值应为数，如 110 或 109.5，而不是 {text}。",
)
