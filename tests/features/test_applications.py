"""Applications as known on a day: state, outcome, role, and nothing of what came later."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from crm_helpers.features.applications import applicants, known_applications
from crm_helpers.features.compute import compute

AS_OF = dt.date(2026, 9, 30)


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def applications(*rows):
    """Rows of application_id, applied_on, decided_on, decision, defaulted, outcome_known_on."""
    names = ["application_id", "applied_on", "decided_on", "decision", "defaulted", "known"]
    frame = pd.DataFrame(rows, columns=names, dtype=object).rename(
        columns={"known": "outcome_known_on"}
    )
    for name in ("applied_on", "decided_on", "outcome_known_on"):
        frame[name] = frame[name].map(day)
    frame = frame.assign(decided_by="clerk", amount=100.0, customer_id=frame["application_id"])
    types = {
        "application_id": "string",
        "applied_on": "date",
        "decided_on": "date",
        "decision": "string",
        "defaulted": "boolean",
        "outcome_known_on": "date",
        "decided_by": "string",
        "amount": "decimal(12, 2)",
        "customer_id": "string",
    }
    return ibis.memtable(frame.astype(object).where(frame.notna(), None), schema=types)


def known(table, **parameters):
    given = {"as_of": AS_OF, "outcome_days": 90, "test_days": 90} | parameters
    return compute(known_applications, {"applications": table}, given).set_index("application_id")


def test_states_are_those_known_on_the_day():
    found = known(
        applications(
            ("a", "2026-09-29", None, None, None, None),
            ("b", "2026-09-29", "2026-10-01", "approved", None, None),
            ("c", "2026-09-01", "2026-09-02", "declined", None, None),
            ("d", "2026-08-01", "2026-08-02", "approved", None, None),
            ("e", "2026-01-01", "2026-01-02", "approved", True, "2026-03-02"),
        )
    )
    assert found["state"].to_dict() == {
        "a": "open",
        "b": "open",
        "c": "declined",
        "d": "running",
        "e": "known",
    }


def test_later_decision_and_its_clerk_are_taken_out():
    found = known(applications(("b", "2026-09-29", "2026-10-01", "declined", None, None)))
    assert pd.isna(found.loc["b", "decision"])
    assert pd.isna(found.loc["b", "decided_by"])


def test_a_default_known_early_waits_until_good_ends_are_known_too():
    early = applications(("a", "2026-08-01", "2026-08-01", "approved", True, "2026-08-20"))
    assert known(early).loc["a", "state"] == "running"
    assert known(early, outcome_days=60).loc["a", "state"] == "known"


def test_an_outcome_known_after_the_day_does_not_count():
    late = applications(("a", "2026-01-01", "2026-01-01", "approved", False, "2026-10-05"))
    assert known(late).loc["a", "state"] == "running"
    assert pd.isna(known(late).loc["a", "defaulted"])


def test_roles_keep_outcomes_of_the_test_out_of_training():
    found = known(
        applications(
            ("train", "2025-05-01", "2025-05-01", "approved", False, "2025-07-30"),
            ("between", "2025-09-30", "2025-09-30", "approved", False, "2025-12-29"),
            ("validation", "2025-10-10", "2025-10-10", "approved", False, "2026-01-08"),
            ("late", "2026-02-01", "2026-02-01", "approved", False, "2026-05-02"),
            ("test", "2026-05-01", "2026-05-01", "approved", True, "2026-07-30"),
        )
    )
    assert found["role"].to_dict() == {name: name for name in found.index}


def test_default_days_count_from_the_decision():
    found = known(applications(("a", "2026-01-01", "2026-01-03", "approved", True, "2026-02-02")))
    assert found.loc["a", "default_days"] == 30
    assert found.loc["a", "approved_quarter"] == "2026Q1"


def test_without_dates_there_are_no_roles():
    table = applications(("a", "2026-01-01", None, None, True, None))
    bare = table.select("application_id", "defaulted", "amount")
    found = known(bare)
    assert "role" not in found
    assert found.loc["a", "state"] == "known"


def test_dates_ids_and_what_came_afterwards_are_no_attributes():
    found = known(applications(("a", "2026-01-01", "2026-01-03", "approved", True, "2026-02-02")))
    left = set(found) - {"state", "role", "quarter", "approved_quarter", "default_days"}
    assert left == {"customer_id", "decision", "decided_by", "defaulted", "amount"}


def test_applicants_carry_their_attributes_without_the_name():
    people = pd.DataFrame({"customer_id": ["a"], "gender": ["female"], "name": ["Ann"]})
    table = applications(("a", "2026-01-01", None, None, None, None))
    tables = {"applications": table, "customers": ibis.memtable(people)}
    found = compute(applicants, tables, {"as_of": AS_OF})
    assert found.to_dict("records") == [{"application_id": "a", "gender": "female"}]


@pytest.mark.parametrize("days", [30, 365])
def test_every_application_appears_once_whatever_the_window(days):
    rows = [(f"a{i}", "2026-01-01", "2026-01-02", "approved", False, "2026-02-01") for i in "123"]
    assert len(known(applications(*rows), test_days=days)) == 3
