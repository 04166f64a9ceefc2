import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.leads import outcomes, waiting, when, won

DAY = dt.date(2025, 6, 1)
LEADS = pd.DataFrame(
    {
        "lead_id": [f"l{n}" for n in range(4)],
        "created_on": [DAY] * 4,
        "converted_on": [DAY + dt.timedelta(days=4), None, dt.date(2025, 7, 10), None],
        "customer_id": ["a", None, "c", None],
        "channel": ["web", "web", "fair", None],
        "cost": [3.0, 2.0, 1.0, None],
    }
)
ORDERS = pd.DataFrame(
    {
        "order_id": ["o1", "o2"],
        "product_id": ["x", "x"],
        "customer_id": ["a", "a"],
        "ordered_at": pd.to_datetime(["2025-06-06", "2025-06-30"]),
        "is_return": [False, False],
        "revenue": [40.0, 60.0],
    }
)
FOLLOWED = pd.DataFrame(
    {
        "lead_id": [f"l{n}" for n in range(100)],
        "channel": ["web"] * 60 + ["fair"] * 35 + ["phone"] * 5,
        "is_converted": ([True, False] * 30) + [True] * 7 + [False] * 28 + [False] * 5,
        "open_days": np.tile([5, 10, 20, 40, 80], 20),
    }
)


def test_outcomes_are_what_was_known_at_as_of(shop):
    rows = outcomes(shop(leads=LEADS)).set_index("lead_id")
    assert rows["is_converted"].tolist() == [True, False, False, False]
    assert rows.loc["l0", "open_days"] == 4
    assert rows.loc["l3", "channel"] == "not stated"


def test_leads_without_a_day_of_conversion_have_no_outcomes(shop):
    none = outcomes(shop(leads=LEADS.drop(columns="converted_on")))
    assert "converted_on in leads" in none.reason


def test_customers_won_are_followed_from_the_conversion(shop):
    rows = won(shop(leads=LEADS, transactions=ORDERS), follow_days=25, lost_days=10)
    assert rows["customer_id"].tolist() == ["a"]
    assert rows["followed_revenue"].tolist() == [100.0]


def test_customers_who_cannot_be_followed_so_long_do_not_count(shop):
    assert won(shop(leads=LEADS, transactions=ORDERS), follow_days=30, lost_days=10).empty


def test_without_orders_nobody_is_followed(shop):
    none = won(shop(leads=LEADS), follow_days=25, lost_days=10)
    assert "no transactions" in none.reason


def test_few_conversions_give_no_time_to_wait():
    few = waiting(FOLLOWED.assign(is_converted=FOLLOWED.index < 29))
    assert "29 of 100 converted" in few.reason


def test_more_convert_sooner_or_later_than_have_so_far():
    assert waiting(FOLLOWED).final_share > FOLLOWED["is_converted"].mean()


def test_conversion_is_shown_by_channel_large_enough(shop):
    shown = when(shop(), FOLLOWED, waiting(FOLLOWED), outcome_days=90, min_group=30)
    assert set(shown.data["channel"]) == {"web", "fair"}
    last = shown.data.groupby("channel")["converted_share"].last()
    assert last["web"] > last["fair"]


def test_the_share_of_all_leads_is_found(shop):
    time = waiting(FOLLOWED)
    found = when(shop(), FOLLOWED, time, outcome_days=90, min_group=30).findings
    assert found["final_conversion"]["value"] == pytest.approx(time.final_share)
    assert found["final_conversion"]["n"] == 100


def test_without_time_to_wait_nothing_is_said(shop):
    none = when(shop(), FOLLOWED, Section.absent("Few."), outcome_days=90, min_group=30)
    assert none.reason == "Few."
    assert not none.findings


def leads_of(rng, ages, chance=0.3, days=200.0):
    """Leads of one process: a share converts at exponential times, watched for their age."""
    late = np.where(rng.random(len(ages)) < chance, rng.exponential(days, len(ages)), np.inf)
    return {"is_converted": late <= ages, "open_days": np.minimum(late, ages).round()}


def of_unlike_age(seed, young_chance=0.3):
    rng = np.random.default_rng(seed)
    old = pd.DataFrame(leads_of(rng, rng.uniform(300, 900, 600))).assign(channel="web")
    young = leads_of(rng, rng.uniform(60, 80, 400), young_chance)
    return pd.concat([old, pd.DataFrame(young).assign(channel="fair")], ignore_index=True)


def test_channels_of_unlike_age_are_compared_at_a_day_both_have_reached(shop):
    rows = of_unlike_age(1)
    shown = when(shop(), rows, waiting(rows), outcome_days=90, min_group=50)
    last = shown.data.groupby("channel")["day"].max()
    assert last["web"] > 300
    assert 60 <= last["fair"] < 80  # with 50 leads or more still watched
    title = shown.parts[1].title
    assert "No difference between channels is shown" in title
    assert f"within {last['fair']:.0f} days" in title


def test_a_channel_that_converts_more_is_named_with_the_other(shop):
    rows = of_unlike_age(1, young_chance=0.9)
    shown = when(shop(), rows, waiting(rows), outcome_days=45, min_group=50)
    assert "Fair converts more than web" in shown.parts[1].title
    assert "within 45 days" in shown.parts[1].title


def test_a_channel_watched_too_short_is_said_and_not_compared(shop):
    rng = np.random.default_rng(2)
    new = pd.DataFrame(leads_of(rng, rng.uniform(5, 20, 100))).assign(channel="new")
    rows = pd.concat([of_unlike_age(2), new], ignore_index=True)
    shown = when(shop(), rows, waiting(rows), outcome_days=45, min_group=50)
    assert "watched too short to be compared: new" in shown.parts[1].text


def test_without_a_channel_large_enough_the_answer_is_words(shop):
    shown = when(shop(), FOLLOWED, waiting(FOLLOWED), outcome_days=90, min_group=500)
    assert shown.says.startswith("Of 100 leads")
    assert shown.findings["final_conversion"]["n"] == 100
