"""The style of the notice's page, behind the style that all pages share."""

STYLE = """
:root { --counted: #1d6b43; --on-counted: #fff; --out: #f6dfb0; --on-out: #4a3000; --outside: #e4e4e0;
  --cell: #fff; --bar: #2d6ca8; --loss: #a1341a; --mark: #1b1b1b; }
@media (prefers-color-scheme: dark) {
  :root { --counted: #2f8f5e; --on-counted: #fff; --out: #5b4413; --on-out: #ffe9bd; --outside: #333;
    --cell: #171717; --bar: #6aa5dd; --loss: #e8825f; --mark: #fff; }
}
header p.policy { font-size: 1.05rem; font-weight: 600; margin: 0 0 .6rem; }
dl.about { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .1rem 2rem;
  margin: .6rem 0; font-size: .93rem; }
dl.about div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px dotted var(--line); }
dl.about dt { color: var(--dim); min-width: 4.5rem; } dl.about dd { margin: 0; min-width: 6.2rem; text-align: right; }
.verdict { border-left: .35rem solid; padding: .5rem .8rem; background: var(--card); font-weight: 600;
  margin: .6rem 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
.verdict.good, .verdict.bad { border-color: currentColor; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--dim); padding: .2rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: middle; padding: .22rem .4rem; border-bottom: 1px solid var(--line);
  font-weight: 400; }
th.n, td.n { text-align: right; white-space: nowrap; }
thead th { color: var(--dim); }
table.scores { width: auto; min-width: 18rem; }
table.bars th:first-child { width: 34%; padding-left: 0; }
table.bars thead th:last-child { padding-right: 0; }
table.bars td.b { width: 50%; padding: .22rem 0; }
table.bars td.n { padding-right: 0; }
table.bars svg { display: block; width: 100%; height: 1.1rem; }
table.bars .t { font-weight: 700; border-bottom: 0; border-top: 2px solid var(--text); }
svg .plus { fill: var(--bar); } svg .minus { fill: var(--loss); } svg .all { fill: var(--dim); }
svg .line { stroke: var(--mark); stroke-width: 2; stroke-dasharray: 3 2; vector-effect: non-scaling-stroke; }
ul.items { list-style: none; padding: 0; margin: .5rem 0; }
ul.items > li { margin: .55rem 0; break-inside: avoid; }
ul.told { list-style: none; padding: 0; margin: .15rem 0 .15rem 1.4rem; font-size: .93rem; }
ul.told li { margin: .1rem 0; }
.d1 { padding-left: 1.1rem; } .d2 { padding-left: 2.2rem; } .d3 { padding-left: 3.3rem; } .d4 { padding-left: 4.4rem; }
article { border-top: 1px solid var(--line); padding: .55rem 0 .45rem; }
article.leaf { break-inside: avoid; }
article h3, article h4, article h5, article h6 { font-size: 1rem; margin: 0; display: flex; gap: .8rem;
  justify-content: space-between; align-items: baseline; }
article.group { background: var(--card); padding-left: .5rem; padding-right: .5rem; }
article.group h3 { font-size: 1.1rem; }
.pts { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
.pts small { color: var(--dim); font-weight: 400; white-space: normal; display: block; font-size: .82rem; }
.marks { color: var(--dim); font-weight: 400; font-size: .85rem; }
.i1 { margin-left: .8rem; } .i2 { margin-left: 1.6rem; } .i3 { margin-left: 2.4rem; }
dl.why { display: grid; grid-template-columns: 5.2rem 1fr; gap: .12rem .6rem; margin: .35rem 0 0; font-size: .93rem; }
dl.why dt { color: var(--dim); } dl.why dd { margin: 0; min-width: 0; }
dl.why p { margin: 0 0 .1rem; }
dd.sum p, .sum { font-variant-numeric: tabular-nums; font-weight: 600; }
dd.rule p, dd.out p { color: var(--dim); }
dd.rule p.held { color: var(--text); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: .4rem 2rem; }
figure { margin: .5rem 0 1rem; break-inside: avoid; min-width: 0; }
figcaption h3 { margin-bottom: .35rem; }
.cal { max-width: 25rem; table-layout: fixed; border-collapse: separate; border-spacing: 1px;
  font-size: .78rem; line-height: 1; }
.cal th { border: 0; padding: .1rem 0; color: var(--dim); text-align: center; white-space: nowrap; }
.cal th:first-child { width: 4.8rem; }
.cal th[scope=row] { text-align: right; padding-right: .3rem; }
.cal td { height: 1.45rem; padding: 0; text-align: center;
  border: 1px solid var(--line); background: var(--cell); }
.cal .counted { background: var(--counted); color: var(--on-counted); border-color: var(--counted); }
.cal .out { background: var(--out); color: var(--on-out); font-weight: 700; }
.cal .outside { background: repeating-linear-gradient(135deg, var(--outside) 0 3px, var(--cell) 3px 6px); }
.cal .begin, .cal .both { border-left: 4px solid var(--mark); }
.cal .end, .cal .both { border-right: 4px solid var(--mark); }
.cal .now { outline: 2px dashed var(--mark); outline-offset: -3px; }
ul.key { break-inside: avoid; list-style: none; padding: 0; margin: .4rem 0 0; font-size: .87rem; }
ul.key li { display: flex; gap: .5rem; margin: .12rem 0; align-items: baseline; }
.swatch { flex: none; display: inline-block; width: 1.5rem; height: 1.25rem; text-align: center; font-size: .78rem;
  line-height: 1.25rem; border: 1px solid var(--line); background: var(--cell); }
.swatch.counted { background: var(--counted); color: var(--on-counted); }
.swatch.out { background: var(--out); color: var(--on-out); font-weight: 700; }
.swatch.outside { background: repeating-linear-gradient(135deg, var(--outside) 0 3px, var(--cell) 3px 6px); }
.swatch.edge { border-right: 4px solid var(--mark); }
.swatch.now { outline: 2px dashed var(--mark); outline-offset: -3px; }
ol.sources { padding-left: 0; list-style: none; font-size: .9rem; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: .85rem; color: var(--dim); }
@media screen and (max-width: 34rem) {
  body { padding: .7rem; }
  dl.about, .charts { grid-template-columns: 1fr; }
  dl.why { grid-template-columns: 1fr; gap: 0; } dl.why dd { padding-left: .8rem; margin-bottom: .15rem; }
  .i1 { margin-left: .3rem; } .i2 { margin-left: .6rem; } .i3 { margin-left: .9rem; }
  ul.told { margin-left: .6rem; }
  .d1 { padding-left: .7rem; } .d2 { padding-left: 1.4rem; } .d3 { padding-left: 2.1rem; } .d4 { padding-left: 2.8rem; }
  .cal { max-width: none; } .cal th:first-child { width: 2.7rem; }
  .cal th[scope=row] { font-size: .72rem; }
  .cal tr.several th[scope=row] { white-space: normal; }
}
@media print {
  :root { --counted: #1d6b43; --on-counted: #fff; --out: #f6dfb0; --on-out: #4a3000; --outside: #ddd; --cell: #fff;
    --bar: #2d6ca8; --loss: #a1341a; --mark: #000; }
  .cal td, .swatch, table.bars svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 9.5pt; line-height: 1.4; }
  h2 { margin-top: 1rem; }
  .charts { grid-template-columns: 1fr 1fr; }
  .cal td { height: 1.25rem; }
  th, td { padding-top: .1rem; padding-bottom: .1rem; }
  article { padding: .3rem 0; }
  nav { display: none; }
  figure { margin: .6rem 0; }
}
"""


def running(left: str, right: str, page: str, pages: str, end: str) -> str:
    """The line at the head and at the foot of every printed page; all of them strings of CSS."""
    font = "font: 8pt system-ui, sans-serif; color: #444;"
    return (
        f"@page {{ margin: 18mm 16mm; @top-left {{ content: {left}; {font} }} "
        f"@bottom-left {{ content: {right}; {font} }} "
        f"@bottom-right {{ content: {page} counter(page) {pages} counter(pages) {end}; {font} }} }}\n"
    )
