"""Which columns a notebook's cells give without the docstring of their helper naming them."""

import ast
import inspect
import json
import re
from pathlib import Path

import pandas as pd

from crm_helpers.page.section import Section

ROOT = Path(__file__).resolve().parents[2]


def unnamed(stem: str, names: dict) -> dict[str, list[str]]:
    """Columns that `?` on a helper does not name, by helper.

    A frame that holds the attributes of a source may name them as attributes.

    Parameters
    ----------
    stem : str
    names : dict
        What the cells of the notebook left behind.

    Returns
    -------
    dict of helper to columns
    """
    tables = names["report"].tables
    attributes = {column for table in tables for column in tables[table].columns}
    found = {}
    for target, call in _calls(stem):
        doc = set(re.findall(r"\w+", inspect.getdoc(eval(ast.unparse(call.func), names)) or ""))
        given = attributes if "attributes" in doc else set()
        lacking = [c for c in _columns(names[target]) if not _words(c) <= doc and c not in given]
        if lacking:
            found[ast.unparse(call.func)] = lacking
    return found


def _calls(stem: str) -> list[tuple[str, ast.Call]]:
    cells = json.loads((ROOT / "notebooks" / f"{stem}.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [
        (node.targets[0].id, node.value)
        for text in code
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    ]


def _columns(given: object) -> list[str]:
    if isinstance(given, Section):
        try:
            given = given.data
        except ValueError:
            return []
    return [str(c) for c in given.columns] if isinstance(given, pd.DataFrame) else []


def _words(column: str) -> set[str]:
    return set(re.findall(r"\w+", column))
