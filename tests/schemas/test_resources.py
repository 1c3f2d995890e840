"""Where policies and schemas are found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from jifen import resources
from jifen.errors import JifenError


def test_schemas_are_found() -> None:
    for name in resources.schema_names():
        assert json.loads(resources.schema_text(name))["$id"].endswith(f"/{name}.schema.json")


@pytest.mark.parametrize("name", ["none", "../policies/tianjin/2022", "", "a\0b"])
def test_a_schema_that_is_not_there(name: str) -> None:
    with pytest.raises(JifenError):
        resources.schema_text(name)


def test_policies_of_the_caller_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIFEN_POLICIES", os.pathsep.join([str(tmp_path / "a"), "", str(tmp_path / "b")]))
    *named, own = resources.policies_dirs()
    assert named == [tmp_path / "a", tmp_path / "b"]
    assert (own / "tianjin" / "2022.yaml").is_file()
    monkeypatch.setenv("JIFEN_POLICIES", str(own))
    assert resources.policies_dirs() == (own,)
    monkeypatch.delenv("JIFEN_POLICIES")
    assert resources.policies_dirs() == (own,)


def test_the_wheel_carries_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "policy.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "policies").mkdir()
    monkeypatch.delenv("JIFEN_POLICIES", raising=False)
    assert resources.schema_text("policy") == "{}"
    assert resources.schema_names() == ("policy",)
    assert resources.policies_dirs() == (tmp_path / "policies",)
