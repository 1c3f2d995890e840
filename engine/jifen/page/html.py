"""The shell of every page of HTML: complete in itself, without scripts, for a phone, a screen and paper."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --page: #fff; --dim: #565656; --line: #d4d4d0;
  --card: #f6f6f3; --good: #14653a; --bad: #a1341a; --focus: #1a5fb4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --page: #171717; --dim: #b0b0b0; --line: #444; --card: #222; --good: #6fcf9a;
    --bad: #f0937a; --focus: #8ab8ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 1rem/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
.dim { color: var(--dim); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
@page { size: A4; margin: 16mm; }
@media print {
  :root { color-scheme: light; --text: #000; --page: #fff; --dim: #444; --line: #bbb; --card: #f4f4f4;
    --good: #14653a; --bad: #a1341a; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3, h4, h5, h6 { break-after: avoid; } tr, figure { break-inside: avoid; }
}
"""


def document(title: str, lang: str, style: str, body: str) -> str:
    """A whole page in a language (`zh` or `en`).

    `style` comes behind the common style, `body` is HTML with a `main`; `title` is text. The page's own policy allows
    its style and nothing else: no script, no picture, no form, nothing from elsewhere.
    """
    sheet = STYLE + style
    allowed = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{sheet}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def quoted(text: str) -> str:
    """A text of anybody's as a string of CSS, in which nothing can end the string or the style."""
    plain = "".join(
        one if (one.isascii() and one.isalnum()) or one in " .,:-" else f"\\{ord(one):x} " for one in text
    )
    return f'"{plain}"'
