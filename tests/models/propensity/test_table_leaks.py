"""The leakage alarm on public data whose leaks are known."""

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.table_leaks import table_leaks


def alarms(frame, outcome, max_rows=16_000, dated=()):
    outcomes = {("contacts", "outcome"): frame.assign(outcome=outcome)}
    attributes = {"contacts": list(frame.columns)}
    found = table_leaks(outcomes, attributes, dated=dated, max_rows=max_rows, seed=0)
    return found["column"].tolist()


def drawn(rows=2000):
    random = np.random.default_rng(0)
    happened = random.random(rows) < 0.3
    frame = pd.DataFrame({"age": random.normal(size=rows), "minutes": random.normal(size=rows)})
    return frame, happened


def test_an_attribute_that_is_the_outcome_raises_the_alarm():
    frame, happened = drawn()
    assert alarms(frame.assign(bill=happened * 1.0), happened) == ["bill"]


def test_attributes_that_know_nothing_raise_none():
    assert alarms(*drawn()) == []


def test_an_attribute_that_is_merely_good_raises_none():
    frame, happened = drawn(4000)
    good = frame.assign(age=frame["age"] + 1.1 * happened)
    assert alarms(good, happened) == []
    assert alarms(good, happened, dated=["contacts"]) == []


def test_a_key_that_follows_the_outcome_raises_the_alarm_where_rows_have_no_date():
    frame, happened = drawn()
    number = np.argsort(np.argsort(happened + np.random.default_rng(1).random(len(frame)) * 1.5))
    assert alarms(frame.assign(number=number), happened) == ["number"]
    assert alarms(frame.assign(number=number), happened, dated=["contacts"]) == []


def test_too_few_events_are_not_judged():
    frame, _ = drawn()
    few = np.arange(len(frame)) < 20
    assert alarms(frame.assign(bill=few * 1.0), few) == []


def test_duration_in_bank_marketing_raises_the_alarm(shared_data):
    bank = pd.read_csv(shared_data / "bank_marketing" / "bank-additional-full.csv", sep=";")
    assert alarms(bank.drop(columns="y"), bank["y"] == "yes", max_rows=6000) == ["duration"]


def test_policy_number_in_car_claims_raises_the_alarm(shared_data):
    claims = pd.read_csv(shared_data / "carclaims_fraud" / "carclaims.csv")
    found = alarms(claims.drop(columns="FraudFound"), claims["FraudFound"] == "Yes")
    assert "PolicyNumber" in found


def test_no_attribute_of_telco_raises_the_alarm(shared_data):
    telco = pd.read_csv(shared_data / "telco_churn" / "WA_Fn-UseC_-Telco-Customer-Churn.csv")
    telco["TotalCharges"] = pd.to_numeric(telco["TotalCharges"], errors="coerce")
    assert alarms(telco.drop(columns=["Churn", "customerID"]), telco["Churn"] == "Yes") == []


def test_no_attribute_of_german_credit_raises_the_alarm(shared_data):
    german = pd.read_csv(shared_data / "german_credit" / "german.data", sep=" ", header=None)
    german.columns = [f"A{place}" for place in range(1, 21)] + ["outcome"]
    assert alarms(german.drop(columns="outcome"), german["outcome"] == 2) == []
