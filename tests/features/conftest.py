"""Tiny canonical tables as fixtures; the rows stand in tiny_tables.py."""

import importlib.util
import sys
from pathlib import Path

import ibis.expr.types as ir
import pytest

_SPEC = importlib.util.spec_from_file_location(
    "tiny_tables", Path(__file__).with_name("tiny_tables.py")
)
sys.modules["tiny_tables"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["tiny_tables"])


@pytest.fixture
def tiny_tables() -> dict[str, ir.Table]:
    """Tiny canonical tables, by name."""
    return {name: tiny.table() for name, tiny in sys.modules["tiny_tables"].TINY.items()}
