"""What can be wrong with where populations come from (JF96x)."""

from jifen.document.diagnostics import Message

DATABASE = Message("JF960", "The database says: {reason}", "数据库报告：{reason}")
HELD = Message(
    "JF963",
    "Another run is at work on this output: process {process} on {host}, since {since}. Its parts lie in {folder}.",
    "另一次运行正在写这一输出：{host} 上的进程 {process}，始于 {since}。其分块在 {folder}。",
)
NO_PREFERENCES = Message(
    "JF964",
    "{column} must be a column of lists of texts: an applicant's preferences, the dearest first.",
    "{column} 须为文本列表的列：每名申请人的志愿，依次排列。",
)
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
