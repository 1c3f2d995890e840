"""What can be wrong between the versions of a policy: inheritance (JF61x), time in force and review (JF62x)."""

from __future__ import annotations

from jifen.document.diagnostics import Message

BAD_BASE = Message(
    "JF610",
    "`extends` names another version, as place/version.",
    "extends 须写另一个版本，格式为 地方/版本。",
    "Such as `extends: harbour/2024`.",
    "例如 extends: harbour/2024。",
)
NO_BASE = Message(
    "JF611",
    "There is no policy {name} to extend.",
    "没有可供 extends 的政策 {name}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
CIRCLE = Message(
    "JF612",
    "{path}: these versions extend each other in a circle.",
    "{path}：这些版本循环 extends。",
)
NOTHING_TO_REMOVE = Message(
    "JF613",
    "`null` removes what is inherited, and no `{key}` is inherited here.",
    "null 用于删去继承来的内容，而此处没有继承到 `{key}`。",
    "Leave the line out.",
    "请删去这一行。",
)

ID_PATH = Message(
    "JF620",
    "The policy {id} stands in {path}.",
    "政策 {id} 写在文件 {path} 中。",
    "Name its file {id}.yaml, or correct `policy`.",
    "请把文件命名为 {id}.yaml，或改正 policy。",
)
OVERLAP = Message(
    "JF621",
    "{id} begins on {day}, when {other} is in force ({span}).",
    "{id} 自 {day} 起施行，而 {other} 此时仍在施行（{span}）。",
    "State in {other} the last day on which it is in force.",
    "请在 {other} 中写明最后一天。",
)
GAP = Message(
    "JF622",
    "No version of {name} is in force from {first} to {last}, between {other} and {id}.",
    "{first} 至 {last}（{other} 与 {id} 之间）没有任何 {name} 的版本施行。",
    "If that is meant, say why in this file: `uncovered: [{{from: {first}, to: {last}, why: …}}]`.",
    "若确无版本，请在本文件写明原因：uncovered: [{{from: {first}, to: {last}, why: …}}]。",
)
UNCOVERED_OVERLAPS = Message(
    "JF623",
    "This stretch is not uncovered: {other} is in force ({span}).",
    "这一期间并非没有版本：{other} 在施行（{span}）。",
)
BACKWARDS = Message(
    "JF624", "The last day, {last}, is before the first, {first}.", "最后一天 {last} 早于第一天 {first}。"
)
CHOSEN_BY_FACT = Message(
    "JF625",
    "`chosen_by` names {name}, which is not a fact of type date.",
    "chosen_by 所指的 {name} 不是类型为 date 的 fact。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
CHOSEN_BY_DIFFERS = Message(
    "JF626",
    "{id} is chosen by {name}, and {other} of the same place by {other_name}.",
    "{id} 按 {name} 选用，而同一地方的 {other} 按 {other_name} 选用。",
    "All versions of a place are chosen by the same date.",
    "同一地方的各版本须按同一个日期选用。",
)
REVIEW_OLD = Message(
    "JF627",
    "Last compared with the texts on {day}, more than two years before {on}.",
    "最近一次核对原文是 {day}，距 {on} 已超过两年。",
    severity="warning",
)
PAST = Message(
    "JF628",
    "{id} was in force until {day}, before {on}, and no version follows it.",
    "{id} 施行至 {day}，早于 {on}，且没有后续版本。",
    severity="warning",
)
