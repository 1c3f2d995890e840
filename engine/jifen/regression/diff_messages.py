"""What can be wrong with what is compared (JF81x)."""

from jifen.document.diagnostics import Message

NO_REVISION = Message("JF811", "{name} cannot be read from git: {reason}", "无法从 git 读取 {name}：{reason}")
