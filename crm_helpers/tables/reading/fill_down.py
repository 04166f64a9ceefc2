"""Columns that stand on the first row of an order alone -> the same on all its rows."""

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading.columns import Wanted
from crm_helpers.tables.reading.sql import identifier


def filled_down(query: str, wanted: Wanted) -> str:
    """Query in which columns that stand on the first row of an order stand on all its rows.

    Parameters
    ----------
    query : str
        SELECT of all columns of the file.
    wanted : Wanted
        Its ``read.fill_down`` names source columns; with the number of the order among them, a
        row that has one begins an order.

    Raises
    ------
    SourceError
        If a column is not there, or no column is mapped to the number of the order.
    """
    columns = wanted.read.fill_down
    if not columns:
        return query
    by = {name: column for column, name in wanted.plain().items()}
    key = by.get((CONTRACTS[wanted.table].key or ("order_id",))[0])
    unknown = [column for column in columns if column not in wanted.types]
    if unknown or key is None:
        what = f"has no column {unknown[0]!r}" if unknown else "maps no column to order_id"
        raise SourceError(
            f"{wanted.table}: `fill_down` {what}; expected source columns, and a number of the "
            f"order to fill within. The origin has: {', '.join(list(wanted.types)[:12])}."
        )
    group = f"count({identifier(key)}) OVER so_far" if key in columns else identifier(key)
    filled = ", ".join(
        f"arg_min({identifier(c)}, _place) FILTER ({identifier(c)} IS NOT NULL) "
        f"OVER (PARTITION BY _group) AS {identifier(c)}"
        for c in columns
    )
    placed = f"SELECT *, ROW_NUMBER() OVER () AS _place FROM ({query})"
    grouped = f"SELECT *, {group} AS _group FROM ({placed}) WINDOW so_far AS (ORDER BY _place)"
    chosen = f"SELECT * REPLACE ({filled}) FROM ({grouped}) ORDER BY _place"
    return f"SELECT * EXCLUDE (_place, _group) FROM ({chosen})"
