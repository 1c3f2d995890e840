"""What the reader of documents can say: the codes JF101 to JF199."""

from __future__ import annotations

from typing import Final

from jifen.document.diagnostics import Message

# The file as a whole.

UNREADABLE: Final = Message(
    "JF101",
    "The file cannot be read: {reason}.",
    "无法读取文件：{reason}。",
)
TOO_LARGE: Final = Message(
    "JF102",
    "The file has {size} bytes; at most {limit} are read.",
    "文件有{size}字节，最多读取{limit}字节。",
)
NOT_UTF8: Final = Message(
    "JF103",
    "From here on the file is not UTF-8 (byte {byte}).",
    "从此处起文件不是UTF-8编码（字节{byte}）。",
    "Save the file with the encoding UTF-8.",
    "请以UTF-8编码保存文件。",
)
WIDE_ENCODING: Final = Message(
    "JF104",
    "The file is written in {encoding}.",
    "文件的编码是{encoding}。",
    "Save the file with the encoding UTF-8.",
    "请以UTF-8编码保存文件。",
)
CHARACTER: Final = Message(
    "JF105",
    "The character {name} cannot be seen and is not allowed.",
    "不允许使用看不见的字符{name}。",
    "Delete it.",
    "请删除该字符。",
)
EMPTY: Final = Message(
    "JF106",
    "The document is empty.",
    "文档是空的。",
)
SECOND_DOCUMENT: Final = Message(
    "JF107",
    "A file holds one document; a second one begins here.",
    "一个文件只能有一个文档，此处开始了第二个文档。",
    "Remove the line with `---` or `...`, or move what follows it to a file of its own.",
    "请删除 `---` 或 `...` 这一行，或将其后的内容移到另一个文件。",
)
DIRECTIVE: Final = Message(
    "JF108",
    "Directives (lines that begin with `%`) are not allowed.",
    "不允许使用指令（以 `%` 开头的行）。",
    "Delete the line; files are read as YAML 1.2.",
    "请删除该行；文件一律按YAML 1.2读取。",
)
TOO_DEEP: Final = Message(
    "JF109",
    "More than {limit} levels stand inside one another here.",
    "此处嵌套超过{limit}层。",
)
TOO_MANY: Final = Message(
    "JF110",
    "The document holds more than {limit} keys and values, each alias counted as what it stands for.",
    "文档的键和值超过{limit}个（别名按其所代表的内容计算）。",
)

# Syntax.

SYNTAX: Final = Message(
    "JF111",
    "This is not valid YAML ({problem}).",
    "此处不是有效的YAML（{problem}）。",
)
UNCLOSED: Final = Message(
    "JF112",
    "The `{opener}` in line {line} is not closed, or a comma is missing before this place.",
    "第{line}行的 `{opener}` 没有闭合，或此处之前缺少逗号。",
    "Close it with `{closer}`, or put a text that holds a comma, a colon or a bracket in quotes.",
    "请用 `{closer}` 闭合；含有逗号、冒号或括号的文字请加引号。",
)
SECOND_COLON: Final = Message(
    "JF113",
    "A colon with a space after it begins a value, but the value before it has not ended.",
    "后面带空格的冒号表示值的开始，而此前的值尚未结束。",
    "If the colon belongs to the text, put the whole text in quotes; between braces a comma may be missing.",
    "如果冒号是文字的一部分，请给整段文字加引号；花括号中也可能缺少逗号。",
)
NO_COLON: Final = Message(
    "JF114",
    "This line is neither `key: value` nor `- item`: there is no colon with a space after it.",
    "本行既不是 `键: 值` 也不是 `- 项`：缺少后面带空格的冒号。",
)
BAD_START: Final = Message(
    "JF115",
    "A value cannot begin with {char}.",
    "值不能以 {char} 开头。",
    "Put the text in quotes.",
    "请给这段文字加引号。",
)
TAB: Final = Message(
    "JF116",
    "A tab stands where the indentation is; YAML indents with spaces only.",
    "缩进处使用了制表符；YAML只能用空格缩进。",
    "Replace the tab with spaces.",
    "请将制表符替换为空格。",
)
OPEN_QUOTE: Final = Message(
    "JF117",
    "The quote that begins here is never closed.",
    "从此处开始的引号没有闭合。",
    'Close it with `{closer}`; a `\'` inside \'…\' is written twice, a `"` inside "…" as `\\"`.',
    '请用 `{closer}` 闭合；\'…\' 中的 `\'` 要写两次，"…" 中的 `"` 要写成 `\\"`。',
)
AFTER_VALUE: Final = Message(
    "JF118",
    "The value that began in line {line} has ended before this; what follows does not belong to it.",
    "第{line}行开始的值在此之前已经结束，后面的内容不属于它。",
    "A text that begins with a quote or a bracket ends where that closes. "
    "Put the whole text in quotes: 'a == \"b\"'.",
    "以引号或括号开头的文字到其闭合处为止。请给整段文字加引号：'a == \"b\"'。",
)
INDENTATION: Final = Message(
    "JF119",
    "This line fits no block around it: the block that began in line {line} is indented by {spaces}.",
    "本行与所在的块不对齐：第{line}行开始的块缩进为{spaces}个空格。",
    "Give the keys or items of one block the same indentation.",
    "同一块中的键或项应使用相同的缩进。",
)
ESCAPE: Final = Message(
    "JF120",
    "In double quotes `\\` begins an escape, and this is not one of them.",
    "双引号中的 `\\` 表示转义，而此处不是有效的转义。",
    "Write `\\\\` for a backslash, or use single quotes.",
    "反斜杠请写成 `\\\\`，或改用单引号。",
)
FULL_WIDTH: Final = Message(
    "JF121",
    "The {name} is part of the text here; YAML knows only the ASCII {ascii}.",
    "此处的{name_zh}只是文字的一部分；YAML只识别半角的{ascii_zh}。",
    "Type the {ascii} with the keyboard set to half-width.",
    "请切换到半角状态输入{ascii_zh}。",
)
CONTINUED: Final = Message(
    "JF122",
    "This line continues the text above it; it is neither a key nor an item of its own.",
    "本行是上一行文字的延续，不能单独成为键或列表项。",
    "Indent the line like its neighbours, or give the line above its colon.",
    "请使本行与相邻的行对齐，或给上一行补上冒号。",
)
MISSING_VALUE: Final = Message(
    "JF123",
    "A value is missing before {char}.",
    "{char} 之前缺少值。",
)
LIST_ON_LINE: Final = Message(
    "JF124",
    "A `-` with a space begins a list, and a list begins on a line of its own.",
    "后面带空格的 `-` 表示列表的开始，列表必须另起一行。",
    "Break the line before it, or put the text in quotes.",
    "请在此处换行；如果是文字，请加引号。",
)

# Structure.

DUPLICATE_KEY: Final = Message(
    "JF131",
    "The key `{key}` stands here for the second time; the first is in line {line}, column {column}.",
    "键 `{key}` 重复；第一次出现在第{line}行第{column}列。",
)
COMPLEX_KEY: Final = Message(
    "JF132",
    "A key is a text; here it is {what}.",
    "键必须是文字，此处却是{what_zh}。",
)
EMPTY_KEY: Final = Message(
    "JF133",
    "The key is empty.",
    "键是空的。",
)
MERGE_KEY: Final = Message(
    "JF134",
    "Merge keys (`<<`) are not allowed.",
    "不允许使用合并键（`<<`）。",
    "Write the keys out.",
    "请把各个键逐一写出。",
)
TAG: Final = Message(
    "JF135",
    "Tags (`{tag}`) are not allowed.",
    "不允许使用标签（`{tag}`）。",
    "Delete the tag. To make a number or a boolean a text, put it in quotes.",
    "请删除该标签。要把数字或布尔值当作文字，请加引号。",
)
UNKNOWN_ALIAS: Final = Message(
    "JF136",
    "No anchor `&{name}` stands before this alias.",
    "此别名之前没有锚点 `&{name}`。",
    "A text that begins with `*` needs quotes.",
    "以 `*` 开头的文字需要加引号。",
)
RECURSIVE_ALIAS: Final = Message(
    "JF137",
    "The alias `*{name}` stands inside what it names.",
    "别名 `*{name}` 位于它自己所指的内容之内。",
)
SECOND_ANCHOR: Final = Message(
    "JF138",
    "The anchor `&{name}` is defined twice; the first is in line {line}.",
    "锚点 `&{name}` 定义了两次；第一次在第{line}行。",
)
CUT: Final = Message(
    "JF139",
    "The text `{text}` ends at the `{stop}` with a bracket or a quote still open.",
    "文字 `{text}` 在 `{stop}` 处被截断，括号或引号尚未闭合。",
    "Put the whole text in quotes.",
    "请给整段文字加引号。",
)
KEY_ALONE: Final = Message(
    "JF140",
    "Between braces `{key}` is read as a key, but it has no colon.",
    "花括号中的 `{key}` 被当作键，但没有冒号。",
    "If it belongs to the text before the comma, put the whole text in quotes.",
    "如果它属于逗号之前的文字，请给整段文字加引号。",
)

# Scalars.

LEADING_ZERO: Final = Message(
    "JF151",
    "The number `{raw}` begins with a zero; some readers of YAML take that for octal.",
    "数字 `{raw}` 以零开头，有些YAML程序会当作八进制。",
    "Drop the zeros, or put it in quotes if it is a text.",
    "请去掉开头的零；如果是文字，请加引号。",
)
RADIX: Final = Message(
    "JF152",
    "The number `{raw}` is octal or hexadecimal.",
    "数字 `{raw}` 是八进制或十六进制。",
    "Write it as a decimal number, or put it in quotes if it is a text.",
    "请写成十进制；如果是文字，请加引号。",
)
UNDERSCORE: Final = Message(
    "JF153",
    "With its underscore `{raw}` is a text in YAML 1.2, not a number.",
    "`{raw}` 含有下划线，在YAML 1.2中是文字而不是数字。",
    "Drop the underscores, or put it in quotes if it is a text.",
    "请去掉下划线；如果是文字，请加引号。",
)
NOT_FINITE: Final = Message(
    "JF154",
    "`{raw}` is not a finite number.",
    "`{raw}` 不是有限的数。",
    "Leave the value out, or put it in quotes if it is a text.",
    "请删除该值；如果是文字，请加引号。",
)
LONG_NUMBER: Final = Message(
    "JF155",
    "The number has more than {limit} digits when written out.",
    "该数字写全后超过{limit}位。",
)

# Too many to go on.

MANY_ERRORS: Final = Message(
    "JF199",
    "More than {limit} errors stand before this place; the rest of the file was not read.",
    "此处之前的错误超过{limit}个，文件的其余部分没有读取。",
)
