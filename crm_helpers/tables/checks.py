"""A mapped table and its contract -> typed columns and, per row, the first promise it breaks."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import ibis
import ibis.expr.types as ir

from crm_helpers.tables.contract import DATA_UNTIL, SCALES, Column, Contract
from crm_helpers.tables.mapping import ROW
from crm_helpers.tables.typed import AS_USUAL, Manner, Promise, typed

REASON = "_reason"
COLUMN = "_column"
VALUE = "_value"
FIRST_DAY = dt.date(1900, 1, 2)  # 0001-01-01 and 1900-01-01 are defaults of software
DEFAULT_DAY = dt.date(1970, 1, 1)
MOST_MONEY = 1e13  # of one line; sums of DECIMAL(18, 4) end above


def checked(
    table: ir.Table, contract: Contract, data_until: dt.date, manner: Manner = AS_USUAL
) -> ir.Table:
    """Typed columns plus ``_column``, ``_reason`` and ``_value`` of the first broken promise.

    ``_emptied`` names the words for nothing that became empty.

    A row is counted once, under its first reason: a value that cannot be read, then an empty
    one, then one out of range, then dates out of order, then a key that came before.

    Parameters
    ----------
    table : ibis table
        Canonical names and ``_row``.
    contract : Contract
    data_until : date
        Rows dated later break the contract.
    manner : Manner, optional
        How the values of this source are to be taken.
    """
    found, unread = typed(table, contract, manner)
    promises = [*unread, *_promises(found, contract, data_until)]
    marked = _first_broken(found, promises)
    return _with_repeated_keys(marked, contract).drop(
        [name for name in marked.columns if name.startswith("_raw_")]
    )


def _promises(typed: ir.Table, contract: Contract, until: dt.date) -> Iterator[Promise]:
    columns = [column for column in contract.columns if column.name in typed.columns]
    for column in columns:
        if not column.may_be_empty:
            yield column.name, "is empty", typed[column.name].isnull(), typed[column.name]
    for column in columns:
        for reason, broken in _range(typed[column.name], column, until):
            yield column.name, reason, broken, typed[column.name]
    yield from _of_tables(typed, contract)
    for first, second in contract.in_order:
        if {first, second} <= set(typed.columns):
            reversed_ = typed[second].cast("date") < typed[first].cast("date")
            yield second, f"is before {first}", reversed_, typed[second]


def _of_tables(typed: ir.Table, contract: Contract) -> Iterator[Promise]:
    """Promises that two columns of one table make together."""
    if contract.table == "feedback" and {"score", "scale"} <= set(typed.columns):
        yield _off_scale(typed)
    if {"quantity", "unit_price"} <= set(typed.columns):
        size = (typed.quantity.cast("float64") * typed.unit_price.cast("float64")).abs()
        reason = f"times unit_price is implausible: over {MOST_MONEY:,.0f}"
        yield "quantity", reason, size > MOST_MONEY, typed.quantity


def _range(
    value: ir.Value, column: Column, until: dt.date
) -> Iterator[tuple[str, ir.BooleanValue]]:
    if column.type in ("date", "timestamp"):
        yield from _default_days(value)
    if column.above is not None:
        yield f"is not above {column.above:g}", value <= column.above
    if column.minimum is not None:
        yield f"is below {column.minimum:g}", value < column.minimum
    if column.maximum == DATA_UNTIL:
        yield _after(value, column, until)
    elif column.maximum is not None:
        yield f"is above {column.maximum:g}", value > column.maximum
    if column.allowed:
        yield f"is not one of {', '.join(column.allowed)}", value.notin(list(column.allowed))


def _default_days(value: ir.Value) -> Iterator[tuple[str, ir.BooleanValue]]:
    """Days that software writes where it knows none."""
    yield f"is implausible: before {FIRST_DAY}", value < ibis.literal(FIRST_DAY)
    midnight = dt.datetime.combine(DEFAULT_DAY, dt.time())
    is_default = value == ibis.literal(midnight if value.type().is_timestamp() else DEFAULT_DAY)
    yield f"is {DEFAULT_DAY}, which stands for a day that is not known", is_default


def _after(value: ir.Value, column: Column, until: dt.date) -> tuple[str, ir.BooleanValue]:
    if column.type == "integer":
        return f"is above {until.year}", value > until.year
    if column.type == "timestamp":
        end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time())
        return f"is after data_until {until}", value >= ibis.literal(end)
    return f"is after data_until {until}", value > ibis.literal(until)


def _off_scale(typed: ir.Table) -> Promise:
    broken: Any = ibis.literal(False)
    for scale, (low, high) in SCALES.items():
        outside = ~typed.score.between(low, high)
        broken = broken | ((typed.scale == scale) & outside)
    return "score", "is outside its scale", broken, typed.score


def _first_broken(typed: ir.Table, promises: list[Promise]) -> ir.Table:
    cases = {
        COLUMN: [(broken.fill_null(False), column) for column, _, broken, _ in promises],
        REASON: [(broken.fill_null(False), reason) for _, reason, broken, _ in promises],
        VALUE: [(broken.fill_null(False), value.cast("string")) for *_, broken, value in promises],
    }
    empty = ibis.null("string")
    return typed.mutate(
        **{
            name: ibis.cases(*pairs, else_=empty) if pairs else empty
            for name, pairs in cases.items()
        }
    )


def _with_repeated_keys(marked: ir.Table, contract: Contract) -> ir.Table:
    key = [name for name in contract.key if name in marked.columns]
    if not key or key != list(contract.key):
        return marked
    order = [ROW] if ROW in marked.columns else []
    others = [name for name in marked.columns if not name.startswith("_")]
    fine = marked[REASON].isnull()
    window = ibis.window(group_by=[*[marked[name] for name in key], fine], order_by=order + others)
    repeated = fine & (ibis.row_number().over(window) > 0)
    marked = marked.mutate(_repeated=repeated)
    words = f"came before; expected {contract.grain.partition(';')[0]}"
    return marked.mutate(
        **{
            COLUMN: marked._repeated.ifelse(" and ".join(key), marked[COLUMN]),
            REASON: marked._repeated.ifelse(words, marked[REASON]),
            VALUE: marked._repeated.ifelse(marked[key[0]], marked[VALUE]),
        }
    ).drop("_repeated")
