"""An invented place with two versions, and the people who apply there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

# Work from 2021-12 on: 25 months at the end of 2023, 31 in June 2024, 37 at the end of 2024.
RUTH: dict[str, Any] = {
    "applicant": "ruth",
    "date": "2024-03-05",
    "facts": {"birth_date": "1988-05-20", "school": "none"},
    "timelines": {"work": [{"from": "2021-12"}]},
    "records": {"fines": [{"date": "2019-07-10"}]},
}

LATER: dict[str, Any] = {
    "assume": [
        {
            "date": "2025-06-15",
            "label": {"zh": "毕业", "en": "finishes school"},
            "facts": {"school": "higher"},
        },
        {
            "date": "2026-10-05",
            "label": {"zh": "辞职", "en": "leaves the job"},
            "timelines": {"work": {"end": "2026-03"}},
        },
    ]
}

# 14 months at the end of February 2024.
IDA: dict[str, Any] = {
    "applicant": "ida",
    "date": "2024-05-20",
    "timelines": {"work": [{"from": "2023-01"}]},
}
