import datetime as dt

import ibis
import numpy as np
import pandas as pd

from crm_helpers.questions.data_quality import leaks

ALARMS = pd.DataFrame(
    [["contacts", "responded", "duration", "alone", 0.97, 0.98, 0.7, 900]],
    columns="table outcome column reason alone_auc with_auc without_auc rows".split(),
)
OUTCOMES = {("contacts", "responded"): pd.DataFrame({"outcome": [True], "duration": [3]})}


def test_an_alarm_names_attribute_and_table():
    shown = leaks.knowing(ALARMS, OUTCOMES)
    assert shown.says == (
        "duration of contacts seems to know the outcome: models leave it out until "
        "trusted_columns names it as older"
    )
    assert shown.data["rows"].tolist() == [900]


def test_attributes_without_an_alarm_are_counted():
    none = leaks.knowing(ALARMS.head(0), OUTCOMES)
    assert none.says == "None of 1 attribute seems to know its outcome"
    assert "No alarm was raised." in none.html


def test_without_outcomes_nothing_could_leak():
    assert leaks.knowing(ALARMS.head(0), {}).says.endswith("nothing could leak")


def test_alarms_are_serious_defects():
    found = leaks.alarm_defects(ALARMS)
    assert found[["kind", "severity"]].to_numpy().tolist() == [["leak", "serious"]]


def test_strengths_are_shown_for_the_analyst_where_there_is_an_alarm():
    assert leaks.strengths(ALARMS).data["alone_auc"].tolist() == [0.97]
    assert leaks.strengths(ALARMS.head(0)).html == ""


def test_customers_are_not_dated_by_their_joining():
    dates = {"contacted_at": pd.to_datetime(["2026-01-01"]), "joined_on": "2026-01-01"}
    table = ibis.memtable(pd.DataFrame(dates))
    assert leaks.dated_tables({"contacts": table, "customers": table}) == ["contacts"]


def test_an_attribute_equal_to_the_outcome_raises_the_alarm():
    rng = np.random.default_rng(3)
    outcome = rng.random(400) < 0.4
    frame = pd.DataFrame({"outcome": outcome, "echo": outcome * 1.0, "noise": rng.random(400)})
    rows = pd.DataFrame({"person_id": ["a"], "responded": [True], "echo": [1.0], "noise": [0.1]})
    known = {"contacts": ibis.memtable(rows)}
    outcomes = {("contacts", "responded"): frame}
    found = leaks.alarms(known, outcomes, max_rows_train=400, seed=1)
    assert found["column"].tolist() == ["echo"]


def test_without_customers_nobody_lapsed(report):
    assert leaks.lapsed_customers(report, outcome_days=90).empty


def test_lapses_are_those_of_the_window_that_ends_on_the_day_of_the_report(report):
    asked = {}
    report.features = lambda function, **named: asked.update(named)
    report.tables["transactions"] = pd.DataFrame(columns=["customer_id", "ordered_at"])
    report.tables["customers"] = pd.DataFrame(columns=["customer_id"])
    leaks.lapsed_customers(report, outcome_days=30)
    assert asked == {"as_of": dt.date(2026, 5, 31), "outcome_days": 30}
