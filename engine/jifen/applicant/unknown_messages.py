"""What can be wrong with what is said to be unknown of an applicant (JF71x, JF72x)."""

from jifen.document.diagnostics import Message

NO_FORM = Message(
    "JF718",
    "What is unknown is written {{unknown: true}}; of a date or a number, also as a range {{from: …, to: …}}.",
    "未知的值写作 {{unknown: true}}；日期或数也可写作范围 {{from: …, to: …}}。",
)
NO_PARTS = Message(
    "JF719",
    "Known and unknown parts are written {{{rows}: [...], unknown: {form}}}.",
    "已知和未知部分写作 {{{rows}: [...], unknown: {form}}}。",
)
