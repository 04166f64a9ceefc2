"""Lost customers who return by themselves."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.claims import claim_reach
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.retention import natural_returns
from crm_helpers.questions.retention.second_life import SecondLife
from tests.questions.campaigns.trials import AS_OF, contacts, report

LIFE = SecondLife(20.0, 15.0, 25.0)
NONE = Section.absent("No win_back campaign.", silent=True)
DAYS = {"lost_days": 180, "memory_days": 730, "outcome_days": 90}
GAIN = {"contact_lift": 0.5, "contact_cost": 1.0}
ORDERS = {"transactions": pd.DataFrame(columns=["customer_id", "ordered_at"])}


def shop(data_from="2022-01-01"):
    """Report on a shop with ten lost customers at each origin, of whom each second returns."""
    lost = pd.DataFrame({"customer_id": list("abcdefghij"), "recency_days": range(200, 300, 10)})
    back = lost[["customer_id"]].assign(returned=[True, False] * 5)
    span = pd.DataFrame({"data_from": [pd.Timestamp(data_from)]})
    made = report(ORDERS, lost_customers=lost, came_back=back, data_span=span)
    made.as_of = AS_OF
    return made


def returns():
    """Nine customers of earlier origins, the more recent the likelier back; two of today."""
    roles = ["train"] * 10 + ["score"] * 2
    return pd.DataFrame(
        {
            "customer_id": list("abcdefghijkl"),
            "role": roles,
            "recency_days": [*range(200, 300, 10), 210, 290],
            "returned": [True] * 4 + [False] * 6 + [None] * 2,
        }
    )


def evidence(**changed):
    known = {"base_rate": 0.4, "finds_something": True, "loses_to_rule": False}
    return SimpleNamespace(**(known | changed))


def model():
    """Chance of 0.4, by its rule of 0.1, tested on ten customers."""
    test = pd.DataFrame({"probability": np.linspace(0.1, 1, 10), "outcome": [0] * 5 + [1] * 5})
    by_rule = SimpleNamespace(probability=lambda rows: np.full(len(rows), 0.1))
    chance = SimpleNamespace(probability=lambda rows: np.full(len(rows), 0.4))
    return SimpleNamespace(test=test, by_rule=lambda: by_rule, probability=chance.probability)


def test_where_the_lost_were_contacted_at_random_this_is_silent():
    rows = natural_returns.rows(shop(), contacts(), **DAYS)
    assert rows.is_silent
    assert natural_returns.model(rows, protected_columns=[], min_events=1, seed=0).is_silent


def test_without_orders_it_says_what_to_add():
    rows = natural_returns.rows(report(), NONE, **DAYS)
    assert rows.reason.startswith("The source has no transactions (customer_id, ordered_at)")
    assert not rows.is_silent


def test_a_history_too_short_for_the_lost_says_what_to_choose():
    rows = natural_returns.rows(shop("2025-09-30"), NONE, **DAYS)
    assert "Choose a shorter lost_days" in rows.reason


def test_rows_are_those_lost_at_each_origin_and_today():
    made = shop()
    rows = natural_returns.rows(made, NONE, **DAYS)
    today = rows[rows["role"] == "score"]
    assert today["origin_on"].unique().tolist() == [pd.Timestamp(AS_OF)]
    assert today["returned"].isna().all()
    assert rows.loc[rows["role"] != "score", "returned"].mean() == 0.5
    asked = [given for name, given in made.asked if name == "came_back"]
    assert {given["outcome_days"] for given in asked} == {90}
    assert max(given["as_of"] for given in asked) <= AS_OF - dt.timedelta(days=90)


def test_all_origins_look_back_equally_far():
    made = shop("2025-01-01")
    natural_returns.rows(made, NONE, **DAYS)
    asked = {given["memory_days"] for name, given in made.asked if name == "lost_customers"}
    assert len(asked) == 1
    assert DAYS["lost_days"] < asked.pop() < DAYS["memory_days"]


def test_too_few_returns_make_no_model_and_no_evidence():
    rows = natural_returns.rows(shop(), NONE, **DAYS)
    made = natural_returns.model(rows, protected_columns=[], min_events=500, seed=0)
    assert is_absent(made)
    assert natural_returns.evidence(made, bootstraps=5, seed=0).reason == made.reason
    assert natural_returns.success(made, made, outcome_days=90).reason == made.reason


def test_success_is_told_in_fifths_likeliest_first():
    shown = natural_returns.success(model(), evidence(), outcome_days=90)
    assert shown.data["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert shown.data["customers"].tolist() == [2] * 5
    assert shown.data["expected"].tolist() == pytest.approx([0.95, 0.75, 0.55, 0.35, 0.15])
    assert shown.data["returned"].tolist() == [1, 1, 0.5, 0, 0]
    assert "40.0 come back by themselves within 90 days" in shown.says


def test_bands_leave_out_those_of_today():
    bands = natural_returns.bands(returns(), LIFE, **GAIN)
    assert bands["customers"].tolist() == [2] * 5
    assert bands["rate"].tolist() == [1, 1, 0, 0, 0]
    # 100 x (rate x 0.5 x 20 - 1)
    assert bands["net"].tolist() == pytest.approx([900, 900, -100, -100, -100])
    # None of two came back: that is not known to be none of many.
    assert (bands["net_high"] > 700).all()


def test_at_least_and_at_most_are_wilson_limits_allowing_for_the_bands():
    mixed = returns().assign(returned=[True, False] * 5 + [None] * 2)
    bands = natural_returns.bands(mixed, LIFE, **GAIN)
    assert bands["net"].tolist() == pytest.approx([400.0] * 5)
    z2 = claim_reach(5) ** 2
    apart = 1000 * np.sqrt(z2 * 2 / 4 + z2**2 / 4) / (2 + z2)  # of 1 of 2, around one half
    assert bands["net_low"].tolist() == pytest.approx([400 - apart] * 5)
    assert bands["net_high"].tolist() == pytest.approx([400 + apart] * 5)


def test_too_late_follows_from_the_bands():
    bands = natural_returns.bands(returns(), LIFE, **GAIN)
    shown = natural_returns.too_late(report(), bands, contact_lift=0.5)
    assert shown.says.startswith("After 236 days without an order a contact no longer pays")
    assert shown.data["net"].tolist() == bands["net"].tolist()


def test_rows_are_missed_before_the_worth_of_a_return():
    absent = Section.absent("No orders."), Section.absent("No life.")
    assert natural_returns.bands(*absent, **GAIN).reason == "No orders."


def candidates(**changed):
    return natural_returns.candidates(returns(), model(), evidence(**changed), LIFE, **GAIN)


def test_candidates_are_the_lost_of_today():
    rows = candidates()
    assert rows["customer_id"].tolist() == ["k", "l"]
    assert rows["probability"].tolist() == pytest.approx([0.2, 0.2])
    assert rows["expected_net_value"].tolist() == pytest.approx([3.0, 3.0])
    assert rows["if_left_alone"].tolist() == [0.4, 0.4]
    assert rows["why"].iloc[0].endswith("40 of 100; gain assumed")


def test_the_rule_is_used_where_the_model_lost_to_it():
    assert candidates(loses_to_rule=True)["if_left_alone"].tolist() == [0.1, 0.1]


def test_nobody_is_a_candidate_where_the_order_is_chance():
    rows = candidates(finds_something=False)
    assert rows.empty
    assert "expected_net_value" in rows
