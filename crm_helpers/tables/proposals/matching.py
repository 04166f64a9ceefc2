"""Columns of a file, by name and by values -> the table they are, and which column is which."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from crm_helpers.tables.contract import Column, Contract
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.proposals.values import Looks
from crm_helpers.tables.proposals.words import SAME, name_fit

LEAST_FIT = 0.45  # below this a column is left an attribute
DOUBT = 0.7  # a key that comes twice, a name that is a number
CLEAR_LEAD = 0.8  # a table this far ahead of the next is told without asking
NUMBERS = ("integer", "number")
DAYS = ("date", "timestamp")
# The column that makes a table what it is.
ANCHORS = {
    "transactions": ("quantity", "unit_price"),
    "products": ("category",),
    "subscriptions": ("churned", "started_on"),
    "contacts": ("responded",),
    "leads": ("lead_id",),
    "feedback": ("score", "text"),
    "applications": ("defaulted",),
    "payments": ("is_fraud", "payment_id"),
    "visits": ("visited_at",),
}
NUMERIC = ("integer", "quantity", "money", "number")


@dataclass(frozen=True)
class Match:
    """One table that a file may be.

    Attributes
    ----------
    table : str
    score : float
        The higher, the more of the table is there.
    columns : dict of canonical name to name in the file
    fits : dict of canonical name to fit, 0 to 1
    """

    table: str
    score: float
    columns: dict[str, str]
    fits: dict[str, float]


def matches(looks: dict[str, Looks]) -> list[Match]:
    """Every table that a file may be, the likeliest first.

    Parameters
    ----------
    looks : dict of source column to Looks

    Returns
    -------
    list of Match
    """
    found = [match_of(contract, looks) for contract in CONTRACTS.values()]
    return sorted(found, key=lambda match: -match.score)


def match_of(contract: Contract, looks: dict[str, Looks]) -> Match:
    """Which columns of a file are which of one table, each used once, the best together."""
    names = list(looks)
    fits = np.array(
        [
            [fit(contract, column, name, looks[name]) for name in names]
            for column in contract.columns
        ]
    ).reshape(len(contract.columns), len(names))
    rows, places = linear_sum_assignment(-fits)
    chosen = [
        (row, place)
        for row, place in zip(rows, places, strict=True)
        if fits[row, place] >= LEAST_FIT
    ]
    columns = {contract.columns[row].name: names[place] for row, place in chosen}
    told = {contract.columns[row].name: float(fits[row, place]) for row, place in chosen}
    return Match(contract.table, _score(contract, told), columns, told)


def fit(contract: Contract, column: Column, name: str, looks: Looks) -> float:
    """How well one column of a file fits one of a table: by its name, if its values allow it."""
    named = name_fit(name, contract.table, column.name)
    if named == 0 or not allows(column, looks):
        return 0.0
    is_key = contract.key == (column.name,)
    is_number = column.type == "text" and not column.references and looks.kind in NUMBERS
    doubt = (is_key and not looks.is_unique) or (is_number and not column.name.endswith("_id"))
    return named * (DOUBT if doubt else 1.0)


def allows(column: Column, looks: Looks) -> bool:
    """Whether values that look so may stand in a column of that type."""
    if looks.kind == "nothing":
        return column.may_be_empty
    if column.allowed:
        return {value.lower() for value in looks.examples} <= set(column.allowed)
    if column.type == "boolean":
        return looks.kind == "boolean" or looks.distinct == 2
    if column.type in NUMERIC:
        is_number = looks.kind in NUMBERS or set(looks.examples) <= {"0", "1"}
        return is_number and (column.type != "integer" or looks.kind != "number")
    return looks.kind in DAYS if column.type in DAYS else looks.kind not in DAYS


def _score(contract: Contract, fits: dict[str, float]) -> float:
    """What is there, what must be counting double, less what must be and is not."""
    must = [c.name for c in contract.columns if not c.may_be_empty]
    there = sum(fits.values()) + sum(fits.get(name, 0.0) for name in must)
    if contract.table == "subscriptions":  # dated, or a snapshot: one of them is enough
        must = ["customer_id", "started_on" if "started_on" in fits else "churned"]
    anchored = max((fits.get(name, 0.0) for name in ANCHORS.get(contract.table, ())), default=0.0)
    return there + anchored - 0.7 * len([name for name in must if name not in fits])


def is_sure(fit: float, looks: Looks, column: Column) -> bool:
    """Whether name and values say so plainly that nobody need be asked."""
    return fit >= SAME and (column.type != "boolean" or looks.kind == "boolean")
