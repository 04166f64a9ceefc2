"""Columns that nearly have a name of the contract -> asked about, not passed as attributes."""

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError

ALIKE = 0.85
_ENDING = re.compile(r"_(id|on|at)$")


def check_spelling(
    table: str, columns: Mapping[str, str], attributes: Collection[str] | str
) -> None:
    """Do nothing unless a column nearly has the name of one that is not there.

    Parameters
    ----------
    table : str
        Canonical name.
    columns : mapping of name to source column
        Columns as they are called after the mapping.
    attributes : list of str
        Names that the source file lists under ``attributes:`` are meant as they are.

    Raises
    ------
    SourceError
        Names both, and what to write in either case.
    """
    names = CONTRACTS[table].names()
    lacking = [name for name in names if name not in columns]
    meant = set() if isinstance(attributes, str) else set(attributes)
    for column in (name for name in columns if name not in names and name not in meant):
        close = next((name for name in lacking if _alike(column, name)), None)
        if close:
            raise SourceError(
                f"{table}: {column!r} is no column of the contract, and {close!r} is not there; "
                f"expected {close!r} if it is meant. Write `{close}: {columns[column]}` under "
                f"`columns:`, or list {column!r} under `attributes:` if it is another thing."
            )


def _alike(column: str, name: str) -> bool:
    """Same but for case, signs, a plural or the ending, or nearly all letters in order."""
    one, other = _bare(column), _bare(name)
    if one == other:
        return True
    return min(len(one), len(other)) > 4 and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _bare(name: str) -> str:
    plain = re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())).lower()
    return re.sub(r"s$", "", _ENDING.sub("", plain)).replace("_", "")
