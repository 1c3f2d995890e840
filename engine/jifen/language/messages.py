"""What can be wrong with an expression (JF3xx: names and syntax, JF4xx: types and units)."""

from jifen.document.diagnostics import Message

SYNTAX = Message(
    "JF301",
    "This is not an expression: {why}.",
    "这不是一个表达式：{why}。",
    "If it holds a comma, a colon or a #, quote the whole expression.",
    "若含逗号、冒号或 #，请给整个表达式加引号。",
)
NOT_ALLOWED = Message(
    "JF302",
    "{what} cannot be used in an expression.",
    "表达式中不能使用{what}。",
    "Expressions know names, numbers, options in quotes, + - * /, comparisons, and, or, not, in, if-else,"
    " & | - of month sets, and the functions of the language.",
    "表达式只有名称、数、带引号的选项、加减乘除、比较、and、or、not、in、if-else、月份集合的 & | - 以及语言的函数。",
)
TOO_LARGE = Message(
    "JF303",
    "The expression is too {what}; name a part of it under `values`.",
    "表达式{what_zh}；请在 values 中为其中一部分命名。",
)
NOT_ASCII = Message(
    "JF304",
    "The character {char} cannot stand in an expression; names are made of a-z, 0-9 and _.",
    "表达式中不能出现字符 {char}；名称只由 a-z、0-9 和 _ 组成。",
)
BAD_NUMBER = Message(
    "JF305",
    "{text} is not a number of the language; write digits with an optional decimal point.",
    "{text} 不是本语言的数；只写数字，可带小数点。",
)
UNKNOWN_NAME = Message(
    "JF310",
    "There is no {name} here.",
    "此处没有 {name}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
UNKNOWN_FUNCTION = Message(
    "JF311",
    "There is no function {name}.",
    "没有函数 {name}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
UNKNOWN_OPTION = Message(
    "JF312",
    "{name} has no option {option}; it has {options}.",
    "{name} 没有选项 {option}；它的选项是 {options}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
UNKNOWN_PART = Message(
    "JF313",
    "{name} has no part {part}.",
    "{name} 没有 {part} 这一部分。",
    "It has {near}.",
    "它有 {near}。",
)
TIMELINE_NAME = Message(
    "JF314",
    "{name} is a timeline; an expression needs a month set made of it.",
    "{name} 是时间线；表达式中要用由它得到的月份集合。",
    "Define one under `months`: {{of: {name}, to: cutoff}}.",
    "请在 months 中定义：{{of: {name}, to: cutoff}}。",
)
WRONG_TYPE = Message(
    "JF401",
    "{where} needs {wanted}, not {found}.",
    "{where}需要{wanted_zh}，而不是{found_zh}。",
)
ARGUMENTS = Message(
    "JF402",
    "{name} takes {wanted}; {found} are given.",
    "{name} 的参数应为 {wanted}；这里给了 {found} 个。",
)
UNITS = Message(
    "JF403",
    "{one} and {other} cannot be compared or added.",
    "{one_zh}与{other_zh}不能比较或相加。",
)
NOT_POINTS = Message(
    "JF404",
    "These are {unit}, not points; multiply by the points for one of them.",
    "这是{unit_zh}，不是分值；请乘以每单位的分值。",
)
MAY_BE_ABSENT = Message(
    "JF405",
    "{name} may be absent.",
    "{name} 可能没有提供。",
    "Ask first: given({name}) and ...",
    "请先判断：given({name}) and ...",
)
DIVISION = Message(
    "JF406",
    "The result of this division has no fixed denominator; compare, floor or round it at once.",
    "这个除法的结果没有固定的分母；请立即比较、取整或舍入。",
    "round_half_up(a / b, 0.01), floor(a / b), or declare the divisor as an integer from 1.",
    "例如 round_half_up(a / b, 0.01)、floor(a / b)，或把除数声明为从 1 起的整数。",
)
MAYBE_ZERO = Message(
    "JF407",
    "The divisor can be 0 or less.",
    "除数可能为 0 或负数。",
    "Declare its lowest value with `from`.",
    "请用 from 声明它的下限。",
)
MONTH_TEXT = Message(
    "JF408",
    '{text} is not a month; write it in quotes as "2018-01".',
    '{text} 不是月份；请加引号写成 "2018-01"。',
)
UNCLEAR_END = Message(
    "JF409",
    "{name} needs a set whose window has one end; these two sets end at different months.",
    "{name} 需要只有一个期末的月份集合；这里两个集合的期末不同。",
    "Use during(set, first, last).",
    "请用 during(集合, 起月, 止月)。",
)
MIXED_ROWS = Message(
    "JF410",
    "This mixes the rows of {one} and of {other}; name a month set or a value of one of them first.",
    "这里混用了 {one} 与 {other} 的各行；请先为其中之一定义月份集合或数值。",
)
AMBIGUOUS_PART = Message(
    "JF411",
    "{part} is an option of {one} and of {other}.",
    "{part} 同时是 {one} 和 {other} 的选项。",
    "Write {name}.{one}.{part}.",
    "请写 {name}.{one}.{part}。",
)
DATE_TEXT = Message(
    "JF412",
    "{text} is not a date; write it in quotes as \"2018-01-31\".",
    "{text} 不是日期；请加引号写成 \"2018-01-31\"。",
)
