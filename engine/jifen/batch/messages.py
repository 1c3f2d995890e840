"""What can be wrong with where populations come from (JF96x)."""

from jifen.document.diagnostics import Message

DATABASE = Message("JF960", "The database says: {reason}", "数据库报告：{reason}")
NO_APPLICANTS = Message(
    "JF961",
    "{folder} has no table of applicants: {names}.",
    "{folder} 中没有申请人的表：{names}。",
)
NOT_A_TABLE = Message(
    "JF962",
    "{path} is no table; tables end in {forms}.",
    "{path} 不是表格；表格的文件名以 {forms} 结尾。",
)
