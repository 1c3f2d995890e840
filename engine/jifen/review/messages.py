"""What can be wrong with a published score (JF72x)."""

from jifen.document.diagnostics import Message

UNKNOWN_PART = Message(
    "JF721",
    "The policy has no indicator {name}.",
    "政策中没有指标 {name}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
TWO_PARTS = Message(
    "JF722",
    "{name} stands twice: as {first} and as {second}.",
    "{name} 写了两次：{first} 和 {second}。",
)
OFF_THE_GRID = Message(
    "JF723",
    "{value} is no multiple of {to}, to which the published points are rounded.",
    "{value} 不是 {to} 的倍数，而公布的分值按此取舍。",
    "State `rounding`.",
    "请写明 `rounding`。",
)
OTHER_APPLICANT = Message(
    "JF724",
    "The published score is that of {published}, the applicant is {applicant}.",
    "公布的分值属于 {published}，而申请人是 {applicant}。",
)
OTHER_POLICY = Message(
    "JF725",
    "The published score follows {published}, not {policy}.",
    "公布的分值依据 {published}，不是 {policy}。",
)
TOO_EARLY = Message(
    "JF726",
    "The score was published on {published}, before the application of {applied}.",
    "分值公布于 {published}，早于申请日 {applied}。",
)
