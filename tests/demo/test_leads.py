import numpy as np
import pandas as pd
import pytest
from scipy import stats


@pytest.fixture(scope="module")
def leads(twin):
    company = twin()
    frame = company["leads"].merge(company["truth_leads"], on="lead_id")
    planted = company.truth["leads"]
    median = dict(zip(planted["ASKED_FOR"], planted["CONVERSION_DAYS"], strict=True))
    watched = (pd.Timestamp("2026-09-30") - pd.to_datetime(frame["created_on"])).dt.days + 0.5
    spread = (np.log(watched) - np.log(frame["asked_for"].map(median))) / 0.9
    # Chance that the conversion has been seen by the last day.
    return frame.assign(expected=frame["p_convert"] * stats.norm.cdf(spread))


@pytest.mark.parametrize("by", ["channel", "asked_for", "pages_viewed"])
def test_leads_convert_by_their_true_chance(leads, by):
    values = leads[by].clip(upper=9) if by == "pages_viewed" else leads[by]
    for _, part in leads.groupby(values):
        p = part["expected"]
        z = (part["converted_on"].notna().sum() - p.sum()) / np.sqrt((p * (1 - p)).sum())
        assert abs(z) < 4


def test_days_to_conversion_follow_what_was_asked_for(leads):
    old = leads[(leads["created_on"] < pd.Timestamp("2026-01-01").date())]
    old = old[old["converted_on"].notna()]
    days = (pd.to_datetime(old["converted_on"]) - pd.to_datetime(old["created_on"])).dt.days
    median = days.groupby(old["asked_for"]).median()
    assert median["voucher"] == pytest.approx(9, abs=1.5)
    assert median["catalogue"] == pytest.approx(16, abs=2.5)
    assert median["newsletter"] == pytest.approx(28, abs=5)


def test_a_converted_lead_is_a_customer_of_that_day_and_channel(twin):
    company = twin("campaigns", "new_channel")
    won = company["leads"].dropna(subset=["customer_id"])
    both = won.merge(company["customers"], on="customer_id", suffixes=("", "_of_customer"))
    assert len(both) == len(won)
    assert (both["converted_on"] == both["joined_on"]).all()
    for column in ("channel", "region", "occupation", "birth_year"):
        assert (both[column] == both[f"{column}_of_customer"]).all()


def test_the_cheap_channel_brings_poor_customers(company):
    truth = company["truth_customers"].merge(company["customers"], on="customer_id")
    yearly = 365 * truth["rate"] * truth["mean_order_value"] * (1 - truth["dropout"])
    value = yearly.groupby(truth["channel"]).mean()
    cost = company["leads"].groupby("channel")["cost"].mean()
    assert value.idxmin() == cost.idxmin() == "coupon_portal"
    assert value["coupon_portal"] < 0.65 * value.drop("coupon_portal").min()
    share = company["leads"].groupby("channel")["converted_on"].agg(lambda c: c.notna().mean())
    assert share["coupon_portal"] > share["search_ads"]


def test_the_new_channel_starts_on_its_day(company):
    for table, column in (("leads", "created_on"), ("customers", "joined_on")):
        frame = company[table]
        new = frame[frame["channel"] == "partner_app"]
        assert len(new) > 30
        assert str(new[column].min()) >= "2026-07-01"


def test_channels_leave_the_laws_alone(twin):
    # Latents do not depend on the day of joining, though channels depend on both.
    company = twin("campaigns", "new_channel")
    truth = company["truth_customers"].merge(company["customers"], on="customer_id")
    joined = pd.to_datetime(truth["joined_on"]).rank()
    for latent in ("rate", "dropout", "spend_rate"):
        correlation = np.corrcoef(joined, truth[latent].rank())[0, 1]
        assert abs(correlation) < 4 / np.sqrt(len(truth))
