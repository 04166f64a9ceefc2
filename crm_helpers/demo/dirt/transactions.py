"""Dirt among the order lines: ids, dates, signs, repeats, late rows, a day that is missing."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.demo.clock import DAYS, calendar, day_number
from crm_helpers.demo.defects import LATE_DAYS, MISSING_DAY, TEST_LINES_PER_ACCOUNT
from crm_helpers.demo.dirt.tables import Dirt, nothing, values_at, with_values

SET_VALUES = [
    "missing product id",
    "missing order id",
    "orphan product",
    "orphan customer",
    "future date",
    "wrong sign",
    "duplicate line",
    "late row",
]
LAST_LATE_DAY = DAYS - LATE_DAYS[1] - 2


def dirty_transactions(table: pa.Table, dirt: Dirt, accounts: list[str]) -> pa.Table:
    """Order lines with the day of their recording, and all defects when dirt is wanted.

    Parameters
    ----------
    accounts : list of str
        Customer ids of the test accounts.
    """
    table = with_recording(table, dirt)
    if not dirt.wanted:
        return table
    table = _without_the_day(table, dirt)
    sale = pc.greater(table["quantity"], 0).to_numpy()
    known = table["customer_id"].is_valid().to_numpy()
    early = _day(table) < LAST_LATE_DAY
    rows = dirt.rows(SET_VALUES, sale & known & early)
    for kind, plant in _PLANTS.items():
        orders = values_at(table, "order_id", rows[kind])
        products = values_at(table, "product_id", rows[kind])
        table = plant(table, rows[kind], dirt)
        dirt.note(kind, list(orders), list(products))
    return pa.concat_tables([table, _test_lines(table, dirt, accounts)])


def with_recording(table: pa.Table, dirt: Dirt) -> pa.Table:
    """The table with the day each line was recorded: the same or the next."""
    number = np.arange(table.num_rows)
    next_day = dirt.draws.happens("recorded.next day", 0.1, dirt.piece, number)
    day = np.minimum(_day(table) + next_day, DAYS - 1)
    return table.append_column("recorded_on", pa.array(calendar(day)))


def _day(table: pa.Table) -> np.ndarray:
    dates = table["ordered_at"].to_numpy().astype("datetime64[D]")
    return (dates - calendar(np.array([0]))[0]).astype(int)


def _without_the_day(table: pa.Table, dirt: Dirt) -> pa.Table:
    gone = _day(table) == day_number(MISSING_DAY)
    dirt.note("missing day", list(values_at(table, "order_id", np.flatnonzero(gone))))
    return table.filter(pa.array(~gone))


def _orphan_products(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    ids = [f"X{number % 37:04d}" for number in rows]
    return with_values(table, "product_id", rows, pa.array(ids, pa.string()))


def _orphan_customers(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    ids = [f"G{number % 10_000_000:07d}" for number in rows]
    return with_values(table, "customer_id", rows, pa.array(ids, pa.string()))


def _future(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    """Dates in the year after the data end: the clock of a till ran ahead."""
    ahead = DAYS + 1 + dirt.draws.integers("dirt.future", 364, dirt.piece, rows)
    times = calendar(ahead).astype("datetime64[us]") + np.timedelta64(10, "h")
    return with_values(table, "ordered_at", rows, pa.array(times))


def _negative(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    return with_values(table, "unit_price", rows, pa.array(-values_at(table, "unit_price", rows)))


def _late(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    low, high = LATE_DAYS
    wait = low + dirt.draws.integers("dirt.late", high - low + 1, dirt.piece, rows)
    return with_values(table, "recorded_on", rows, pa.array(calendar(_day(table)[rows] + wait)))


def _twice(table: pa.Table, rows: np.ndarray, dirt: Dirt) -> pa.Table:
    return pa.concat_tables([table, table.take(pa.array(rows))])


_PLANTS = {
    "missing product id": lambda table, rows, dirt: nothing(table, "product_id", rows),
    "missing order id": lambda table, rows, dirt: nothing(table, "order_id", rows),
    "orphan product": _orphan_products,
    "orphan customer": _orphan_customers,
    "future date": _future,
    "wrong sign": _negative,
    "late row": _late,
    "duplicate line": _twice,
}


def _test_lines(table: pa.Table, dirt: Dirt, accounts: list[str]) -> pa.Table:
    """Lines of the test accounts: 999 pieces at one cent."""
    count = len(accounts) * TEST_LINES_PER_ACCOUNT
    names = np.repeat(np.array(accounts, dtype=object), TEST_LINES_PER_ACCOUNT)
    source = dirt.draws.integers("dirt.test", table.num_rows, dirt.piece, np.arange(count))
    lines = table.take(pa.array(np.sort(source)))
    orders = pa.array([f"T{dirt.piece:02d}{n:06d}" for n in range(count)])
    changes = {
        "order_id": orders,
        "customer_id": pa.array(names, pa.string()),
        "product_id": pa.array(["P0001"] * count),
        "quantity": pa.array(np.full(count, 999)),
        "unit_price": pa.array(np.full(count, 0.01)),
        "unit_cost": pa.array(np.full(count, 0.01)),
    }
    for name, values in changes.items():
        lines = with_values(lines, name, np.arange(count), values)
    dirt.note("test line", orders.to_pylist())
    return lines
