"""What was found out about files -> the text of a source file, each guess with a word beside it."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.proposals.found import FoundTable
from crm_helpers.tables.sources import Reading

PLAIN_SCALAR = re.compile(r"[A-Za-z][\w ()./-]*$")
TAKEN_BY_YAML = frozenset("y n yes no true false on off null".split())
ASK = "CHECK"


def source_text(title: str, currency: str, until: dt.date | None, tables: list[FoundTable]) -> str:
    """Text of a source file that says what was guessed, and asks what could not be.

    Parameters
    ----------
    title, currency : str
        Currency is empty where the files do not say it, and asked for.
    until : date or None
        Last day in the files; None where they are undated.
    tables : list of FoundTable

    Returns
    -------
    str, YAML with a comment beside each guess; a line that begins with # is a question
    """
    head = [
        f"# Proposed from {', '.join(table.path.name for table in tables)}.",
        f"# What is marked {ASK} is a guess; a line that begins with # asks. Look at them.",
        f"title: {scalar(title)}",
        f"currency: {currency}"
        if currency
        else f'currency: ""  # {ASK}: three letters, such as EUR',
        _until(until),
        *_zone(tables),
        "tables:",
    ]
    return "\n".join([*head, *(line for table in tables for line in _table(table))]) + "\n"


def scalar(text: str) -> str:
    r"""Text as a value of YAML, quoted where it would be read as something else.

    Examples
    --------
    >>> scalar("Order number"), scalar("y"), scalar("'row'"), scalar("Total: sum")
    ('Order number', '"y"', '"\'row\'"', '"Total: sum"')
    """
    plain = PLAIN_SCALAR.match(text) and text.lower() not in TAKEN_BY_YAML and text == text.strip()
    if plain:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _until(until: dt.date | None) -> str:
    if until is None:
        why = "the files have no dates; the day of the export"
        return f'data_until: "{dt.date.today()}"  # {ASK}: {why}'
    return f'data_until: "{until}"  # {ASK}: the last day in the files; is it whole?'


def _zone(tables: list[FoundTable]) -> list[str]:
    """Question where the company counts its days, where time stamps carry an offset."""
    forms = [form for table in tables for one in table.looks.values() for form in one.formats]
    why = "time stamps have an offset; where does the company count its days?"
    return [f"# time_zone: Europe/Berlin  # {ASK}: {why}"] * any("%z" in form for form in forms)


def _table(found: FoundTable) -> list[str]:
    lines = [f"  {found.table}:", f"    from: {scalar(_origin(found.path))}"]
    if not found.is_clear:
        others = " or ".join(found.others)
        lines[0] += f"  # {ASK}: by its columns; else {others}, with TABLE="
    if read := _read(found.read):
        lines.append(f"    read: {{{read}}}")
    lines += [f"    # {ASK}: {one}" for one in found.unsure]
    lines.append("    columns:")
    lines += [
        _column(found, name) for name in CONTRACTS[found.table].names() if name in found.columns
    ]
    lines += [
        f"      {name}: {scalar(text)}  # {ASK}: {why}" for name, (text, why) in found.made.items()
    ]
    lines += [
        f"      # {name}: {scalar(text)}  # {ASK}: {why}"
        for name, (text, why) in found.asked.items()
    ]
    if found.attributes:
        lines += ["    attributes:", *(f"      - {scalar(name)}" for name in found.attributes)]
    lines += [f"    # left out: {name} ({why})" for name, why in found.left_out.items()]
    return lines


def _origin(path: Path) -> str:
    """Path as a source file has it: from the project's folder, or whole where it lies elsewhere."""
    whole, root = path.resolve(), project_root()
    return str(whole.relative_to(root) if whole.is_relative_to(root) else whole)


def _column(found: FoundTable, name: str) -> str:
    column = found.columns[name]
    # A name of the file that could be read as SQL stands in double quotes.
    text = column if re.fullmatch(r"\w+( \w+)*", column) else '"' + column.replace('"', '""') + '"'
    return f"      {name}: {scalar(text)}  # {found.reasons[name]}"


def _read(read: dict[str, Any]) -> str:
    known = {name: value for name, value in read.items() if name in Reading.model_fields}
    return ", ".join(f"{name}: {_value(value)}" for name, value in known.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(scalar(str(one)) for one in value)}]"
    return '"\\t"' if value == "\t" else scalar(str(value))
