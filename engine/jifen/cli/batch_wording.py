"""What `jifen batch` says, in Chinese and English."""

WORDS: dict[str, tuple[str, str]] = {
    "help.batch": (
        "为一个文件、一组表格或数据库中的所有申请人评分。\n\n"
        "INPUT 是 Parquet、JSON Lines（每行一份申请人数据）或 CSV（列表以 JSON 写在单元格内）；"
        "或含有 applicants 表及各时段、记录表的文件夹；或数据库地址（duckdb:///文件、postgresql://…），另用 --query。"
        "OUTPUT 是 Parquet、JSON Lines 或 CSV。"
        "读不懂的行写入 <OUTPUT>.rejects.jsonl，其余照常评分；中断后重新运行即可续算。"
        "按名次录取的政策对全部合格者排名。\n\n"
        "退出状态：0 全部评分；1 有退回的行，或数据、政策有误；2 命令用法有误；5 另一次运行正在写同一输出。",
        "Score all applicants of a file, of a folder of tables or of a database.\n\n"
        "INPUT is Parquet, JSON Lines (an applicant's data a line) or CSV (a list as JSON in its cell); or a folder "
        "with a table applicants and one for each timeline and record list; or the address of a "
        "database (duckdb:///FILE, postgresql://...), with --query. OUTPUT is Parquet, JSON Lines or CSV. "
        "Rows that cannot be read go to <OUTPUT>.rejects.jsonl and the rest is scored. "
        "Run it again after it was cut off, and it goes on. A policy that ranks ranks all who qualify.\n\n"
        "Exit status: 0 all are scored; 1 some rows are rejected, or the data or the policy is wrong; 2 wrong usage; "
        "5 another run is at work on the same output.",
    ),
    "help.batch.query": (
        "数据库中申请人的查询，列同 jifen schema arrow。",
        "The query for the applicants in a database, with the columns of `jifen schema arrow`.",
    ),
    "help.batch.rows": (
        "某时段或记录另在一表中，每行一条，以 applicant 列对应申请人：文件或数据库的查询；可重复。",
        "A timeline or record list in a table of its own, a row each, with a column applicant: a file or, of a "
        "database, a query; may be repeated.",
    ),
    "help.batch.carry": (
        "把输入的这一列原样写入输出；可重复。",
        "Pass this column of the input on to the output; may be repeated.",
    ),
    "help.batch.policy": ("政策的编号或文件。", "The id or the file of the policy."),
    "help.batch.quota": (
        "录取人数，用于按名次录取的政策；默认按政策所定。",
        "How many are admitted, for a policy that ranks; by default as it states.",
    ),
    "help.batch.preferences": (
        "志愿所在的列（文本列表），用于依志愿分配的政策；与 --seats 同用。",
        "The column with each applicant's preferences, a list of texts, for a policy that gives places by preference.",
    ),
    "help.batch.seats": (
        "某志愿的名额；可重复。",
        "How many a place has room for; may be repeated.",
    ),
    "help.batch.decimals": ("另加四舍五入到若干位小数的列。", "Add columns rounded to so many decimals."),
    "help.batch.backend": (
        "计算方式：fused 为机器码（附加包 fast），columns 为列运算；不写则大批量时用 fused。",
        "How to compute: fused is machine code (extra fast), columns is NumPy; without it, fused for many rows.",
    ),
    "help.batch.threads": ("线程数（默认为处理器数）。", "Threads (by default as many as processors)."),
    "batch.counts": (
        "共 {rows} 行：已评分 {scored}，退回 {rejected}",
        "{rows} rows: {scored} scored, {rejected} rejected",
    ),
    "batch.ranked": ("；参加排名 {ranked}", "; {ranked} ranked"),
    "batch.admitted": ("，录取 {admitted}", ", {admitted} admitted"),
    "batch.line": ("（末位：{line}）", " (the last with {line})"),
    "batch.given": ("；获分配 {given}", "; {given} given a place"),
    "batch.substitutes": ("；递补者见 {path}", "; substitutes in {path}"),
    "seats_form": ("--seats 应写成 PLACE=NUMBER：{text}", "--seats is written PLACE=NUMBER: {text}"),
    "seats_alone": ("--preferences 与 --seats 须同时使用", "--preferences and --seats go together"),
    "no_allocation": ("{policy} 不依志愿分配", "{policy} does not give places by preference"),
    "needs_quota": ("{policy} 未定录取人数，请用 --quota", "{policy} states no quota: use --quota"),
    "no_ranking": ("{policy} 不按名次录取", "{policy} does not rank"),
    "batch.resumed": ("；其中 {rows} 行为上次已完成", "; {rows} of them were done by an earlier run"),
    "batch.rejects": ("；原因见 {path}", "; {path} says why"),
    "batch.lost": ("；其他表中 {rows} 行无对应申请人", "; {rows} rows of other tables belong to nobody"),
    "rows_form": ("--rows 应写成 NAME=TABLE：{text}", "--rows is written NAME=TABLE: {text}"),
    "no_database": (
        "不能读取 {url}；可读 duckdb:// 和 postgresql://",
        "{url} cannot be read; duckdb:// and postgresql:// can",
    ),
    "needs_query": ("读取数据库需要 --query", "a database needs --query"),
    "query_alone": ("--query 只用于数据库", "--query is for databases"),
    "no_form": ("{path} 须以 {forms} 结尾", "{path} must end in {forms}"),
    "cannot_write_scores": ("无法写入 {path}", "cannot write {path}"),
}
