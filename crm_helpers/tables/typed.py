"""A mapped table and its contract -> columns of the contract's types, and what was unreadable."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from crm_helpers.tables import nothing
from crm_helpers.tables.contract import DTYPES, IN_WORDS, Column, Contract
from crm_helpers.tables.mapping import ROW

EMPTIED = "_emptied"
TRUE = ("1", "1.0", "true", "t", "yes", "y", "j", "ja", "wahr", "oui", "vrai", "si", "sí")
FALSE = ("0", "0.0", "false", "f", "no", "n", "nein", "falsch", "non", "faux")
MOST_WHOLE = 9e15  # beyond it a float is no exact whole number
DATED = r"^\s*\d{4}[-/]\d"  # a year of four digits first: no other order can be meant
Promise = tuple[str, str, ir.BooleanValue, ir.Value]  # column, reason, broken where, value


@dataclass(frozen=True)
class Manner:
    """How the values of one source are to be taken.

    Attributes
    ----------
    trims : bool
        Blanks around ids go; False for a query, which is taken at its word.
    returns_by_price : bool
        A negative price is a return; it becomes a negative quantity.
    missing : mapping of column to words
        Values that stand for nothing in that column alone.
    """

    trims: bool = True
    returns_by_price: bool = False
    missing: Mapping[str, Collection[str]] = field(default_factory=dict)


AS_USUAL = Manner()


def typed(
    table: ir.Table, contract: Contract, manner: Manner = AS_USUAL
) -> tuple[ir.Table, list[Promise]]:
    """Table with the contract's types, ``_raw_`` columns beside them, and unreadable values.

    Parameters
    ----------
    table : ibis table
        Canonical names and ``_row``.
    contract : Contract
    manner : Manner, optional
    """
    present = [column for column in contract.columns if column.name in table.columns]
    named = {column.name for column in present} | {ROW}
    others = [name for name in table.columns if name not in named]
    empty = {c.name: _is_nothing(table[c.name], c, manner) for c in present}
    empty |= {n: nothing.is_nothing(table[n], _own(n, manner, nothing.SURE)) for n in others}
    kept = table.mutate(
        **{
            EMPTIED: _marks(table, empty),
            **{f"_raw_{c.name}": _without(table[c.name], empty[c.name]) for c in present},
            **{name: blank_to_null(_without(table[name], empty[name])) for name in others},
        }
    )
    read = {c.name: _read(kept[f"_raw_{c.name}"], c, manner) for c in present}
    found = kept.mutate(**read)
    found = _with_returns(found) if manner.returns_by_price else found
    return found, [promise for column in present for promise in _unread(found, column)]


def _own(name: str, manner: Manner, words: tuple[str, ...]) -> list[str]:
    return [*words, *manner.missing.get(name, ())]


def _is_nothing(value: ir.Value, column: Column, manner: Manner) -> ir.BooleanValue:
    words = nothing.words_for(column.type, is_id=column.name.endswith("_id"))
    said = nothing.is_nothing(value, _own(column.name, manner, words))
    open_ended = column.type in ("date", "timestamp") and "empty:" in column.description
    if open_ended and value.type().is_temporal():
        return said | (value.year() >= nothing.FROM_YEAR).fill_null(False)
    if open_ended and value.type().is_string():
        return said | value.re_search(r"^\s*(9999|2999)[-/]12[-/]31").fill_null(False)
    return said


def _marks(table: ir.Table, empty: dict[str, ir.BooleanValue]) -> ir.Value:
    marks: Any = ibis.literal("")
    for name, where in empty.items():
        value = table[name].type()
        if value.is_string() or value.is_temporal() or value.is_numeric():
            marks = marks + nothing.mark(name, table[name], where)
    return marks


def _without(value: ir.Value, where: ir.BooleanValue) -> ir.Value:
    return where.ifelse(ibis.null(value.type()), value)


def _read(value: ir.Value, column: Column, manner: Manner) -> ir.Value:
    value = blank_to_null(value)
    if column.type == "text":
        return _text(value, trims=manner.trims and column.name.endswith("_id"))
    if column.type == "boolean":
        return _boolean(value)
    if column.type in ("date", "timestamp"):
        return _dated(value, dtypes.dtype(DTYPES[column.type]))
    return _number(value, column)


def _text(value: ir.Value, *, trims: bool) -> ir.Value:
    if value.type().is_floating():  # ids that went through a float: 17850.0
        is_whole = (value == value.floor()) & (value.abs() < MOST_WHOLE)
        whole = is_whole.ifelse(value, ibis.null(value.type())).cast("int64").cast("string")
        return ibis.coalesce(whole, value.cast("string"))
    text = blank_to_null(value.cast("string"))
    return text.strip() if trims else text


def blank_to_null(value: ir.Value) -> ir.Value:
    """Value, empty where it is a text of blanks or not a number."""
    if value.type().is_string():
        return (value.strip() == "").ifelse(ibis.null("string"), value)
    if value.type().is_floating():
        return value.isnan().ifelse(ibis.null(value.type()), value)
    return value


def _boolean(value: ir.Value) -> ir.Value:
    if value.type().is_boolean():
        return value
    text = value.cast("string").strip().lower()
    pairs = (text.isin(list(TRUE)), ibis.literal(True)), (text.isin(list(FALSE)), False)
    return ibis.cases(*pairs, else_=ibis.null("boolean"))


def _dated(value: ir.Value, target: dtypes.DataType) -> ir.Value:
    if value.type().is_numeric():
        value = value.cast("string")
    if not value.type().is_string():
        return value.cast(target)
    sure = value.re_search(DATED).fill_null(False)
    return sure.ifelse(value.strip(), ibis.null("string")).try_cast(target)


def _number(value: ir.Value, column: Column) -> ir.Value:
    target = dtypes.dtype(DTYPES[column.type])
    is_fine = ~_is_absurd(value, column)
    value = is_fine.ifelse(value, ibis.null(value.type()))
    if column.type == "integer" and not value.type().is_integer():
        number = value.try_cast("float64") if value.type().is_string() else value
        whole = (number == number.floor()).ifelse(number, ibis.null(number.type()))
        return whole.cast(target)
    return value.try_cast(target) if value.type().is_string() else value.cast(target)


def _is_absurd(value: ir.Value, column: Column) -> ir.BooleanValue:
    if value.type().is_boolean() or not (value.type().is_string() or value.type().is_numeric()):
        return ibis.literal(False)
    size = value.try_cast("float64") if value.type().is_string() else value.cast("float64")
    return (size.abs() > column.beyond()).fill_null(False)


def _unread(found: ir.Table, column: Column) -> list[Promise]:
    raw = found[f"_raw_{column.name}"]
    there = blank_to_null(raw).notnull()
    broken = there & found[column.name].isnull()
    unread = column.name, f"cannot be read as {IN_WORDS[column.type]}", broken, raw
    if column.type not in ("integer", "quantity", "money", "number"):
        return [unread]
    absurd = _is_absurd(raw, column)
    return [(column.name, f"is implausible: over {column.beyond():,.0f}", absurd, raw), unread]


def _with_returns(found: ir.Table) -> ir.Table:
    """Lines with a negative price as lines with a negative quantity."""
    units = found.quantity if "quantity" in found.columns else ibis.literal(1)
    units = units.cast(DTYPES["quantity"])
    is_return = ((found.unit_price < 0) & (units > 0)).fill_null(False)
    return found.mutate(
        quantity=is_return.ifelse(-units, units).cast(DTYPES["quantity"]),
        unit_price=is_return.ifelse(-found.unit_price, found.unit_price).cast(DTYPES["money"]),
    )
