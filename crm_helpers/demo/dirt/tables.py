"""Dirt: delivered tables -> the same with planted defects, each counted and listed."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.demo.defects import BY_KIND, DEFECTS
from crm_helpers.demo.draws import Draws


class Dirt:
    """Plants defects into the tables of one piece of the company, and remembers each.

    Parameters
    ----------
    draws : Draws
    customers : int
        Customers of the piece; the number of defects follows from it.
    piece : int
    wanted : bool
        False: every table stays as it is.
    """

    def __init__(self, draws: Draws, customers: int, piece: int, wanted: bool) -> None:
        self.draws, self.piece, self.wanted = draws, piece, wanted
        self.customers = customers
        self.found: list[pd.DataFrame] = []

    def count(self, kind: str) -> int:
        """How many rows of the piece get a defect."""
        if not self.wanted:
            return 0
        return max(1, round(BY_KIND[kind].per_1000_customers * self.customers / 1000))

    def note(self, kind: str, keys: list, details: list | None = None) -> None:
        """Remember rows that have a defect, by their key."""
        frame = pd.DataFrame({"key": pd.Series(keys, dtype="str")})
        frame["detail"] = pd.Series(
            details if details is not None else [""] * len(keys), dtype="str"
        )
        self.found.append(frame.assign(table=BY_KIND[kind].table, kind=kind))

    def rows(self, kinds: list[str], allowed: np.ndarray) -> dict[str, np.ndarray]:
        """Disjoint sets of row positions for several defects of one table."""
        sizes = [self.count(kind) for kind in kinds]
        at = np.flatnonzero(allowed)
        name = f"dirt.{BY_KIND[kinds[0]].table}"
        u = self.draws.uniform(name, self.piece, at)
        wanted = min(sum(sizes), len(at))
        first = at[np.argsort(u, kind="stable")[:wanted]] if wanted else at[:0]
        parts = np.split(first, np.cumsum(sizes)[:-1])
        return {kind: np.sort(part) for kind, part in zip(kinds, parts, strict=True)}

    def listed(self) -> pd.DataFrame:
        """One row per defective row: table, kind, key, detail."""
        columns = ["table", "kind", "key", "detail"]
        return pd.concat([pd.DataFrame(columns=columns, dtype="str"), *self.found])[columns]


def with_values(table: pa.Table, column: str, rows: np.ndarray, values: pa.Array) -> pa.Table:
    """The table with new values of a column in some rows.

    Parameters
    ----------
    rows : ndarray of int
        Positions, ascending.
    values : Array
        One for each of the rows.
    """
    mask = np.zeros(table.num_rows, bool)
    mask[rows] = True
    old = table[column]
    new = pc.replace_with_mask(old, pa.array(mask), values.cast(old.type))
    return table.set_column(table.column_names.index(column), column, new)


def nothing(table: pa.Table, column: str, rows: np.ndarray) -> pa.Table:
    """The table with a column empty in some rows."""
    return with_values(table, column, rows, pa.nulls(len(rows), table[column].type))


def values_at(table: pa.Table, column: str, rows: np.ndarray) -> np.ndarray:
    """Values of a column in some rows."""
    return table[column].take(pa.array(rows)).to_numpy(zero_copy_only=False)


def counts(listed: pd.DataFrame) -> dict[str, int]:
    """How many rows have each defect, in the order of the list of defects."""
    found = listed.groupby("kind").size()
    return {defect.kind: int(found.get(defect.kind, 0)) for defect in DEFECTS}
