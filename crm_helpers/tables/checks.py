"""A mapped table and its contract -> typed columns and, per row, the first promise it breaks."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from crm_helpers.tables.contract import DATA_UNTIL, DTYPES, IN_WORDS, SCALES, Column, Contract
from crm_helpers.tables.mapping import ROW

REASON = "_reason"
COLUMN = "_column"
VALUE = "_value"
Promise = tuple[str, str, ir.BooleanValue, ir.Value]  # column, reason, broken where, value


def checked(table: ir.Table, contract: Contract, data_until: dt.date) -> ir.Table:
    """Typed columns plus ``_column``, ``_reason`` and ``_value`` of the first broken promise.

    A row is counted once, under its first reason: a value that cannot be read, then an empty
    one, then one out of range, then dates out of order, then a key that came before.

    Parameters
    ----------
    table : ibis table
        Canonical names and ``_row``.
    contract : Contract
    data_until : date
        Rows dated later break the contract.
    """
    typed, unread = _typed(table, contract)
    promises = [*unread, *_promises(typed, contract, data_until)]
    marked = _first_broken(typed, promises)
    return _with_repeated_keys(marked, contract).drop(
        [name for name in marked.columns if name.startswith("_raw_")]
    )


def _typed(table: ir.Table, contract: Contract) -> tuple[ir.Table, list[Promise]]:
    present = [column for column in contract.columns if column.name in table.columns]
    typed = table.mutate(
        **{f"_raw_{column.name}": table[column.name] for column in present},
        **{column.name: _read(table[column.name], column) for column in present},
    )
    others = {
        name: _plain_attribute(typed[name])
        for name in table.columns
        if name != ROW and contract.column(name) is None
    }
    typed = typed.mutate(**others) if others else typed
    return typed, [_unread(typed, column) for column in present]


def _read(value: ir.Value, column: Column) -> ir.Value:
    target = dtypes.dtype(DTYPES[column.type])
    if column.type == "text":
        return _text(value)
    value = _blank_to_null(value)
    if column.type == "boolean" and value.type().is_floating():
        value = value.cast("int64")
    if column.type in ("date", "timestamp") and value.type().is_numeric():
        value = value.cast("string")
    if column.type == "integer" and value.type().is_string():
        number = value.try_cast("float64")
        return (number == number.floor()).ifelse(number, ibis.null("float64")).try_cast(target)
    if column.type == "integer" and not value.type().is_integer():
        whole = value == value.floor()
        return whole.ifelse(value, ibis.null(value.type())).cast(target)
    return value.try_cast(target) if value.type().is_string() else value.cast(target)


def _text(value: ir.Value) -> ir.Value:
    if value.type().is_floating():  # ids that went through a float: 17850.0
        whole = (value == value.floor()).ifelse(value.cast("int64").cast("string"), None)
        return ibis.coalesce(whole, value.cast("string"))
    return _blank_to_null(value.cast("string"))


def _blank_to_null(value: ir.Value) -> ir.Value:
    if value.type().is_string():
        return (value.strip() == "").ifelse(ibis.null("string"), value)
    if value.type().is_floating():
        return value.isnan().ifelse(ibis.null(value.type()), value)
    return value


def _plain_attribute(value: ir.Value) -> ir.Value:
    return _blank_to_null(value)


def _unread(typed: ir.Table, column: Column) -> Promise:
    raw = typed[f"_raw_{column.name}"]
    there = _blank_to_null(raw).notnull()
    broken = there & typed[column.name].isnull()
    return column.name, f"cannot be read as {IN_WORDS[column.type]}", broken, raw


def _promises(typed: ir.Table, contract: Contract, until: dt.date) -> Iterator[Promise]:
    columns = [column for column in contract.columns if column.name in typed.columns]
    for column in columns:
        if not column.may_be_empty:
            yield column.name, "is empty", typed[column.name].isnull(), typed[column.name]
    for column in columns:
        for reason, broken in _range(typed[column.name], column, until):
            yield column.name, reason, broken, typed[column.name]
    if contract.table == "feedback" and {"score", "scale"} <= set(typed.columns):
        yield _off_scale(typed)
    for first, second in contract.in_order:
        if {first, second} <= set(typed.columns):
            reversed_ = typed[second].cast("date") < typed[first].cast("date")
            yield second, f"is before {first}", reversed_, typed[second]


def _range(
    value: ir.Value, column: Column, until: dt.date
) -> Iterator[tuple[str, ir.BooleanValue]]:
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
