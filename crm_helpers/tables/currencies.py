"""Rows that name their currency -> one currency a table, or one sentence on what to do."""

import re

import ibis
import ibis.expr.types as ir

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.mapping import Mapped
from crm_helpers.tables.sources import Source

NAMES = ("currency", "currency_code", "currencycode", "waehrung", "währung", "devise", "moneda")
SHOWN = 5


def check_currency(source: Source, table: str, here: Mapped) -> None:
    """Do nothing unless amounts of several currencies, or of another, would be added up.

    A table whose expressions under ``columns:`` use the currency is taken to be converted there.

    Parameters
    ----------
    source : Source
    table : str
        Canonical name.
    here : Mapped

    Raises
    ------
    SourceError
        Names the currencies with their rows, and what to write.
    """
    column = next((name for name in here.kept.columns if name.lower() in NAMES), "")
    if not column or not _has_money(table, here.table) or _is_used(column, source, table):
        return
    found = _rows_of(here.kept, column)
    subject, place = f"{table}.{column}", f"tables.{table} of {source.file}"
    if len(found) > 1:
        listed = ", ".join(f"{name} {rows:,}" for name, rows in list(found.items())[:SHOWN])
        raise SourceError(
            f"{subject}: {len(found)} currencies in one table (rows: {listed}); expected one, for "
            f"their amounts cannot be added. Keep one by `where: {column} = "
            f"'{next(iter(found))}'` under {place}, or turn the amounts into one by an expression "
            f"under `columns:` that uses {column}."
        )
    (name,) = found or ("",)
    if name and source.currency and name != source.currency.upper():
        raise SourceError(
            f"{subject}: all rows are in {name}, but the source says {source.currency}; expected "
            f"the same. Write `currency: {name}` in {source.file}, or convert the amounts by an "
            f"expression under `columns:` that uses {column}."
        )


def _has_money(table: str, mapped: ir.Table) -> bool:
    return any(c.type == "money" and c.name in mapped.columns for c in CONTRACTS[table].columns)


def _is_used(column: str, source: Source, table: str) -> bool:
    entry = source.tables[table]
    word = re.compile(rf"\b{re.escape(column)}\b", re.IGNORECASE)
    texts = [str(text).strip().strip('"') for text in entry.columns.values()]
    return any(word.search(text) and text.lower() != column.lower() for text in texts)


def _rows_of(kept: ir.Table, column: str) -> dict[str, int]:
    """Rows by currency, most first; empty values are not told."""
    plain = kept.mutate(_currency=kept[column].cast("string").strip().upper())
    plain = plain.filter((plain._currency != "").fill_null(False))
    counted = plain.group_by("_currency").aggregate(rows=plain.count())
    frame = counted.order_by([ibis.desc("rows"), "_currency"]).to_pandas()
    return dict(zip(frame["_currency"], frame["rows"].astype(int), strict=True))
