"""What can be wrong with what a forecast is asked (JF74x)."""

from jifen.document.diagnostics import Message

BACKWARDS = Message(
    "JF741",
    "The forecast ends ({last}) before it begins ({first}).",
    "预测的终点（{last}）早于起点（{first}）。",
)
TOO_LONG = Message(
    "JF742",
    "A forecast looks at most {years} years ahead, here from {first} to {last}.",
    "预测最多{years}年，这里是 {first} 至 {last}。",
)
NO_END = Message(
    "JF743",
    "`until` is a date or a month such as 2030-12: {text}",
    "`until` 应为日期或月份，如 2030-12：{text}",
)
NO_OPEN_SPELL = Message(
    "JF744",
    "No spell of {label} goes on beyond {day} that could end then.",
    "{label} 没有延续到 {day} 以后的时段可以结束。",
)
NOT_COVERED = Message(
    "JF745",
    "No version covers a day from {first} to {last} on which one can apply.",
    "{first} 至 {last} 没有任何一天有政策并且可以申请。",
)
POLICY_OR_PLACE = Message(
    "JF746",
    "Say which policy with one of `policy` and `place`.",
    "请用 `policy` 或 `place` 之一指明政策。",
)
MISSHAPEN = Message(
    "JF747",
    "This is not the shape of assumptions: {reason}",
    "这不是设定的写法：{reason_zh}",
)
