"""What can be wrong with timelines and records in tables of their own (JF727 to JF729)."""

from jifen.document.diagnostics import Message

NO_SUCH_APPLICANT = Message("JF727", "There is no applicant {value}.", "没有申请人 {value}。")
BOTH = Message(
    "JF729",
    "{name} is a column of the applicants' table and a table of its own.",
    "{name} 既是申请人表中的一列，又另有一表。",
)
NOT_ALONE = Message(
    "JF728",
    "Timelines and records in tables of their own need one row for each applicant, and this one has two.",
    "时段或记录另在其他表中时，每名申请人只能有一行，而此人有两行。",
)
