"""Contracts, read back by counting weeks at risk: events against the sum of planted hazards."""

import numpy as np
import pandas as pd
import pytest

LAYERS = ("membership", "price_rise", "service_failures")
MONTH = 365.25 / 12


def weeks_at_risk(company) -> pd.DataFrame:
    """One row per contract and week with everything that a hazard depends on, and what happened."""
    truth = company.truth["subscriptions"]
    contracts = company["subscriptions"].merge(company["truth_subscriptions"], on="customer_id")
    first = pd.Timestamp(company.truth["company"]["first_day"])
    start = (pd.to_datetime(contracts["started_on"]) - first).dt.days.to_numpy()
    end = (pd.to_datetime(contracts["ended_on"]) - first).dt.days.to_numpy(dtype=float)
    weeks = np.ceil((np.where(np.isnan(end), 1096, end + 1) - start) / 7).astype(int)
    row = np.repeat(np.arange(len(contracts)), weeks)
    week = np.arange(len(row)) - np.repeat(np.cumsum(weeks) - weeks, weeks)
    frame = contracts.iloc[row].reset_index(drop=True)
    frame["day"] = start[row] + 7 * week
    last = week == weeks[row] - 1
    frame["ends"] = last & ~np.isnan(end[row])
    frame["month"] = 7 * week / MONTH
    frame["is_raised"] = _is_raised(frame, truth, first, start[row])
    frame["failed"] = _failed(company, frame, first)
    return frame


def _is_raised(frame, truth, first, start):
    rise = (pd.Timestamp("2025-04-01") - first).days
    since = frame["day"] - rise
    inside = (since >= 0) & (since < truth["PRICE_RISE_DAYS"])
    return inside & (frame["plan"] == truth["PRICE_RISE_PLAN"]) & (start < rise)


def _failed(company, frame, first):
    """Whether a ticket on the membership came in the thirteen weeks before."""
    tickets = company["feedback"].query("collected_by == 'ticket' and touchpoint == 'membership'")
    day = (tickets["given_at"] - first).dt.days
    by_customer = tickets.assign(day=day).groupby("customer_id")["day"].agg(list)
    own = frame["customer_id"].map(by_customer)
    pairs = zip(own, frame["day"], strict=True)
    # The ticket comes half a day after the failure, which counts from the next week on.
    return np.array([isinstance(d, list) and any(6 <= x - y < 98 for y in d) for d, x in pairs])


def expected(frame: pd.DataFrame, truth: dict) -> tuple[np.ndarray, np.ndarray]:
    """Planted chance of a voluntary and an involuntary end in each week."""
    starts, values = np.array(truth["VOLUNTARY"]).T
    base = values[np.searchsorted(starts, frame["month"] + 1e-9, side="right") - 1]
    plan = dict(zip(truth["PLANS"], truth["PLAN_EFFECT"], strict=True))
    log = (
        frame["plan"].map(plan)
        + truth["UNHAPPY_EFFECT"] * frame["is_unhappy"]
        + truth["PRICE_RISE_EFFECT"] * frame["is_raised"]
        + truth["FAILURE_EFFECT"] * frame["failed"]
    )
    method = dict(zip(truth["METHODS"], truth["METHOD_EFFECT"], strict=True))
    voluntary = base * np.exp(log)
    involuntary = truth["INVOLUNTARY"][0][1] * np.exp(frame["payment_method"].map(method))
    both = voluntary + involuntary
    ends = -np.expm1(-both * 7 / MONTH)
    return ends * voluntary / both, ends * involuntary / both


@pytest.fixture(scope="module")
def risk(twin):
    company = twin(*LAYERS)
    frame = weeks_at_risk(company)
    frame["voluntary"], frame["involuntary"] = expected(frame, company.truth["subscriptions"])
    frame["left"] = frame["ends"] & (frame["end_reason"] == "voluntary")
    frame["failed_to_pay"] = frame["ends"] & (frame["end_reason"] == "involuntary")
    frame["tenure"] = pd.cut(frame["month"], [-1, 3, 11, 13, 23, 25, 99]).astype(str)
    return frame


def z(frame: pd.DataFrame, seen: str, planted: str) -> float:
    return (frame[seen].sum() - frame[planted].sum()) / np.sqrt(frame[planted].sum())


@pytest.mark.parametrize("by", ["tenure", "plan", "is_unhappy", "is_raised", "failed"])
def test_voluntary_ends_follow_the_planted_hazard(risk, by):
    found = {value: z(part, "left", "voluntary") for value, part in risk.groupby(by)}
    assert max(abs(value) for value in found.values()) < 4, found


@pytest.mark.parametrize("by", ["tenure", "payment_method"])
def test_involuntary_ends_follow_the_planted_hazard(risk, by):
    found = {v: z(part, "failed_to_pay", "involuntary") for v, part in risk.groupby(by)}
    assert max(abs(value) for value in found.values()) < 4, found


def test_price_rise_and_service_failures_have_weeks_enough_to_be_seen(risk):
    assert risk.loc[risk["is_raised"], "left"].sum() > 10
    assert risk.loc[risk["failed"], "left"].sum() > 25


def test_without_their_layers_price_rise_and_failures_do_nothing(twin):
    company = twin()
    frame = weeks_at_risk(company)
    truth = company.truth["subscriptions"] | {"PRICE_RISE_EFFECT": 0.0, "FAILURE_EFFECT": 0.0}
    frame["voluntary"], _ = expected(frame, truth)
    frame["left"] = frame["ends"] & (frame["end_reason"] == "voluntary")
    for column in ("is_raised", "failed"):
        assert abs(z(frame[frame[column]], "left", "voluntary")) < 4


def test_a_few_percent_of_the_contracts_end_each_quarter(company):
    contracts = company["subscriptions"]
    start, end = pd.to_datetime(contracts["started_on"]), pd.to_datetime(contracts["ended_on"])
    for quarter in pd.date_range("2025-01-01", "2026-07-01", freq="QS"):
        running = (start < quarter) & ~(end < quarter)
        ends = running & (end < quarter + pd.DateOffset(months=3))
        assert 0.025 < ends.sum() / running.sum() < 0.10


def test_the_true_chance_of_running_contracts_to_end_is_that_of_the_quarters_before(company):
    truth = company["truth_subscriptions"]
    chance = truth["p_voluntary_91"] + truth["p_involuntary_91"]
    running = company["subscriptions"]["ended_on"].isna().sum()
    assert abs(chance.notna().sum() - running) <= company.truth["company"]["customers"] / 1000
    assert 0.03 < chance.mean() < 0.09
