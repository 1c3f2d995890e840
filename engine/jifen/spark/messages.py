"""What can go wrong on a cluster, beyond what goes wrong on one machine."""

from typing import Final

from jifen.document.diagnostics import Message

OTHER_ENGINE: Final = Message(
    "JF970",
    "The driver has jifen {driver}, a worker {worker}.",
    "驱动程序的 jifen 是 {driver}，执行节点的是 {worker}。",
    "Ship the driver's own environment to the workers: see docs/cluster.md.",
    "请把驱动程序的环境一并分发到执行节点：见 docs/cluster.md。",
)
NO_RANKING: Final = Message(
    "JF971",
    "{policy} admits without a ranking.",
    "{policy} 不按名次录取。",
)
NO_SCORES: Final = Message(
    "JF972",
    "These are no scores by {policy}: they have no column {name}.",
    "这不是按 {policy} 算出的结果：没有 {name} 一列。",
)
OTHER_POLICY: Final = Message(
    "JF973",
    "These scores are by another policy than {policy}, or by other readings of it.",
    "这些结果不是按 {policy} 或其同一读法算出的。",
)
TOO_WIDE: Final = Message(
    "JF974",
    "Spark cannot compare {name}: its integers may have more than 38 digits.",
    "Spark 无法比较 {name}：其整数可能超过 38 位。",
)
