"""Plain data as YAML 1.2 that reads back as the same data."""

import math
import re
from decimal import Decimal

import yaml

from jifen.document.cuts import left_open
from jifen.document.tree import Plain, Value

# A date, a month or a fraction is a text in YAML 1.2 and may stand without quotes.
_PLAIN_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d+/\d+")
_LOOKS_LIKE_A_NUMBER = re.compile(r"[-+.]?[0-9][0-9_.eExXoO+-]*")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None
    if _LOOKS_LIKE_A_NUMBER.fullmatch(value) and not _PLAIN_DATE.fullmatch(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _decimal)


def yaml_text(value: Plain) -> str:
    """The value as YAML, Chinese as Chinese, keys in their order."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def scalar_text(value: Value) -> str:
    """One value as YAML on one line, which reads back as the same value."""
    style = None
    if isinstance(value, str) and not value.isprintable():
        style = '"'
    elif isinstance(value, str) and left_open(value):
        # With a comment behind it, an open bracket would look like the start of a text that was cut.
        style = "'"
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, width=math.inf, default_style=style)
    return text.removesuffix("\n").removesuffix("\n...")
