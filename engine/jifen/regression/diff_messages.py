"""What can be wrong with what is compared (JF81x)."""

from jifen.document.diagnostics import Message

NO_REVISION = Message("JF811", "{name} cannot be read from git: {reason}", "无法从 git 读取 {name}：{reason}")
BAD_DRAW = Message(
    "JF812",
    "Nothing can be drawn here: the weights are all zero, or the range ends before it begins.",
    "此处无法抽取：权重全为零，或范围的终点早于起点。",
)
