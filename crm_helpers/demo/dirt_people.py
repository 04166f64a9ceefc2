"""Dirt among persons and events: doubles, test accounts, impossible values, a leak."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.demo import names
from crm_helpers.demo.clock import DAYS, calendar
from crm_helpers.demo.defects import MEANING_CHANGED_ON
from crm_helpers.demo.dirt import Dirt, nothing, values_at, with_values
from crm_helpers.demo.files import numbered


def test_accounts(dirt: Dirt, first: int) -> list[str]:
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
    changes = {"customer_id": ids, "name": pa.array(spelt, pa.string()),
               "email": pa.array(mail, pa.string()), "joined_on": pa.array(later)}  # fmt: skip
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


def dirty_rows(table: pa.Table, kind: str, dirt: Dirt, allowed: np.ndarray) -> tuple:
    """Rows of a table for one defect, and their count for the list."""
    return dirt.rows([kind], allowed)[kind] if dirt.wanted else np.array([], int)


def dirty_subscriptions(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Contracts, some of which end before they start."""
    ended = table["ended_on"].is_valid().to_numpy()
    rows = dirty_rows(table, "end before start", dirt, ended)
    before = values_at(table, "started_on", rows).astype("datetime64[D]") - np.timedelta64(30, "D")
    return _changed(table, "end before start", "ended_on", rows, before, dirt, "customer_id")


def dirty_leads(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Leads, some of which converted before they came in."""
    rows = dirty_rows(
        table, "converted before created", dirt, table["converted_on"].is_valid().to_numpy()
    )
    early = values_at(table, "created_on", rows).astype("datetime64[D]") - np.timedelta64(5, "D")
    return _changed(table, "converted before created", "converted_on", rows, early, dirt, "lead_id")


def dirty_contacts(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Contacts, some of them delivered twice."""
    rows = dirty_rows(table, "duplicate contact", dirt, np.ones(table.num_rows, bool))
    if dirt.wanted:
        keys = values_at(table, "person_id", rows)
        dirt.note("duplicate contact", list(keys), list(values_at(table, "campaign", rows)))
    return pa.concat_tables([table, table.take(pa.array(rows))])


def dirty_feedback(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Statements, some with a score that is on no scale."""
    rows = dirty_rows(table, "score off the scale", dirt, table["score"].is_valid().to_numpy())
    scores = np.full(len(rows), 99.0)
    return _changed(table, "score off the scale", "score", rows, scores, dirt, "feedback_id")


def dirty_applications(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Applications whose years at the address are months from one day on."""
    applied = table["applied_on"].to_numpy().astype("datetime64[D]")
    later = applied >= np.datetime64(MEANING_CHANGED_ON)
    rows = np.flatnonzero(later) if dirt.wanted else np.array([], int)
    months = values_at(table, "years_at_address", rows) * 12
    column = "years_at_address"
    return _changed(table, "changed meaning", column, rows, months, dirt, "application_id")


def dirty_payments(table: pa.Table, dirt: Dirt) -> pa.Table:
    """Payments, some with a minus sign."""
    honest = (
        pc.equal(table["kind"], "payment").to_numpy() & ~table["is_fraud"].is_valid().to_numpy()
    )
    rows = dirty_rows(table, "negative amount", dirt, honest)
    negative = -values_at(table, "amount", rows)
    return _changed(table, "negative amount", "amount", rows, negative, dirt, "payment_id")


def _changed(table, kind: str, column: str, rows, values, dirt: Dirt, key: str) -> pa.Table:
    if dirt.wanted:
        dirt.note(kind, list(values_at(table, key, rows)))
    return with_values(table, column, rows, pa.array(values)) if len(rows) else table


def login_days(people: pd.DataFrame, last_order: np.ndarray, draws) -> np.ndarray:
    """Days since the last login, counted on the last day of the data; few after the last order."""
    since = DAYS - np.maximum(last_order, people["joined_day"].to_numpy())
    u = draws.uniform("login.days", people["number"].to_numpy())
    return np.floor(since * (0.75 + 0.25 * u)).astype(np.int64)
