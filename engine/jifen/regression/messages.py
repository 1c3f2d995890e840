"""What can be wrong with a cases file beyond its shape (JF8xx)."""

from jifen.document.diagnostics import Message

UNKNOWN_APPLICANT = Message(
    "JF801",
    "There is no applicant {name} in this file.",
    "本文件中没有申请人 {name}。",
    "Did you mean {near}?",
    "是否应为 {near}？",
)
CASE_TWICE = Message("JF803", "There is already a case called {name}.", "已有名为 {name} 的例子。")
NO_CASES = Message("JF806", "No cases file is found at {path}.", "{path} 处没有例子文件。")
"""A run that matches nothing has proved nothing, so it is an error."""
