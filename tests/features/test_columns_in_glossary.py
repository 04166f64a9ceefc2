"""Columns that feature functions really give, beside those of their input: all in the glossary."""

import importlib.util
import re
from pathlib import Path

import ibis.expr.types as ir
import pytest
from tiny_tables import TINY

# The leakage law knows every feature function and what to call it with.
_SPEC = importlib.util.spec_from_file_location(
    "leakage_law", Path(__file__).with_name("test_leakage_law.py")
)
law = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(law)

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"
NAMES = set(re.findall(r"`(\w+)`", GLOSSARY.read_text("utf-8")))


@pytest.mark.parametrize("function", law.FUNCTIONS)
def test_a_feature_gives_no_column_without_a_meaning(function):
    names = law.tables_of(function)
    result = function(*(TINY[name].table() for name in names), **law.parameters_of(function))
    known = NAMES.union(*(TINY[name].schema for name in names))
    columns = result.columns if isinstance(result, ir.Table | type(None)) else list(result)
    missing = [column for column in columns if column not in known]
    assert not missing, f"{function.__name__}: add {missing} to GLOSSARY.md"
