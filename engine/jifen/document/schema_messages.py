"""What the check against a schema can say: the codes JF201 to JF211."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from jifen.document.diagnostics import Message

# Keys.

UNKNOWN_KEY: Final = Message(
    "JF201",
    "{where} has no key `{key}`.",
    "{where_zh}没有键 `{key}`。",
    "Its keys are {keys}.",
    "可用的键：{keys_zh}。",
)
MISSPELT_KEY: Final = replace(
    UNKNOWN_KEY,
    hint_en="Did you mean `{near}`?",
    hint_zh="是否想写 `{near}`？",
)
MISPLACED_KEY: Final = replace(
    UNKNOWN_KEY,
    hint_en="`{key}` stands inside `{inside}`.",
    hint_zh="`{key}` 应写在 `{inside}` 之内。",
)
MISSING_KEY: Final = Message(
    "JF202",
    "{where} lacks the key `{key}`.",
    "{where_zh}缺少键 `{key}`。",
)
MISSING_KEY_UNDER: Final = replace(
    MISSING_KEY,
    hint_en="This is so under the reading {chosen}.",
    hint_zh="采用读法 {chosen} 时如此。",
)

# Values.

WRONG_TYPE: Final = Message(
    "JF203",
    "{where} must be {expected}; here it is {found}.",
    "{where_zh}应为{expected_zh}；此处是{found_zh}。",
)
YES_OR_NO: Final = replace(
    WRONG_TYPE,
    hint_en="In YAML 1.2 `{text}` is a text: write `{meant}`.",
    hint_zh="在YAML 1.2中 `{text}` 只是文字：请写 `{meant}`。",
)
QUOTED_NUMBER: Final = replace(
    WRONG_TYPE,
    hint_en="Without the quotes it is a number: `{text}`.",
    hint_zh="去掉引号才是数字：`{text}`。",
)
UNQUOTED_TEXT: Final = replace(
    WRONG_TYPE,
    hint_en='Put it in quotes to make it a text: `"{text}"`.',
    hint_zh='加上引号才是文字：`"{text}"`。',
)
NO_READING: Final = replace(
    WRONG_TYPE,
    hint_en="To let a reading choose, write `{{reading: NAME, OPTION: value, …}}`.",
    hint_zh="由读法决定时，写成 `{{reading: 名称, 选项: 值, …}}`。",
)
NOT_AN_OPTION: Final = Message(
    "JF204",
    "{where} cannot be `{text}`; it is one of {options}.",
    "{where_zh}不能是 `{text}`；可选：{options_zh}。",
)
MISSPELT_OPTION: Final = replace(
    NOT_AN_OPTION,
    hint_en="Did you mean `{near}`?",
    hint_zh="是否想写 `{near}`？",
)
WRONG_FORM: Final = Message(
    "JF205",
    "{where} must be {expected}; here it is `{text}`.",
    "{where_zh}应为{expected_zh}；此处是 `{text}`。",
)
QUOTED_NUMBER_FORM: Final = replace(
    WRONG_FORM,
    hint_en=QUOTED_NUMBER.hint_en,
    hint_zh=QUOTED_NUMBER.hint_zh,
)
WRONG_NAME: Final = Message(
    "JF205",
    "The key `{key}` must be {expected}.",
    "键 `{key}` 应为{expected_zh}。",
)
EMPTY: Final = Message(
    "JF206",
    "{where} must not be empty.",
    "{where_zh}不能为空。",
)
TOO_FEW: Final = Message(
    "JF206",
    "{where} needs at least {limit} entries; it has {count}.",
    "{where_zh}至少要有{limit}项；此处有{count}项。",
)
NOT_EMPTY: Final = Message(
    "JF206",
    "{where} can only be an empty list, `[]`.",
    "{where_zh}只能是空列表 `[]`。",
)
TOO_SMALL: Final = Message(
    "JF207",
    "{where} must be at least {limit}; here it is {number}.",
    "{where_zh}不得小于{limit}；此处是{number}。",
)
TOO_LARGE: Final = Message(
    "JF207",
    "{where} must be at most {limit}; here it is {number}.",
    "{where_zh}不得大于{limit}；此处是{number}。",
)
NOTHING: Final = Message(
    "JF208",
    "{where} has no value; it must be {expected}.",
    "{where_zh}没有值；应为{expected_zh}。",
    "Write the value, or delete the key.",
    "请写上值，或删除该键。",
)
MISFIT: Final = Message(
    "JF209",
    "{where} does not fit the schema (`{keyword}`).",
    "{where_zh}不符合模式（`{keyword}`）。",
)

# Keys that exclude each other.

NONE_OF: Final = Message(
    "JF210",
    "{where} needs one of the keys {keys}; it has none of them.",
    "{where_zh}应有下列键之一：{keys_zh}；此处一个也没有。",
)
NONE_OF_UNDER: Final = replace(
    NONE_OF,
    hint_en="This is so under the reading {chosen}.",
    hint_zh="采用读法 {chosen} 时如此。",
)
SEVERAL_OF: Final = Message(
    "JF211",
    "{where} can have only one of the keys {given}.",
    "{where_zh}只能有下列键之一：{given_zh}。",
)
SEVERAL_OF_UNDER: Final = replace(
    SEVERAL_OF,
    hint_en="They stand side by side under the reading {chosen}.",
    hint_zh="采用读法 {chosen} 时它们同时出现。",
)
