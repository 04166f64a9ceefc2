"""Staged tables -> how many rows were read, excluded, set aside and used, and why."""

from collections import Counter
from typing import Any

import ibis
import ibis.expr.types as ir

from crm_helpers.tables.checks import COLUMN, REASON, VALUE
from crm_helpers.tables.contract import IN_WORDS
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.mapping import ROW, Mapped
from crm_helpers.tables.nothing import unmarked
from crm_helpers.tables.reading.sql import NO_VALUE
from crm_helpers.tables.typed import EMPTIED

MAX_UNREAD_SHARE = 0.01  # more than this, and the column is not what the source file says it is


def counts(name: str, mapped: Mapped, staged: ir.Table) -> dict[str, Any]:
    """Count the rows of one table; they add up.

    Raises
    ------
    SourceError
        If the origin has no rows, or `where:` lets none pass.
    """
    read = _number(mapped.raw.count())
    if read == 0:
        raise SourceError(
            f"{name}: the origin has no rows; expected at least one. Export it again."
        )
    kept, aside = _both(staged)
    if kept == 0:
        raise SourceError(
            f"{name}: `where:` excludes all {read:,} rows; expected at least one to pass. Mend it."
        )
    return {
        "table": name,
        "rows_read": read,
        "rows_excluded": read - kept,
        "rows_set_aside": aside,
        "rows_used": kept - aside,
        "exact_duplicates": kept - _number(mapped.kept.distinct().count()),
    }


def reasons(name: str, staged: ir.Table) -> list[dict[str, Any]]:
    """Rows set aside per column and reason, with the first case."""
    aside = staged.filter(staged[REASON].notnull())
    value = _value(aside)
    grouped = aside.group_by([COLUMN, REASON]).aggregate(
        rows=aside.count(),
        value=value.sum() if value is not None else ibis.null("float64"),
        first_row=aside[ROW].min(),
        first_value=aside[VALUE].first(order_by=[aside[ROW], aside[VALUE]]),
    )
    frame = grouped.order_by([ibis.desc("rows"), COLUMN, REASON]).to_pandas()
    whole = _value(staged)
    total = float(whole.sum().to_pandas() or 0) if whole is not None and len(frame) else 0.0
    return [
        {
            "table": name,
            "column": row[COLUMN],
            "reason": row[REASON],
            "rows": int(row["rows"]),
            "first_case": _case(row["first_row"], row["first_value"]),
            "value_share": _share(row["value"], total),
        }
        for row in frame.to_dict("records")
    ]


def _value(table: ir.Table) -> ir.FloatingValue | None:
    """Size of the money of each row, where the table has money and it could be read."""
    if {"quantity", "unit_price"} <= set(table.columns):
        return (table.quantity.cast("float64") * table.unit_price.cast("float64")).abs()
    name = next((name for name in ("unit_price", "amount", "value") if name in table.columns), "")
    return table[name].cast("float64").abs() if name and table[name].type().is_numeric() else None


def _share(value: Any, total: float) -> float | None:
    return None if value is None or value != value or not total else float(value) / total


def emptied(name: str, staged: ir.Table) -> list[dict[str, Any]]:
    """Values per column that were a word for nothing and became empty."""
    some = staged.filter(staged[EMPTIED] != "")
    frame = some.group_by(EMPTIED).aggregate(rows=some.count()).order_by(EMPTIED).to_pandas()
    found: Counter[tuple[str, str]] = Counter()
    for row in frame.to_dict("records"):
        for pair in unmarked(row[EMPTIED]):
            found[pair] += int(row["rows"])
    return [
        {"table": name, "column": column, "word": word, "rows": rows}
        for (column, word), rows in sorted(found.items())
    ]


def check_readable(
    found: list[dict[str, Any]], count: dict[str, Any], staged: ir.Table, name: str
) -> None:
    """Do nothing unless a column cannot be read, or no row is left.

    Raises
    ------
    SourceError
        If more than 1 % of the rows have a value of the wrong type, any has one that is neither
        true nor false, or every row is set aside.
    """
    kept = count["rows_read"] - count["rows_excluded"]
    for row in found:
        unread = row["reason"].startswith("cannot be read")
        if unread and row["reason"].endswith(IN_WORDS["boolean"]):
            raise SourceError(_no_flag(row, kept, staged))
        if unread and row["rows"] > MAX_UNREAD_SHARE * kept:
            raise SourceError(
                f"{row['table']}.{row['column']}: {row['rows']:,} of {kept:,} values "
                f"{row['reason']} (first: {row['first_case']}). "
                f"Correct the column in the source file, or turn it into that type there."
                f"{_keys(name, row['column'])}"
            )
    if count["rows_used"] == 0:
        worst = found[0]
        raise SourceError(
            f"{worst['table']}: none of {kept:,} rows can be used; {worst['column']} "
            f"{worst['reason']} in {worst['rows']:,} (first: {worst['first_case']}). Check the "
            "source file."
        )


def _no_flag(row: dict[str, Any], kept: int, staged: ir.Table) -> str:
    """Message on values that are neither true nor false, each with its count."""
    mine = staged.filter((staged[COLUMN] == row["column"]) & (staged[REASON] == row["reason"]))
    seen = mine.group_by(VALUE).aggregate(rows=mine.count())
    values = seen.order_by([ibis.desc("rows"), VALUE]).head(5).to_pandas().to_dict("records")
    listed = ", ".join(f"{value[VALUE]!r} {value['rows']:,} times" for value in values)
    return (
        f"{row['table']}.{row['column']}: {row['rows']:,} of {kept:,} values {row['reason']} "
        f"({listed}; first: {row['first_case']}); expected 1 or 0, true or false, yes or no. If it "
        f"means not known, write `missing: {{{row['column']}: [{values[0][VALUE]!r}]}}` under "
        f"tables.{row['table']} of the source file."
    )


def _keys(name: str, column: str) -> str:
    """Keys of the source file that say how such values are to be read."""
    found = CONTRACTS[name].column(column)
    if found and found.type in ("date", "timestamp"):
        return " Keys of `read:` for dates are date_order (DMY, MDY, YMD) and date_format."
    if found and found.type in ("integer", "quantity", "money", "number"):
        return " Keys of `read:` for numbers are decimal and thousands."
    return ""


def _case(row: Any, value: Any) -> str:
    shown = "" if value is None or value != value else repr(str(value).rstrip(NO_VALUE))
    place = "" if row is None or row != row else f"row {int(row):,}"
    return ", ".join(part for part in (place, shown) if part)


def _both(staged: ir.Table) -> tuple[int, int]:
    found = staged.aggregate(kept=staged.count(), aside=staged[REASON].count()).to_pandas().iloc[0]
    return int(found["kept"]), int(found["aside"])


def _number(value: ir.IntegerScalar) -> int:
    return int(value.to_pyarrow().as_py())
