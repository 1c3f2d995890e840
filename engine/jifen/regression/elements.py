"""What of a policy a case can touch: the elements that coverage counts.

An element is one way in which one part of a policy can act, at its place in the file:

* `indicator`: a line of the table gave points other than 0; `when`: its condition did not hold;
* `band`: the number lay in this step; `option`: this option (or one of this row's) was looked up, or had months
  or a record that counts;
* `tier`: months or records fell into this tier, or calendar rate;
* `cap`: it cut something off (`reached`), or there were points that it left alone (`not reached`);
* `requirement`, `veto` and `gate`: met, and failed; `check`: struck;
* `keep`: the step left months or a record out; `window`: a record lay outside; `distinct`: a record was not counted
  beside another of the same act;
* `state`: a course of events stood in it; `move`: it came about; `time_window` and `term`: something was judged by it;
  `lever`: some way has it;
* `round`: an application fell into it; `reading`: a case takes this option; `verdict`: qualifies, and does not.

What can never act is no element: a veto that a reading turns off, a band outside the range of its number.
"""

from __future__ import annotations

from typing import NamedTuple

from jifen.document.places import Place


class Element(NamedTuple):
    """One way in which a part of a policy can act: its kind, whose part it is, which way, and where it stands."""

    place: Place
    kind: str
    name: str
    way: str = ""
    way_zh: str = ""

    def text(self, lang: str) -> str:
        """What it is that no case touches."""
        zh, en = _WORDS[self.kind]
        way = _WAYS.get(self.way, (self.way_zh or self.way, self.way))[0 if lang == "zh" else 1]
        return (zh if lang == "zh" else en).format(name=self.name, way=way)


_WORDS = {
    "indicator": ("指标 {name}：从未得分", "indicator {name}: never gives points"),
    "when": ("指标 {name}：条件从未不成立", "indicator {name}: its `when` always holds"),
    "band": ("指标 {name}：没有数值落入分档 {way}", "indicator {name}: no number in the band {way}"),
    "option": ("指标 {name}：没有用到选项 {way}", "indicator {name}: the option {way} is never taken"),
    "tier": ("指标 {name}：没有用到{way}", "indicator {name}: {way} is never entered"),
    "cap": ("{name} 的上限：{way}", "cap of {name}: {way}"),
    "requirement": ("条件 {name}：{way}", "requirement {name}: {way}"),
    "veto": ("否决条件 {name}：{way}", "veto {name}: {way}"),
    "gate": ("分项条件 {name}：{way}", "gate {name}: {way}"),
    "check": ("提示 {name}：从未出现", "check {name}: never strikes"),
    "keep": ("{name}：从未因此排除（{way}）", "{name}: nothing is left out because {way}"),
    "window": ("{name}：没有期间以外的记录", "{name}: no record lies outside the window"),
    "distinct": ("{name}：没有重复计算的记录", "{name}: no second record of the same act"),
    "round": ("没有 {name} 期的申请", "no application in the round {name}"),
    "reading": ("读法 {name}：没有用例取 {way}", "reading {name}: no case takes {way}"),
    "state": ("状态 {name}：没有用例到过", "state {name}: no case stands in it"),
    "move": ("变化 {name}：没有用例经过", "move {name}: no case takes it"),
    "time_window": ("时间窗 {name}：没有用例涉及", "window {name}: nothing is judged by it"),
    "term": ("期限 {name}：没有用例涉及", "term {name}: nothing is judged by it"),
    "lever": ("办法 {name}：没有用例采用", "lever {name}: no case has a way by it"),
    "verdict": ("结论：{way}", "verdict: {way}"),
}

_WAYS = {
    "reached": ("从未达到", "never reached"),
    "not reached": ("从未未达到", "never left alone"),
    "met": ("从未满足", "never met"),
    "failed": ("从未不满足", "never failed"),
    "qualifies": ("无人合格", "nobody qualifies"),
    "does not qualify": ("无人不合格", "everybody qualifies"),
    "the rest": ("（其余）", "(the rest)"),
}
