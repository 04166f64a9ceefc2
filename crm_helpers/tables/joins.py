"""Tables that refer to each other -> rows whose partner is not there, and whether they join."""

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError

MAX_ORPHAN_SHARE = 0.5


def orphans(tables: Mapping[str, ir.Table]) -> list[dict[str, Any]]:
    """One entry per reference: rows that have an id, and rows whose id is not in the other table.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table
        Rows as read, also those set aside: a customer set aside is still a known customer.
    """
    return [
        _orphans(tables, name, column.name, column.references)
        for name in tables
        for column in CONTRACTS[name].columns
        if column.references in tables and column.name in tables[name].columns
    ]


def _orphans(tables: Mapping[str, ir.Table], name: str, column: str, parent: str) -> dict[str, Any]:
    key = CONTRACTS[parent].key[0]
    held = tables[name].filter(tables[name][column].notnull())
    known = tables[parent].select(key).distinct()
    lost = held.anti_join(known, held[column] == known[key])
    found = lost.aggregate(rows=lost.count(), first_case=lost[column].min()).to_pandas().iloc[0]
    return {
        "table": name,
        "column": column,
        "parent": parent,
        "rows_with_id": int(held.count().to_pyarrow().as_py()),
        "orphans": int(found["rows"]),
        "first_case": str(found["first_case"]) if found["rows"] else "",
    }


def check_joins(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the orphans, unless most ids of a table have no partner.

    Raises
    ------
    SourceError
        If more than half of the rows that have an id are orphans.
    """
    for row in found:
        if row["orphans"] > MAX_ORPHAN_SHARE * row["rows_with_id"]:
            raise SourceError(
                f"{row['table']} and {row['parent']} do not join: {row['orphans']:,} of "
                f"{row['rows_with_id']:,} rows of {row['table']} have a {row['column']} that is "
                f"not in {row['parent']} ({row['orphans'] / row['rows_with_id']:.0%}, first: "
                f"{row['first_case']!r}); expected at most {MAX_ORPHAN_SHARE:.0%}. Check that both "
                "columns hold the same kind of id."
            )
    return found
