"""The reference pages of docs/: contracts, notebooks and declared parameters -> Markdown.

``python -m crm_helpers.runner.handbook`` writes them anew; a test holds them to what they say.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crm_helpers.page.parameter_values import Parameter
from crm_helpers.page.parameters import DECLARED
from crm_helpers.runner.resolution import cell_parameters, yaml_parameters
from crm_helpers.tables.contract import DATA_UNTIL, IN_WORDS, Column, Contract
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.paths import project_root

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
OF_EVERY_REPORT = ("source", "as_of", "seed")
NO_LIMIT = 1_000_000_000  # a bound that only keeps nonsense out


def table_reference(notebooks: Path) -> str:
    """Every table and column, with meaning, unit, type, limits and the reports that want it.

    Parameters
    ----------
    notebooks : Path
        Folder of the notebooks, whose metadata say what each needs and uses.

    Returns
    -------
    str, Markdown: one heading and one table per contract
    """
    wanted, used = _wanted(notebooks)
    return "\n\n".join(_table(one, wanted, used) for one in CONTRACTS.values())


def parameter_reference(notebooks: Path, params: Path) -> str:
    """Every parameter by report: meaning, type, unit, range and the value it runs with.

    Parameters
    ----------
    notebooks, params : Path
        Folders of the notebooks and of the parameter files.

    Returns
    -------
    str, Markdown: one heading and one table per report
    """
    parts = [_parameters("every report", dict.fromkeys(OF_EVERY_REPORT, None))]
    for notebook in _notebooks(notebooks):
        values = cell_parameters(notebook) | yaml_parameters(params / f"{notebook.stem}.yaml")
        own = {name: value for name, value in values.items() if name not in OF_EVERY_REPORT}
        if own:
            parts.append(_parameters(notebook.stem, own))
    return "\n\n".join(parts)


def with_reference(page: str, reference: str) -> str:
    """Page whose generated part is the reference given; what people wrote around it stays.

    Raises
    ------
    ValueError
        If the page does not mark where the generated part begins and ends.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"page of docs: found no {BEGIN} ... {END}; expected both. Add them.")
    return f"{before}{BEGIN}\n\n{reference}\n\n{END}{after}"


def pages(root: Path) -> dict[Path, str]:
    """Pages of docs/ as they should be, by path."""
    notebooks, params, docs = root / "notebooks", root / "params", root / "docs"
    made = {
        docs / "own-data.md": table_reference(notebooks),
        docs / "parameters.md": parameter_reference(notebooks, params),
    }
    return {path: with_reference(path.read_text("utf-8"), text) for path, text in made.items()}


def main() -> int:
    """Write the pages of docs/; 0."""
    for path, text in pages(project_root()).items():
        path.write_text(text, encoding="utf-8")
    return 0


def _notebooks(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.ipynb")) if path.stem != "template"]


def _wanted(notebooks: Path) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """Reports by column that they cannot do without, and by table that they read."""
    by_column, by_table = defaultdict(list), defaultdict(list)
    for notebook in _notebooks(notebooks):
        about = json.loads(notebook.read_text("utf-8"))["metadata"].get("crm", {})
        needs = [pair for need in about.get("needs", []) for pair in need.items()]
        for table, column in [(table, column) for table, columns in needs for column in columns]:
            by_column[table, column].append(notebook.stem)
        for table in [*(table for table, _ in needs), *about.get("uses", [])]:
            by_table[table].append(notebook.stem)
    return _once(by_column), _once(by_table)


def _once(names: dict[Any, list[str]]) -> dict[Any, list[str]]:
    return {key: list(dict.fromkeys(found)) for key, found in names.items()}


def _table(contract: Contract, wanted: dict, used: dict) -> str:
    of = ", ".join(f"`{stem}`" for stem in used.get(contract.table, [])) or "no report yet"
    key = ", ".join(f"`{name}`" for name in contract.key)
    unique = f" Key, each value once: {key}." if key else ""
    lines = [
        [
            f"`{column.name}`",
            column.description.partition("; empty: ")[0],
            IN_WORDS[column.type],
            _allowed(column),
            _empty(column),
            ", ".join(wanted.get((contract.table, column.name), [])),
        ]
        for column in contract.columns
    ]
    order = "".join(f" `{a}` is not after `{b}`." for a, b in contract.in_order)
    head = ["column", "meaning", "type", "allowed", "where empty", "needed by"]
    text = f"{contract.grain[0].upper()}{contract.grain[1:]}.{unique}{order} Read by {of}."
    return f"### {contract.table}\n\n{text}\n\n{_markdown(head, lines)}"


def _allowed(column: Column) -> str:
    if column.allowed:
        return ", ".join(f"`{value}`" for value in column.allowed)
    limits = []
    if column.above is not None:
        limits.append(f"above {column.above:g}")
    if column.minimum is not None:
        limits.append(f"{column.minimum:g} or more")
    if column.maximum == DATA_UNTIL:
        limits.append("not after `data_until`")
    elif column.maximum is not None:
        limits.append(f"{column.maximum:g} or less")
    if column.references:
        limits.append(f"a key of `{column.references}`")
    return ", ".join(limits)


def _empty(column: Column) -> str:
    if not column.may_be_empty:
        return "row is set aside"
    return column.description.partition("; empty: ")[2] or "not known"


def _parameters(of: str, values: dict[str, Any]) -> str:
    rows = [
        [f"`{name}`", DECLARED[name].help, _kind(DECLARED[name]), *_default(value)]
        for name, value in values.items()
    ]
    head = ["parameter", "meaning", "type, unit and range", "default"]
    rows = [row if len(row) == len(head) else [*row, "of the run"] for row in rows]
    return f"### {of}\n\n{_markdown(head, rows)}"


def _kind(declared: Parameter) -> str:
    if declared.choices:
        return f"{_type(declared)}: " + ", ".join(f"`{choice}`" for choice in declared.choices)
    unit = {"money": "in the currency of the source", "": ""}.get(declared.unit, declared.unit)
    span = "" if declared.minimum is None else _span(declared.minimum, declared.maximum)
    return ", ".join(part for part in (_type(declared), unit, span) if part)


def _span(minimum: float, maximum: float) -> str:
    if maximum >= NO_LIMIT:
        return f"{minimum:,.10g} or more"
    return f"{minimum:,.10g} to {maximum:,.10g}"


def _type(declared: Parameter) -> str:
    words = {"str": "text", "date": "date", "int": "whole number", "float": "number"}
    return words.get(declared.kind) or {"bool": "true or false", "list[str]": "list"}[declared.kind]


def _default(value: Any) -> list[str]:
    if value is None:
        return []
    return [f"`{json.dumps(value, ensure_ascii=False)}`" if value != "" else "empty"]


def _markdown(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
