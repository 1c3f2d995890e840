"""What `--help` says of the commands and their options, in Chinese and English."""

WORDS: dict[str, tuple[str, str]] = {
    "help.program": (
        "按政策文件计算积分，并说明每一分的来历。\n\n退出状态：0 完成；1 数据或政策有误；2 命令用法有误；"
        "3 未达到结论要求（仅限 --check-qualifies），或公布的分值与重算不一致（仅限 review）；"
        "4 尚不能定论（仅限 --bounds 与 --check-qualifies）。",
        "Score people by points policies, and say where every point comes from.\n\n"
        "Exit status: 0 done; 1 the data or a policy is wrong; 2 wrong usage; "
        "3 not qualifying (with --check-qualifies only), or a published score that differs (review only); "
        "4 still open (--bounds with --check-qualifies only).",
    ),
    "help.help": ("显示本说明并退出。", "Show this message and exit."),
    "help.version": ("显示版本并退出。", "Show the version and exit."),
    "help.lang": ("输出的语言（默认取自环境）。", "Language of the output (by default the environment's)."),
    "help.output": ("写入文件，而不是标准输出。", "Write to this file, not to standard output."),
    "help.format": ("输出的形式（默认 {default}）。", "Form of the output ({default} by default)."),
    "help.score": (
        "为一名申请人计分。\n\nAPPLICANT 是YAML或JSON文件；- 表示标准输入。",
        "Score one applicant.\n\nAPPLICANT is a YAML or JSON file; - is standard input.",
    ),
    "help.score.policy": ("政策的编号或文件。", "The policy: its id or its file."),
    "help.score.place": (
        "地区；选用申请日期（或政策所指的日期）当天有效的政策。",
        "The place; the policy in force on the date of application is taken, or on the date that it names.",
    ),
    "help.explain": (
        "说明每个数的来历：规则、取值、算式、计入和不计的月份、缺少什么、依据。\n\n"
        "APPLICANT 是YAML或JSON文件；- 表示标准输入。html 是可打印的积分核定报告。",
        "Say why each number is what it is: the rule, what was read, the sum, the months that counted and those that "
        "did not, what is missing, and the clause.\n\n"
        "APPLICANT is a YAML or JSON file; - is standard input. html is the points notice, for print.",
    ),
    "help.explain.indicator": (
        "只说明这一指标（路径，或唯一的名称）。",
        "Explain this indicator only: its path, or its name where only one has it.",
    ),
    "help.explain.printed": (
        "写在报告上的打印日期（YYYY-MM-DD）。",
        "The day of printing that the notice bears (YYYY-MM-DD).",
    ),
    "help.reading": (
        "对条文未明之处另作理解；可重复。",
        "Read an open question of the text in another way; may be repeated.",
    ),
    "help.score.bounds": (
        "信息不全时给出分值的范围、已能确定的结论，以及接下来最应问的问题。",
        "Where something is missing: the range of every part, what is certain, and what to ask next.",
    ),
    "help.score.readings": (
        "列出每种读法下的总分和结论，以及对申请人最有利和最不利的组合；以 --reading 指定的读法不变。",
        "Show the total and the verdict under every reading, and the combinations best and worst for the applicant; "
        "readings named by --reading stay.",
    ),
    "help.score.check": (
        "不合格时以状态3退出；与 --bounds 同用时，尚不能定论则以状态4退出。",
        "Exit with status 3 where the verdict is not to qualify; with --bounds, with 4 while it is open.",
    ),
    "help.plan": (
        "测算申请人怎样、何时能达到分值线：逐一计算政策所列办法的全部组合，列出缺一不可的各种组合，"
        "最早、最少的在前。\n\nAPPLICANT 是YAML或JSON文件；- 表示标准输入。",
        "What an applicant can do to reach the line, and when: every least combination of the policy's levers, the "
        "earliest first, each proven by scoring.\n\n"
        "APPLICANT is a YAML or JSON file; - is standard input.",
    ),
    "help.plan.policy": (
        "政策的编号或文件；各日均按这一版计算。",
        "The policy, its id or its file; it is taken for every day.",
    ),
    "help.plan.place": (
        "地区；每一天按当天有效的版本计算。",
        "The place; on each day the version then in force is taken.",
    ),
    "help.plan.target": (
        "要达到的总分，代替政策的分值线。",
        "The total to be reached, in place of the policy's line.",
    ),
    "help.plan.by": (
        "最晚申请日（YYYY-MM-DD，默认五年内）。",
        "The last day to apply (YYYY-MM-DD; five years on by default).",
    ),
    "help.plan.lever": ("只考虑这一办法；可重复。", "Look at this lever only; may be repeated."),
    "help.check": (
        "检查政策文件。\n\nPATH 是文件、文件夹或政策编号；不给则检查所有已知政策。有错误时退出状态为1。",
        "Check policy files.\n\n"
        "PATH is a file, a folder or the id of a policy; all known policies are checked where none is given. "
        "The exit status is 1 where there are errors.",
    ),
    "help.list": ("列出已知的政策。", "List the policies known."),
    "help.show": (
        "显示一项政策：指标、规则、分值与依据。\n\nPOLICY 是政策的编号或文件。",
        "Show a policy: indicators, rules, points and citations.\n\nPOLICY is its id or its file.",
    ),
    "help.show.resolved": (
        "显示连同继承内容在内的完整文件，并注明每个值出自哪个文件的哪一行。",
        "Show the whole document with all that it inherits, and the file and line of each value.",
    ),
    "help.check.on": (
        "以这一天为准，提醒久未核对原文的政策和没有后续版本的过期政策。",
        "Warn of policies not reviewed for two years on this day, and of those that are over with none after.",
    ),
    "help.new": (
        "写出一份新政策的骨架及其例子，可以直接检查和运行。\n\n绝不覆盖已有的文件。",
        "Write the skeleton of a new policy and its cases, which can be checked and run at once.\n\n"
        "No file is ever overwritten.",
    ),
    "help.new.folder": ("政策文件夹（默认 policies）。", "The folder of policies (policies by default)."),
    "help.calendar": (
        "列出一个地区各期的全部时间窗：表格、可订阅的 .ics 或 JSON。\n\nPLACE 是地区，或某一政策的编号。",
        "List every window of every round of a place: as a table, as an .ics to subscribe to, or as JSON.\n\n"
        "PLACE is a place, or the id of one policy.",
    ),
    "help.calendar.year": ("只列这一年的。", "Only those of this year."),
    "help.status": (
        "说明一宗申请处于何种状态、现在可以做什么、由谁、至何时，以及无人处理时的后果。\n\n"
        "CASE 是YAML或JSON文件，依次列出发生过的事；- 表示标准输入。",
        "Say where a case stands, what may be done now, by whom and until when, and what comes if nobody acts.\n\n"
        "CASE is a YAML or JSON file that lists what has happened, in order; - is standard input.",
    ),
    "help.status.on": (
        "截至何时，如 2025-05-28T10:00（当地时间）；默认为最后一个事件之时。",
        "The moment to look at, such as 2025-05-28T10:00 in local time; by default that of the last event.",
    ),
    "help.schema": (
        "输出一份JSON Schema；`arrow POLICY` 则输出某项政策所读Arrow表格的结构。",
        "Print a JSON Schema; `arrow POLICY` prints the schema of the Arrow tables that a policy reads.",
    ),
    "help.test": (
        "运行政策的用例。\n\n"
        "PATH 是用例文件、政策文件、文件夹或政策编号；不给则运行所有已知政策的用例。"
        "退出状态：0 全部通过；1 有失败或没有用例；2 命令用法有误。",
        "Run the cases of policies.\n\n"
        "PATH is a file of cases, a policy's file or id, or a folder; the cases of all known policies are run where "
        "none is given. Exit status: 0 all pass; 1 one fails, or there is none; 2 wrong usage.",
    ),
    "help.test.keyword": (
        "只运行名称与 EXPR 相符的用例：名称中的字词，以 and、or、not 和括号连接；含空格的须加引号。",
        "Run only cases whose name matches EXPR: parts of names joined by and, or, not and brackets; a part with "
        "blanks goes in quotes.",
    ),
    "help.test.junit": ("另以 JUnit XML 写入此文件。", "Write the results to this file as JUnit XML too."),
    "help.test.update": (
        "把不符的预期改写为实际结果；文件中其余的字一概不动。",
        "Rewrite the expectations that do not hold as what is; nothing else in the files changes.",
    ),
    "help.cover": (
        "政策的哪些部分没有任何用例触及：指标、分档、选项、上限、条件、排除理由、期次、读法。\n\n"
        "PATH 是用例文件、政策文件、文件夹或政策编号；不给则统计所有已知政策。",
        "What of a policy no case touches: indicators, bands, options, caps, requirements, reasons, rounds, "
        "readings.\n\n"
        "PATH is a file of cases, a policy's file or id, or a folder; all known policies where none is given.",
    ),
    "help.cover.under": (
        "覆盖率低于此百分比时以状态1退出。",
        "Exit with status 1 where less than this percentage is touched.",
    ),
    "help.mutate": (
        "逐处改动政策（数、界限、运算符、上限、条件……），看用例能否发现。\n\n"
        "PATH 同 cover。没有被发现的改动逐条列出，并建议可发现它的用例。",
        "Change a policy in one place at a time (a number, bound, operator, cap, condition ...) and see whether a "
        "case fails.\n\n"
        "PATH is as for cover. Changes that no case notices are listed, each with a case that would.",
    ),
    "help.mutate.jobs": (
        "同时运行的进程数（默认为处理器数）。",
        "Processes at once (by default one for each core).",
    ),
    "help.mutate.survivors": (
        "把未被发现的改动另写入此文件，形式同 <版本>.equivalent.yaml。",
        "Write the changes that no case notices to this file too, in the form of <version>.equivalent.yaml.",
    ),
    "help.mutate.under": (
        "被发现的改动低于此百分比时以状态1退出。",
        "Exit with status 1 where less than this percentage of the changes is noticed.",
    ),
    "help.diff": (
        "比较两份政策的含义：分值、条件、依据和文字各有哪些变化。\n\nA 和 B 是政策的编号、文件，或 git 版本 REV:路径。"
        "退出状态：0 相同；1 不同；2 无法比较。",
        "Say what changed in meaning between two policies: points, conditions, citations, texts.\n\n"
        "A and B are ids, files, or git revisions REV:path/to/policy.yaml. "
        "Exit status: 0 equal; 1 different; 2 they cannot be compared.",
    ),
    "help.impact": (
        "说明由政策 A 改为政策 B 对一群人的影响：谁得分、谁失分、谁越过分值线。",
        "Say what a change from policy A to policy B does to a population: who gains, who loses, who crosses the line.",
    ),
    "help.impact.population": (
        "申请人的JSON Lines文件，或 synthetic:N（按分布虚构N人）。",
        "A file of applicants as JSON Lines, or synthetic:N for N invented ones.",
    ),
    "help.impact.sample": (
        "把文件中的人视为更大人群的样本，给出置信区间。",
        "Take the people of the file as a sample of more, and give confidence intervals.",
    ),
    "help.impact.dates": (
        "跨年时移动此人的全部日期（person）还是只移动申请日（application）。",
        "Where years are moved: all dates of a person, or that of the application alone.",
    ),
    "help.impact.seed": ("虚构人口的种子（默认1）。", "Seed of the invented population (1 by default)."),
    "help.review": (
        "复核公布的分值：重算，列出不一致的分项、恰好能得出公布分值的解释、可附材料和复核时间。\n\n"
        "APPLICANT 是申请人的文件，PUBLISHED 是公布的分值（jifen schema published），均为YAML或JSON。"
        "解释都是改动申请人资料后重算得出的；能得出公布的分值，不等于主管部门就是这样算的。"
        "退出状态：0 一致；3 有不一致；1 数据有误；2 命令用法有误。",
        "Review a published score: score again, and list the parts that differ, what would give exactly the published "
        "numbers, what to attach, and until when.\n\n"
        "APPLICANT is the applicant's file, PUBLISHED the published score (jifen schema published), as YAML or JSON. "
        "Explanations are found by scoring changed applicants; that one would give the published number does not say "
        "that the office came to it so. Exit status: 0 nothing differs; 3 something does; 1 the data is wrong; "
        "2 wrong usage.",
    ),
    "help.review.on": (
        "判断复核时间的时刻，如 2025-05-28T10:00（未写时差即当地时间）；不给则只列出时间，不作判断。",
        "The minute at which the review window is judged, such as 2025-05-28T10:00, in local time unless it has an "
        "offset; the window is only stated where none is given.",
    ),
    "help.review.policy": (
        "政策的编号或文件（默认取自公布的分值）。",
        "The policy: its id or its file (by default that of the published score).",
    ),
    "help.replay": (
        "证明存档的积分单出自某一政策和某一申请人，否则指出第一处不同。\n\n"
        "CARD 是 jifen score --format json 写出的积分单，APPLICANT 是申请人的文件。"
        "退出状态：0 已证明；1 不同，或数据有误；2 命令用法有误。",
        "Prove that a stored scorecard follows from a policy and an applicant, or show the first thing that differs."
        "\n\nCARD is a scorecard as jifen score --format json writes it, APPLICANT the applicant's file. "
        "Exit status: 0 proved; 1 it differs, or the data is wrong; 2 wrong usage.",
    ),
    "help.replay.policy": (
        "政策的编号或文件（默认按积分单所写的编号）。",
        "The policy: its id or its file (by default that which the card names).",
    ),
    "help.forecast": (
        "预测此后各申报期的分值：没有写终点的时段持续，其余不变；列出变化及日期，以及首次达到要求的申报期。\n\n"
        "APPLICANT 是YAML或JSON文件；- 表示标准输入。没有申报期的政策逐月预测。",
        "Forecast the score in each coming round if open spells go on as they are: what changes and on which day, and "
        "the first round that meets the line.\n\n"
        "APPLICANT is a YAML or JSON file; - is standard input. A scheme without rounds is forecast month by month.",
    ),
    "help.forecast.policy": (
        "只用这一政策（编号或文件），到期后按现行规定推算。",
        "This policy alone, its id or its file; beyond its end it is taken to go on.",
    ),
    "help.forecast.place": (
        "地区；各日期用当时有效的政策。",
        "The place; on each day the policy in force then is used.",
    ),
    "help.forecast.from": (
        "起点（默认为申请日期）。",
        "The first day looked at (by default the date of application).",
    ),
    "help.forecast.until": (
        "终点：月份或日期，如 2030-12（默认为第四个整年之末）。",
        "Where it ends: a month or a day, such as 2030-12 (by default the end of the fourth year after).",
    ),
    "help.forecast.assume": (
        "将要发生的变化，YAML或JSON文件（jifen schema assumptions）。",
        "What is assumed to happen, a YAML or JSON file (jifen schema assumptions).",
    ),
}
