"""Dirt among persons and events: doubles, test accounts, impossible values, a leak."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.demo import names
from crm_helpers.demo.clock import DAYS, calendar
from crm_helpers.demo.defects import BY_KIND, MEANING_CHANGED_ON
from crm_helpers.demo.dirt.tables import Dirt, nothing, values_at, with_values
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.files import numbered

KEYS = {
    "subscriptions": "customer_id",
    "leads": "lead_id",
    "feedback": "feedback_id",
    "payments": "payment_id",
}


def account_ids(dirt: Dirt, first: int) -> list[str]:
    """Customer ids of the test accounts, numbered from a first free one."""
    count = dirt.count("test account")
    return numbered("C", first + np.arange(count), 7).to_pylist()


def dirty_customers(
    table: pa.Table, dirt: Dirt, login_days: np.ndarray, accounts: list[str], first: int
) -> pa.Table:
    """Customers with doubles, test accounts, impossible ages, gaps and a column that leaks."""
    if not dirt.wanted:
        return table
    table = table.append_column("last_login_days", pa.array(login_days))
    dirt.note("leak", ["last_login_days"])
    rows = dirt.rows(
        ["duplicate customer", "impossible age", "missing together"],
        np.ones(table.num_rows, bool),
    )
    age, gaps = rows["impossible age"], rows["missing together"]
    wrong = np.where(np.arange(len(age)) % 2, 1890 + age % 16, 2027 + age % 5)
    table = with_values(table, "birth_year", age, pa.array(wrong))
    table = nothing(nothing(table, "birth_year", gaps), "occupation", gaps)
    for kind in ("impossible age", "missing together"):
        dirt.note(kind, list(values_at(table, "customer_id", rows[kind])))
    doubles = _doubles(table, rows["duplicate customer"], dirt, first)
    tests = _tests(table, accounts, dirt)
    return pa.concat_tables([table, doubles, tests])


def _doubles(table: pa.Table, rows: np.ndarray, dirt: Dirt, first: int) -> pa.Table:
    """The same persons again, later, with another id and e-mail and the name spelt otherwise."""
    again = table.take(pa.array(rows))
    everyone = np.arange(len(rows))
    ids = numbered("C", first + everyone, 7)
    old_names = values_at(table, "name", rows)
    spelt = names.misspelt(dirt.draws, first + everyone, old_names)
    mail = names.emails(dirt.draws, first + everyone, np.array([n.replace(".", "") for n in spelt]))
    joined = again["joined_on"].to_numpy().astype("datetime64[D]")
    last = calendar(np.array([DAYS - 1]))[0]
    rest = dirt.draws.uniform("dirt.double joined", dirt.piece, rows)
    later = joined + ((last - joined).astype(int) * rest).astype("timedelta64[D]")
    changes = {
        "customer_id": ids,
        "name": pa.array(spelt, pa.string()),
        "email": pa.array(mail, pa.string()),
        "joined_on": pa.array(later),
    }
    for name, values in changes.items():
        again = with_values(again, name, everyone, values)
    dirt.note("duplicate customer", ids.to_pylist(), list(values_at(table, "customer_id", rows)))
    return again


def _tests(table: pa.Table, accounts: list[str], dirt: Dirt) -> pa.Table:
    count = len(accounts)
    lines = table.slice(0, count)
    everyone = np.arange(count)
    changes = {
        "customer_id": pa.array(accounts),
        "name": pa.array([f"Test Account {n + 1}" for n in everyone]),
        "email": pa.array([f"test{dirt.piece}{n + 1}@example.com" for n in everyone]),
        "postcode": pa.array(["00000"] * count),
    }
    for name, values in changes.items():
        lines = with_values(lines, name, everyone, values)
    dirt.note("test account", accounts)
    return lines


def dirty_subscriptions(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Contracts, some of which end before they start."""
    return _spoilt(table, dirt, "end before start", table["ended_on"].is_valid(), _before_start)


def dirty_leads(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Leads, some of which converted before they came in."""
    allowed = table["converted_on"].is_valid()
    return _spoilt(table, dirt, "converted before created", allowed, _before_created)


def dirty_feedback(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Statements, some with a score that is on no scale."""
    allowed = table["score"].is_valid()
    return _spoilt(table, dirt, "score off the scale", allowed, lambda t, r: np.full(len(r), 99.0))


def dirty_payments(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Payments, some with a minus sign."""
    allowed = pc.and_(pc.equal(table["kind"], "payment"), table["is_fraud"].is_null())
    return _spoilt(table, dirt, "negative amount", allowed, lambda t, r: -values_at(t, "amount", r))


def dirty_applications(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Applications whose years at the address are months from one day on."""
    if not dirt.wanted:
        return table
    rows = np.flatnonzero(pc.greater_equal(table["applied_on"], MEANING_CHANGED_ON).to_numpy())
    dirt.note("changed meaning", list(values_at(table, "application_id", rows)))
    months = values_at(table, "years_at_address", rows) * 12
    return with_values(table, "years_at_address", rows, pa.array(months))


def dirty_contacts(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Contacts, some of them delivered twice."""
    if not dirt.wanted:
        return table
    kind = "duplicate contact"
    rows = dirt.rows([kind], np.ones(table.num_rows, bool))[kind]
    keys = values_at(table, "person_id", rows)
    dirt.note(kind, list(keys), list(values_at(table, "campaign", rows)))
    return pa.concat_tables([table, table.take(pa.array(rows))])


def _spoilt(
    table: pa.Table, dirt: Dirt, kind: str, allowed: pa.ChunkedArray, value: Callable
) -> pa.Table:
    """The table with a wrong value in as many of the allowed rows as the defect asks for."""
    if not dirt.wanted:
        return table
    rows = dirt.rows([kind], allowed.to_numpy())[kind]
    dirt.note(kind, list(values_at(table, KEYS[BY_KIND[kind].table], rows)))
    return with_values(table, BY_KIND[kind].column, rows, pa.array(value(table, rows)))


def _before_start(table: pa.Table, rows: np.ndarray) -> np.ndarray:
    return values_at(table, "started_on", rows).astype("datetime64[D]") - np.timedelta64(30, "D")


def _before_created(table: pa.Table, rows: np.ndarray) -> np.ndarray:
    return values_at(table, "created_on", rows).astype("datetime64[D]") - np.timedelta64(5, "D")


def login_days(people: pd.DataFrame, last_order: np.ndarray, draws: Draws) -> np.ndarray:
    """Days since the last login, counted on the last day of the data; few after the last order."""
    since = DAYS - np.maximum(last_order, people["joined_day"].to_numpy())
    u = draws.uniform("login.days", people["number"].to_numpy())
    return np.floor(since * (0.75 + 0.25 * u)).astype(np.int64)
