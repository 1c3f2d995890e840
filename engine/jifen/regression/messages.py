"""What can be wrong with a cases file beyond its shape (JF8xx)."""

from jifen.document.diagnostics import Message

UNKNOWN_APPLICANT = Message(
    "JF801",
    "There is no applicant `{name}` in this file.",
    "本文件中没有申请人 `{name}`。",
    "Did you mean `{near}`?",
    "是否想写 `{near}`？",
)
CASE_TWICE = Message("JF803", "There is already a case called “{name}”.", "已有名为“{name}”的例子。")
NO_CASES = Message("JF806", "No cases file is found at {path}.", "{path} 处没有例子文件。")
"""A run that matches nothing has proved nothing, so it is an error."""
NOTHING_EXPECTED = Message(
    "JF802",
    "The case “{name}” expects nothing, so it could not fail.",
    "例子“{name}”没有写任何预期，永远不会失败。",
    "Write `expect:`, or a `table:` with a column such as `total`.",
    "请写 `expect:`，或写带有 `total` 等列的 `table:`。",
)
ROW_LENGTH = Message(
    "JF804",
    "This row has {count} cells; the header has {wanted}.",
    "这一行有 {count} 格；表头有 {wanted} 格。",
)
UNKNOWN_COLUMN = Message(
    "JF805",
    "The column `{name}` leads to nothing in the applicant.",
    "列 `{name}` 在申请人数据中不存在。",
    "Write a path such as `facts.birth_date` or `timelines.work.0.from`.",
    "请写路径，如 `facts.birth_date` 或 `timelines.work.0.from`。",
)
NEEDS_AN_APPLICANT = Message(
    "JF809",
    "`{key}` is expected of an applicant, and this case has none.",
    "`{key}` 是对申请人的预期，而这个例子没有申请人。",
    "Add `applicant:`.",
    "请写 `applicant:`。",
)
NEEDS_A_COURSE = Message(
    "JF807",
    "`{key}` is expected of a procedure; it goes with a `course`, not with an applicant.",
    "`{key}` 是对办理程序的预期，应与 `course` 同写，而不是与申请人。",
    "Write the case as one of its own.",
    "请另写一个例子。",
)
NO_SUCH_CHANGE = Message(
    "JF808",
    "The policy has no change `{change}` at {at}; it may have been edited since.",
    "政策在 {at} 处没有改动“{change}”；政策可能已经修改。",
)
