"""What can be wrong with an expression (JF3xx: syntax and names, JF4xx: types and units)."""

from dataclasses import replace
from typing import Final

from jifen.document.diagnostics import Message

# Characters and words.

NOT_ALLOWED: Final = Message(
    "JF301",
    "{what} cannot be used in an expression.",
    "表达式中不能使用{what_zh}。",
    "Expressions know names, numbers, options in quotes, + - * /, comparisons, `and`, `or`, `not`, `in`, "
    "`if`-`else`, & | - of month sets, and the functions of the language.",
    "表达式只有：名称、数、带引号的选项、加减乘除、比较、`and`、`or`、`not`、`in`、`if`-`else`、"
    "月份集的 & | -，以及语言的函数。",
)
WRITE_INSTEAD: Final = replace(
    NOT_ALLOWED,
    hint_en="Write `{instead}`.",
    hint_zh="请写 `{instead}`。",
)
COMPARE_WITH_TWO: Final = replace(
    NOT_ALLOWED,
    hint_en="Write `==` to compare; a value in the brackets of a function is written without its name.",
    hint_zh="比较请写 `==`；函数括号内只写值，不写参数名。",
)
NOT_ASCII: Final = Message(
    "JF302",
    "The character {char} cannot stand in an expression.",
    "表达式中不能出现字符 {char}。",
    "Names are made of small letters a-z, digits and _.",
    "名称只由小写字母 a-z、数字和 _ 组成。",
)
FULL_WIDTH: Final = replace(
    NOT_ASCII,
    hint_en="Write `{instead}` with an English keyboard.",
    hint_zh="请用英文输入法写 `{instead}`。",
)
BAD_NUMBER: Final = Message(
    "JF303",
    "`{text}` is not a number.",
    "`{text}` 不是数。",
    "A number is digits with an optional decimal point, such as 36 or 0.5: at most 18 digits before the point "
    "and 12 behind it.",
    "数只写数字和小数点，如 36 或 0.5；整数部分至多 18 位，小数部分至多 12 位。",
)
NAME_FORM: Final = Message(
    "JF304",
    "`{name}` cannot be a name: names begin with a small letter and go on with small letters, digits and _.",
    "`{name}` 不能作名称：名称以小写字母开头，只含小写字母、数字和 _。",
    "Write `{near}`.",
    "请写 `{near}`。",
)
RESERVED: Final = Message(
    "JF305",
    "`{name}` is a reserved word and cannot be a name.",
    "`{name}` 是保留字，不能作名称。",
)
OPEN_QUOTE: Final = Message(
    "JF306",
    "The quote that opens here is not closed on the same line.",
    "此处的引号没有在同一行内闭合。",
)
TOO_LARGE: Final = Message(
    "JF307",
    "The expression is too large: it has more than {limit}.",
    "表达式过大：超过{limit_zh}。",
    "Give a part of it a name under `values`.",
    "请在 `values` 中为其中一部分命名。",
)

TOO_FAR: Final = Message(
    "JF308",
    "The definitions that this reads lead too far into one another.",
    "它所读取的定义层层相套，过深。",
)

# The order of the parts.

EMPTY: Final = Message("JF320", "There is no expression here.", "此处没有表达式。")
VALUE_MISSING_AFTER: Final = Message(
    "JF321",
    "A value is missing after `{token}`.",
    "`{token}` 之后缺少一个值。",
)
VALUE_MISSING_BEFORE: Final = Message(
    "JF322",
    "A value is missing before `{token}`.",
    "`{token}` 之前缺少一个值。",
)
OPERATOR_MISSING: Final = Message(
    "JF323",
    "`{one}` and `{other}` follow each other with nothing between them.",
    "`{one}` 与 `{other}` 之间缺少运算符。",
    "Join them with a word or sign such as `and`, `or`, `==`, `+`.",
    "请用 `and`、`or`、`==`、`+` 等连接。",
)
NO_PARTNER: Final = Message(
    "JF324",
    "This `{token}` has no `{other}`.",
    "此处的 `{token}` 没有对应的 `{other}`。",
)
IF_ALONE: Final = replace(
    NO_PARTNER,
    hint_en="Write `one value if condition else another value`.",
    hint_zh="写法是：`一个值 if 条件 else 另一个值`。",
)
COMMA: Final = Message(
    "JF325",
    "A comma stands only in brackets: between the values that a function takes, or in a list of options.",
    "逗号只能写在括号里：函数的各个值之间，或一组选项之间。",
)
NEEDS_BRACKETS: Final = Message(
    "JF326",
    "What begins with this `{token}` needs brackets around it.",
    "从此处的 `{token}` 开始的部分需要加括号。",
)

# Names.

UNKNOWN_NAME: Final = Message(
    "JF310",
    "Nothing here is called `{name}`.",
    "此处没有名为 `{name}` 的内容。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
NEEDS_QUOTES: Final = replace(
    UNKNOWN_NAME,
    hint_en='`{name}` is an option of `{choice}`: write it in quotes, "{name}".',
    hint_zh='`{name}` 是 `{choice}` 的选项：请加引号，写成 "{name}"。',
)
OF_THE_ROWS: Final = replace(
    UNKNOWN_NAME,
    hint_en="`{name}` is an attribute of `{rows}`: it can be read only in a `keep` over `{rows}`, row by row.",
    hint_zh="`{name}` 是 `{rows}` 的属性，只能在取自 `{rows}` 的 `keep` 中逐条读取。",
)
OF_A_PERSON: Final = replace(
    UNKNOWN_NAME,
    hint_en="Only {people} has it: write `{person}.{name}`.",
    hint_zh="只有 {people} 有此项：请写 `{person}.{name}`。",
)
A_SCORE: Final = replace(
    UNKNOWN_NAME,
    hint_en="`{name}` is a total or a line of the table: only `gates` and other scores can read it.",
    hint_zh="`{name}` 是总分或指标，只有 `gates` 和其他总分可以读取。",
)
NO_CUTOFF: Final = replace(
    UNKNOWN_NAME,
    hint_en="Set `cutoff` in each round under `rounds`, or once under `anchors`.",
    hint_zh="请在 `rounds` 的每一期中写 `cutoff`，或在 `anchors` 中写一次。",
)
UNKNOWN_FUNCTION: Final = Message(
    "JF311",
    "There is no function `{name}`.",
    "没有函数 `{name}`。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
A_FUNCTION: Final = replace(
    UNKNOWN_NAME,
    hint_en="`{name}` is a function: write `{wanted}`.",
    hint_zh="`{name}` 是函数：请写 `{wanted}`。",
)
UNKNOWN_OPTION: Final = Message(
    "JF312",
    "`{name}` has no option `{option}`; it has {options}.",
    "`{name}` 没有选项 `{option}`；它的选项是 {options}。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
UNKNOWN_PART: Final = Message(
    "JF313",
    "`{name}` has no part `{part}`.",
    "`{name}` 没有 `{part}` 这一部分。",
    "Did you mean {near}?",
    "是否想写 {near}？",
)
AMBIGUOUS_PART: Final = Message(
    "JF314",
    "`{part}` is an option of `{one}` and of `{other}`.",
    "`{part}` 既是 `{one}` 的选项，又是 `{other}` 的选项。",
    "Write `{name}.{one}.{part}` or `{name}.{other}.{part}`.",
    "请写 `{name}.{one}.{part}` 或 `{name}.{other}.{part}`。",
)
TIMELINE_NAME: Final = Message(
    "JF315",
    "`{name}` is a timeline; an expression reads a month set that is made of it.",
    "`{name}` 是时间线；表达式要读取由它得到的月份集。",
    "Define one under `months`, such as `{{of: {name}, to: cutoff}}`, and use its name.",
    "请在 `months` 中定义一个，如 `{{of: {name}, to: cutoff}}`，并使用它的名称。",
)

# Types.

WRONG_TYPE: Final = Message(
    "JF401",
    "{where} needs {wanted}, not {found}.",
    "{where_zh}需要{wanted_zh}，而不是{found_zh}。",
    "{advice}",
    "{advice_zh}",
)
ARGUMENTS: Final = Message(
    "JF402",
    "`{name}` takes {wanted}: `{form}`. Here it has {found}.",
    "`{name}` 有{wanted_zh}：`{form}`。这里有{found_zh}。",
)
UNITS: Final = Message(
    "JF403",
    "{one} and {other} cannot be compared, added or subtracted.",
    "{one_zh}与{other_zh}不能比较或相加减。",
)
MONTHS_AND_YEARS: Final = replace(
    UNITS,
    hint_en="Turn one of them into the other: a year is 12 months.",
    hint_zh="请先换算：1 年为 12 个月。",
)
NOT_POINTS: Final = Message(
    "JF404",
    "This is in {unit}, not in points.",
    "这是{unit_zh}，不是分值。",
    "Multiply it by the points for one.",
    "请乘以每一单位的分值。",
)
MAY_BE_ABSENT: Final = Message(
    "JF405",
    "`{name}` need not be given, so it may be missing here.",
    "`{name}` 不是必填项，此处可能没有值。",
    "Ask first, `given({name}) and ...`, or give it a `default`.",
    "请先判断 `given({name}) and ...`，或为它写 `default`。",
)
DIVISION: Final = Message(
    "JF406",
    "The result of this division must be compared, rounded or cut off at once.",
    "这个除法的结果须立即比较、舍入或取整。",
    "Write `round_half_up(a / b, 0.01)` or `floor(a / b)`, or declare the divisor as an integer from 1 to 36.",
    "请写 `round_half_up(a / b, 0.01)` 或 `floor(a / b)`，或把除数声明为 1 到 36 的整数。",
)
MAYBE_ZERO: Final = Message(
    "JF407",
    "The divisor can be 0 or less.",
    "除数可能为 0 或负数。",
    "Declare its lowest value with `from`, or write `max(divisor, 1)`.",
    "请用 `from` 声明它的最小值，或写 `max(除数, 1)`。",
)
MONTH_TEXT: Final = Message(
    "JF408",
    '"{text}" is not a month; a month is written as "2018-01".',
    '"{text}" 不是月份；月份写成 "2018-01"。',
)
UNCLEAR_END: Final = Message(
    "JF409",
    "`{name}` counts back from the last month of the set, and these two sets end at different months.",
    "`{name}` 从月份集的止月往回数，而这两个月份集的止月不同。",
    "State the months with `during(set, first, last)`.",
    "请用 `during(月份集, 起月, 止月)` 写明期间。",
)
MIXED_ROWS: Final = Message(
    "JF410",
    "This mixes the rows of `{one}` with those of `{other}`.",
    "这里混用了 `{one}` 与 `{other}` 的各条。",
    "Define a month set or a value of one of them first.",
    "请先为其中之一定义月份集或数值。",
)
TOO_BIG: Final = Message(
    "JF411",
    "This number can become too large to be exact: it has more than {digits} digits.",
    "这个数可能过大而无法精确计算：超过 {digits} 位。",
)
EMPTY_PERIOD: Final = Message(
    "JF412",
    "This period has no months: {last} is before {first}.",
    "这一期间没有月份：{last} 早于 {first}。",
)
DATE_TEXT: Final = Message(
    "JF413",
    '"{text}" is not a date; a date is written as "2018-01-31".',
    '"{text}" 不是日期；日期写成 "2018-01-31"。',
)
