"""What a contract is: a table's grain, key and columns with their types and limits."""

from dataclasses import dataclass, field, replace
from typing import Any

DATA_UNTIL = "data_until"  # as a maximum: the last day (or its year) for which data are complete

DTYPES = {
    "text": "string",
    "integer": "int64",
    "quantity": "decimal(18, 3)",
    "money": "decimal(18, 4)",
    "number": "float64",
    "date": "date",
    "timestamp": "timestamp(6)",
    "boolean": "boolean",
}

# Larger in size is no number of its kind, but a bar code, an id or a fault of the export.
BEYOND = {"integer": 1e12, "quantity": 1e7, "money": 1e10, "number": 1e12}

IN_WORDS = {
    "text": "text",
    "integer": "a whole number",
    "quantity": "a number",
    "money": "an amount of money",
    "number": "a number",
    "date": "a date (YYYY-MM-DD)",
    "timestamp": "a time (YYYY-MM-DD hh:mm:ss)",
    "boolean": "true or false",
}


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    Attributes
    ----------
    name, type, description : str
        ``type`` is a key of ``DTYPES``; the description carries the unit.
    usual : bool
        True where a source of this table usually has the column.
    may_be_empty : bool
        False: a row in which it is empty is set aside.
    minimum, maximum : number, ``DATA_UNTIL`` or None
        Inclusive limits.
    above : number or None
        Exclusive lower limit.
    allowed : tuple of str
        The only values; empty: any.
    references : str
        Table whose key this column holds, or empty.
    """

    name: str
    type: str
    description: str
    usual: bool = False
    may_be_empty: bool = True
    minimum: Any = None
    maximum: Any = None
    above: Any = None
    allowed: tuple[str, ...] = ()
    references: str = ""

    def beyond(self) -> float:
        """Size from which on a number is implausible; a larger maximum moves it."""
        stated = [self.maximum] if isinstance(self.maximum, int | float) else []
        return max([BEYOND[self.type], *stated])


@dataclass(frozen=True)
class Contract:
    """One table: its grain, key, columns and the pairs of dates that must be in order."""

    table: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    in_order: tuple[tuple[str, str], ...] = field(default=())

    def column(self, name: str) -> Column | None:
        """Return the column of that name, or None for an attribute."""
        return next((column for column in self.columns if column.name == name), None)

    def may_lack(self, name: str) -> bool:
        """Return True where an empty value of that column says something, by its description."""
        column = self.column(name)
        return column is not None and "empty:" in column.description

    def names(self) -> list[str]:
        """Names of all columns, in the order of the contract."""
        return [column.name for column in self.columns]

    def overridden(self, changes: dict[str, dict[str, Any]]) -> "Contract":
        """Return the contract with the limits that a source states for itself."""
        columns = (replace(column, **changes.get(column.name, {})) for column in self.columns)
        return replace(self, columns=tuple(columns))


# Lowest and highest answer of each scale of feedback.
SCALES = {"nps": (0, 10), "csat": (1, 5), "stars": (1, 5), "ces": (1, 7)}
