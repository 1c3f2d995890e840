"""What the command line says, in Chinese and English."""

import os
from collections.abc import Mapping

from jifen.cli import batch_wording, help_wording
from jifen.scorecard.shape import Lang

_OWN: dict[str, tuple[str, str]] = {
    "status.no_policy": ("{path}：缺少 policy。", "{path}: `policy` is missing."),
    "status.bad_moment": (
        "--on：{text} 不是时刻；请写 2025-05-28T10:00 或日期",
        "--on: {text} is no moment; write 2025-05-28T10:00, or a date",
    ),
    "bad_keyword": (
        "-k 应为名称中的字词，以 and、or、not 和括号连接；含空格的字词须加引号：{text}",
        "-k is parts of names joined by and, or, not and brackets, a part with blanks in quotes: {text}",
    ),
    "testing": ("用例", "cases"),
    "cases_fail": (
        "这些用例在现行政策上就不通过，请先改正：{cases}",
        "these cases fail on the policy as it is; put them right first: {cases}",
    ),
    "mutating": ("改动", "changes"),
    "below": ("{found}，低于所要求的 {wanted}", "{found} is below the {wanted} asked for"),
    "no_moment": (
        "--on 应为时刻（YYYY-MM-DDTHH:MM，可带时差）：{text}",
        "--on is a minute, YYYY-MM-DDTHH:MM, with or without an offset: {text}",
    ),
    # replay
    "replay.proved": (
        "已证明：{applicant} 的积分单出自 {id}（{digest}）。",
        "proved: the card of {applicant} follows from {id} ({digest})",
    ),
    "replay.layout": (
        "内容相同，但存档的文字不是规范写法（空格、键的次序或转义不同）。",
        "the data is the same; the stored text is not the canonical one (blanks, order of keys or escapes differ)",
    ),
    "replay.differs": (
        "不同：积分单写明依据 {id}（{digest}），但重算结果不同。",
        "differs: the card names these very rules, {id} ({digest}), but they give something else",
    ),
    "replay.first": (
        "第一处不同：{path}\n  存档：{stored}\n  重算：{recomputed}",
        "the first difference: {path}\n  stored:     {stored}\n  recomputed: {recomputed}",
    ),
    "replay.absent": ("（没有）", "(nothing)"),
    "replay.digest": (
        "不能证明：积分单所依据的规则不是现有的 {id}。\n  存档：{stored}\n  现有：{digest}",
        "not proved: the card was made by other rules than {id} as it is here\n"
        "  stored:  {stored}\n  present: {digest}",
    ),
    "replay.nothing_else": (
        "除摘要和引擎版本外，重算结果与存档一致。",
        "besides the digest, and the version of the engine, the card comes out as stored",
    ),
    "replay.what_to_do": (
        "要证明，请用 --policy 指明摘要相同的那一版政策文件（见其历史版本；积分单中 policy.readings 是所用读法）；"
        "用 jifen diff 可看两版有何不同。",
        "to prove it, name with --policy the revision of the policy file that has the stored digest (see its history; "
        "policy.readings in the card are the readings taken); jifen diff says what changed between the two",
    ),
    "replay.engine": (
        "积分单由引擎 {stored} 写出，现为 {engine}；版本不作比较。",
        "the card was written by version {stored} of the engine, this is {engine}; the versions are not compared",
    ),
    "replay.not_json": ("{path} 不是积分单：{detail}", "{path} is no scorecard: {detail}"),
    "replay.not_a_card": ("{path} 不是积分单", "{path} is no scorecard"),
    "replay.other_format": (
        "{path} 的格式是 {detail}，应为 jifen-scorecard/1",
        "{path} has the format {detail}, not jifen-scorecard/1",
    ),
    "replay.no_readings": (
        "{path} 没有写明所用的读法（policy.readings），无法重算",
        "{path} does not say which readings were taken (policy.readings), so it cannot be replayed",
    ),
    "replay.no_policy": (
        "这里没有积分单所依据的政策 {id}；请用 --policy 指明其文件",
        "the card follows {id}, which is not known here; name its file with --policy",
    ),
    "usage": ("用法：", "Usage: "),
    "Options": ("选项", "Options"),
    "Commands": ("命令", "Commands"),
    # one-line failures
    "failure": ("jifen：{text}", "jifen: {text}"),
    "usage_hint": ("用法见 {command} --help", "see {command} --help"),
    "interrupted": ("已中断", "interrupted"),
    "no_file": ("没有这个文件：{path}", "no such file: {path}"),
    "is_directory": ("这是文件夹，不是文件：{path}", "this is a folder, not a file: {path}"),
    "no_permission": ("没有权限读取：{path}", "no permission to read: {path}"),
    "cannot_read": ("无法读取 {path}：{reason}", "cannot read {path}: {reason}"),
    "cannot_write": ("无法写入 {path}：{reason}", "cannot write {path}: {reason}"),
    "not_text": ("这不是文本文件：{path}", "this is not a text file: {path}"),
    "not_mapping": ("{path} 中没有申请人的数据", "{path} does not hold the data of an applicant"),
    "no_date": (
        "{path} 中没有申请日期（date: YYYY-MM-DD），无法用 --place 选择政策",
        "{path} has no date of application (date: YYYY-MM-DD), so --place cannot choose the policy",
    ),
    "bounds_or_readings": (
        "--bounds 与 --readings 不能同用",
        "--bounds and --readings do not go together",
    ),
    "no_day": ("--on 应为日期（YYYY-MM-DD）：{text}", "--on is a date, YYYY-MM-DD: {text}"),
    "resolved_alone": (
        "--resolved 的形式是 yaml 或 json，且不与 --reading 同用",
        "--resolved is for the formats yaml and json, and goes without --reading",
    ),
    "json_is_resolved": ("--format json 须与 --resolved 同用", "--format json goes with --resolved"),
    "policy_or_place": (
        "请用 --policy 或 --place 之一指明政策；已知的政策：{known}",
        "say which policy with one of --policy and --place; policies known: {known}",
    ),
    "unknown_policy": (
        "没有政策 {name}{near}；已知的政策：{known}",
        "no policy {name}{near}; policies known: {known}",
    ),
    "unknown_place": (
        "没有地区 {name}{near}；已知的地区：{known}",
        "no place {name}{near}; places known: {known}",
    ),
    "schema_needs_policy": (
        "`schema arrow` 需要政策的编号或文件",
        "`schema arrow` needs the id or the file of a policy",
    ),
    "schema_of_no_policy": ("模式 {name} 与政策无关", "the schema {name} is the same for every policy"),
    "needs_extra": (
        "此处需要 {package}：pip install 'jifen[{extra}]'",
        "this needs {package}: pip install 'jifen[{extra}]'",
    ),
    "unknown_schema": ("没有模式 {name}{near}；已有：{known}", "no schema {name}{near}; there are: {known}"),
    "unknown_indicator": (
        "政策中没有指标 {name}{near}；名称或路径之一：{known}",
        "the policy has no indicator {name}{near}; its names and paths: {known}",
    ),
    "bad_day": ("{option} 应为日期（YYYY-MM-DD）：{text}", "{option} is a date, YYYY-MM-DD: {text}"),
    "unknown_reading": (
        "政策没有读法 {name}{near}；已有：{known}",
        "the policy has no reading {name}{near}; it has: {known}",
    ),
    "unknown_option": (
        "读法 {reading} 没有选项 {name}{near}；已有：{known}",
        "the reading {reading} has no option {name}{near}; it has: {known}",
    ),
    "did_you_mean": ("（是否指 {name}？）", " (did you mean {name}?)"),
    "none_known": ("（无）", "(none)"),
    "reading_form": ("应写成 NAME=OPTION：{text}", "write it as NAME=OPTION: {text}"),
    "no_population": (
        "--population 应为 JSON Lines 文件或 synthetic:N（N 为1至10000000的整数）：{text}",
        "--population is a file of JSON Lines or synthetic:N, N a whole number from 1 to 10000000: {text}",
    ),
    "not_json_line": ("{path} 第{line}行不是JSON对象", "{path}, line {line}: this is no JSON object"),
    "rate": ("每秒 {rate}", "{rate} a second"),
    "scoring": ("计算中", "scoring"),
    "progress": ("已计算 {done}/{count}", "scored {done} of {count}"),
    # what the parser of the command line says
    "no_such_option": ("没有选项 {name}{near}", "no such option: {name}{near}"),
    "no_such_command": ("没有命令 {name}{near}", "no such command: {name}{near}"),
    "missing_parameter": ("缺少 {name}", "{name} is missing"),
    "bad_choice": ("{name} 的值只能是：{choices}", "{name} must be one of: {choices}"),
    # new
    "no_id": (
        "编号应为 地方/版本，由小写字母、数字、_、- 和 . 组成，如 harbour/2024：{text}",
        "an id is place/version in small letters, digits, _, - and ., such as harbour/2024: {text}",
    ),
    "exists": ("{path} 已存在，不会覆盖", "{path} exists and is not overwritten"),
    "new.written": (
        "已写入 {policy}\n已写入 {cases}\n接下来：jifen check {policy}；jifen test {policy}\n",
        "wrote {policy}\nwrote {cases}\nnext: jifen check {policy}; jifen test {policy}\n",
    ),
    # check, list
    "checked": ("已检查{count}个文件：{summary}", "{count} files checked: {summary}"),
    "checked_one": ("已检查1个文件：{summary}", "1 file checked: {summary}"),
    "nothing_to_check": ("没有可检查的政策文件", "there is no policy file to check"),
    "list.id": ("编号", "Id"),
    "list.title": ("名称", "Title"),
    "list.in_force": ("有效期", "In force"),
    "list.uncovered": ("未收录：{why}", "not covered: {why}"),
}
WORDS = help_wording.WORDS | _OWN | batch_wording.WORDS


def word(key: str, lang: Lang, **values: object) -> str:
    """The sentence `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def language(environment: Mapping[str, str] | None = None) -> Lang:
    """The language that the environment asks for: Chinese for any `zh…`, else English."""
    variables = os.environ if environment is None else environment
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
