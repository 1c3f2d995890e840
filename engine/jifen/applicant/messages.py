"""What can be wrong with the data of an applicant (JF7xx)."""

from jifen.document.diagnostics import Message

NOT_A_MAPPING = Message("JF701", "This must be a mapping of names to values.", "此处须为名称到取值的映射。")
NOT_A_LIST = Message("JF702", "This must be a list.", "此处须为列表。")
MISSING = Message("JF703", "{label} is missing.", "缺少{label_zh}。")
UNKNOWN = Message(
    "JF704",
    "The policy reads nothing called {name}.",
    "政策中没有名为 {name} 的输入。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
WRONG_TYPE = Message("JF705", "{value} is not {wanted}.", "{value} 不是{wanted_zh}。")
UNKNOWN_OPTION = Message(
    "JF706",
    "{value} is not an option; the options are {options}.",
    "{value} 不是可选项；可选 {options}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
OUT_OF_RANGE = Message(
    "JF707", "{value} lies outside {low} to {high}.", "{value} 不在 {low} 到 {high} 之间。"
)
NO_SUCH_DATE = Message(
    "JF708", "{value} is not a date; write YYYY-MM-DD.", "{value} 不是日期；请写 YYYY-MM-DD。"
)
NO_SUCH_MONTH = Message(
    "JF709",
    "{value} is not a month; write YYYY-MM, or YYYY-MM-DD.",
    "{value} 不是月份；请写 YYYY-MM 或 YYYY-MM-DD。",
)
BACKWARDS = Message(
    "JF710",
    "The spell ends ({last}) before it begins ({first}).",
    "时段的终点（{last}）早于起点（{first}）。",
)
BINARY_FLOAT = Message(
    "JF711",
    "{value} is a binary fraction and may not be the number you mean; pass an int, a Decimal or a text.",
    "{value} 是二进制小数，可能与原数不符；请传入整数、Decimal 或文本。",
)
TOO_FINE = Message(
    "JF712", "{value} has more than {decimals} decimals.", "{value} 的小数超过 {decimals} 位。"
)
TOO_MANY = Message(
    "JF713",
    "There are {count} entries; the policy allows {most}.",
    "共有 {count} 条记录；政策最多 {most} 条。",
)
NO_ROUND = Message(
    "JF714",
    "No round is open on {date}; the rounds are {rounds}.",
    "{date} 不在申报期内；申报期为 {rounds}。",
)
EMPTY_CHOICE = Message("JF715", "At least one option is needed.", "至少要有一个选项。")
BEFORE_1900 = Message("JF716", "{value} lies outside 1900 to 2199.", "{value} 不在1900年至2199年之间。")
NOT_KNOWN = Message(
    "JF717",
    "{label} is not fully known, and a score needs it; `--bounds` gives the range.",
    "{label_zh}不完全已知，无法得出确切分值；可用 `--bounds` 得出范围。",
)
