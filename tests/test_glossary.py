"""Every output column of features/ and measures/ stands in GLOSSARY.md, once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "GLOSSARY.md"
RETURNS = re.compile(r"^Returns\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", re.MULTILINE | re.DOTALL)
# "    recency_days : int, ..." and "    low, [high] : float, ..." under the type of the table.
COLUMN = re.compile(r"^ {4}(\[?\w+\]?(?:, \[?\w+\]?)*) : (.*)$")
LISTED = re.compile(r"^\| (?:[^|`]* \| )?(`[^|]*) \|", re.MULTILINE)


def documented_columns(docstring: str) -> dict[str, str]:
    """Columns of a Returns section with their description."""
    found: dict[str, str] = {}
    section = RETURNS.search(docstring)
    current: list[str] = []
    for line in section.group(1).splitlines() if section else []:
        match = COLUMN.match(line)
        if match:
            current = re.findall(r"\w+", match.group(1))
            found |= dict.fromkeys(current, match.group(2).strip())
        elif line.startswith(" " * 8):
            found |= {name: f"{found[name]} {line.strip()}" for name in current}
        elif line.strip():
            current = []
    return found


def output_columns(room: str) -> dict[str, tuple[str, str]]:
    """Column -> description and function of the first module that gives it."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((ROOT / "crm_helpers" / room).rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                columns = documented_columns(ast.get_docstring(node) or "")
                given = {c: (told, f"{path.stem}.{node.name}") for c, told in columns.items()}
                found = given | found
    return found


def listed_names(text: str) -> list[str]:
    """Names in the first cell of the tables of columns, the second of the table of terms."""
    return [name for cell in LISTED.findall(text) for name in re.findall(r"`(\w+)`", cell)]


def as_row(name: str, description: str, function: str) -> str:
    """Line to put into the glossary."""
    return f"| `{name}` | {description.replace('|', '/')} | `{function}` |"


@pytest.mark.parametrize("room", ["features", "measures"])
def test_every_output_column_stands_in_the_glossary(room):
    listed = set(listed_names(GLOSSARY.read_text("utf-8")))
    columns = output_columns(room)
    missing = [
        as_row(name, *about) for name, about in sorted(columns.items()) if name not in listed
    ]
    assert columns
    assert not missing, "\n".join(["", *missing, "Add these lines to GLOSSARY.md, in plain words."])


def test_no_word_stands_twice():
    counts = Counter(listed_names(GLOSSARY.read_text("utf-8")))
    assert [name for name, count in counts.items() if count > 1] == []


def test_columns_are_read_from_the_returns_section_alone():
    docstring = """Words.

Parameters
----------
table : DataFrame
    given : int

Returns
-------
DataFrame, one row per customer
    recency_days : int, days
        until as_of
    low, [high] : float

Raises
------
ValueError
    other : never
"""
    assert documented_columns(docstring) == {
        "recency_days": "int, days until as_of",
        "low": "float",
        "high": "float",
    }


def test_names_are_read_from_the_cell_of_names():
    assert listed_names("| `a`, `b` | see `c` |\n| word | `d` | as `e` |\n") == ["a", "b", "d"]
