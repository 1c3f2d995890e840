"""What `jifen new` writes: a small policy that works, with its sections explained, and its cases."""

from string import Template

POLICY = Template("""\
# 一个地方的一个版本。本文件可以直接检查和计分，请逐节换成公告的内容。
# One version of one place. It can be checked and scored as it is; replace each section by what the notice says.
policy: $id
title: {zh: ${place}积分（${version}）, en: "Points of ${place}, ${version}"}

# 施行的首日和末日，均含；仍在施行的不写 to
# The first and the last day in force, both inside; no `to` while it is in force.
in_force: {from: ${year}-01-01}

# 依据。每个分值都要用 cite 写明出处 / what it rests on; every point value has a `cite`
sources:
  notice:
    title: {zh: 公告的标题, en: title of the notice}
    kind: official # 或 / or: explainer, calculator, practice

# 原文未定之处：写出问题和各种读法，不要悄悄取舍 / where the text is open: a question and its readings, no silent choice
readings:
  part_years:
    question: {zh: 不满一年的月份是否计分, en: Do months score that are no full year}
    options: {monthly: {zh: 按月计分, en: month by month}, full_years: {zh: 只计满年, en: full years only}}
    default: monthly
    cite: notice#2

# 时点：由申请日算出，或用 date 写定 / dates: computed from the day of application, or fixed with `date`
anchors:
  cutoff: {label: {zh: 结算日, en: last day that counts}, years: -1, month: 12, day: last}

# 各项情况；没有 default 的必须填写 / facts; what has no `default` must be given
facts:
  birth_date: {label: {zh: 出生日期, en: date of birth}, type: date}
  education:
    label: {zh: 学历, en: education}
    type: choice
    options:
      degree: {zh: 本科及以上, en: a degree}
      none: {zh: 其他, en: none}

# 逐月的经历，一段一段地填写 / what held month by month, in spells
timelines:
  work:
    label: {zh: 就业, en: work}
    attributes:
      paid:
        label: {zh: 缴费方式, en: payment}
        type: choice
        options: {on_time: {zh: 按时缴纳, en: on time}, late: {zh: 补缴, en: late}}

# 有日期的事件 / dated events
records:
  breaches: {label: {zh: 违规记录, en: breaches}, at_most: 100, default: []}

# 哪些月份计分；每去掉一些，都写明理由 / which months score; whatever is left out has its reason
months:
  worked:
    of: work
    keep:
      - {when: paid == "on_time", else: {zh: 补缴的月份不计, en: months paid late do not count}, cite: notice#2}
    to: cutoff

# 申请条件 / who may apply
eligibility:
  worked_a_year: {label: {zh: 就业满12个月, en: 12 months of work}, require: count(worked) >= 12, cite: notice#1}

# 指标及分值，按公告表格的次序 / the table of points, in the order of the notice
indicators:
  work:
    label: {zh: 就业年限, en: years of work}
    cite: notice#2
    accrue:
      months: worked
      per: year
      credit: {reading: part_years, monthly: monthly, full_years: full_years}
      points: 10
  education:
    label: {zh: 学历, en: education}
    cite: notice#3
    lookup: {of: education, points: {degree: 20, none: 0}}
  age:
    label: {zh: 年龄, en: age}
    cite: notice#4
    bands:
      of: "age(birth_date, application)" # 含逗号的表达式要加引号 / an expression with a comma stands in quotes
      steps:
        - {to: 35, points: 10} # to 含本数，below 不含 / `to` is inside, `below` is not
        - {points: 0}
  breaches:
    label: {zh: 违规记录, en: breaches}
    cite: notice#5
    per_record: {of: breaches, within: {years: 5, before: application}, points: -10}

# 结果 / the outcome
outcome: {line: 60, cite: notice#6}
""")

CASES = Template("""\
# 例子：公告印出的算例，以及每条规则边界两侧的情形。source 写明预期结果的来历。
# Cases: the worked examples of the notice, and both sides of each edge. `source` says where a number comes from.
policy: $id

applicants:
  base:
    date: ${year}-06-10
    facts: {birth_date: ${born}-06-10, education: degree}
    timelines: {work: [{from: ${started}-01, paid: on_time}]}

cases:
  - name: four years of work
    source: "48 * 10/12 + 20 + 10 = 70"
    applicant: base
    expect: {total: 70, qualifies: true, parts: {work: 40, education: 20, age: 10}, months: {work: 48}}
  - name: a month less
    source: "47 * 10/12 = 235/6"
    applicant: base
    with: {timelines: {work: [{from: ${started}-02, paid: on_time}]}}
    expect: {parts: {work: "235/6"}, months: {work: 47}}
  - name: a month less by full years
    source: "3 * 10"
    applicant: base
    with: {timelines: {work: [{from: ${started}-02, paid: on_time}]}}
    readings: {part_years: full_years}
    expect: {parts: {work: 30}}
  - name: one breach leaves the line reached
    source: "70 - 10 reaches 60"
    applicant: base
    with: {records: {breaches: [{date: ${year}-01-15}]}}
    expect: {total: 60, qualifies: true}
  - name: eleven months are no year
    source: "${last}-02 to ${last}-12 are 11 months"
    applicant: base
    with: {timelines: {work: [{from: ${last}-02, paid: on_time}]}}
    expect: {eligible: false, qualifies: false, requirements: {worked_a_year: false}}
""")

SCHEMA_LINE = "# yaml-language-server: $schema={path}/{name}.schema.json\n"


def texts(name: str, year: int, schemas: str) -> tuple[str, str]:
    """The policy `place/version` and its cases, in force from the first day of a year.

    `schemas` is the way from the files to the folder of schemas, "" where there is none.
    """
    place, _, version = name.rpartition("/")
    values: dict[str, object] = {"id": name, "place": place, "version": version, "year": year}
    values |= {"born": year - 30, "started": year - 4, "last": year - 1}
    found = []
    for schema, template in (("policy", POLICY), ("cases", CASES)):
        head = SCHEMA_LINE.format(path=schemas, name=schema) if schemas else ""
        found.append(head + template.substitute(values))
    return found[0], found[1]
