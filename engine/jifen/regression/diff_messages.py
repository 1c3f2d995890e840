"""What can be wrong with what is compared (JF81x)."""

from jifen.document.diagnostics import Message

NO_REVISION = Message("JF811", "{name} cannot be read from git: {reason}", "无法从 git 读取 {name}：{reason}")
BAD_DRAW = Message(
    "JF812",
    "Nothing can be drawn here: the weights are all zero, or the range ends before it begins.",
    "此处无法抽取：权重全为零，或范围的终点早于起点。",
)
DRAW_FORM = Message(
    "JF813",
    "Say how {name} is drawn in one way: `value`, `weights`, `each`, or `from` and `to`.",
    "请用一种方式说明如何抽取 {name}：value、weights、each，或 from 与 to。",
)
