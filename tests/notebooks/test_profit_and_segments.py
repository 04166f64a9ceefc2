"""Profit and segments of the small company: numbers worked out anew, planted truth recovered."""

import numpy as np
import pandas as pd
import pytest

AS_OF = pd.Timestamp("2026-09-30")
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def lines(run, company) -> pd.DataFrame:
    """Order lines of known customers that the reports used."""
    rows = company.table("transactions")
    aside = pd.read_parquet(run.folder / "set_aside/transactions.parquet")
    rows = rows.drop(aside["row_number"].astype(int) - 1).dropna(subset="customer_id")
    rows = rows[rows["ordered_at"] < AS_OF + DAY]
    cost = rows["unit_cost"].astype(float)
    return rows.assign(margin=rows["quantity"] * (rows["unit_price"].astype(float) - cost))


def margin_of(lines, until, days):
    window = lines["ordered_at"].between(until - (days - 1) * DAY, until + DAY, inclusive="left")
    return lines[window].groupby("customer_id")["margin"].sum()


def best_fifth(profit):
    best_first = profit.sort_index().sort_values(ascending=False, kind="stable")
    return best_first.index[: int(np.ceil(round(len(profit) / 5, 9)))]


def test_gini_equals_the_mean_difference_of_all_pairs(run, lines):
    profit = margin_of(lines, AS_OF, 365).to_numpy(float)
    pairs = np.abs(profit[:, None] - profit[None, :]).mean()
    found = run.json("profitability")["findings"]["profit_gini"]
    assert found["value"] == pytest.approx(pairs / (2 * profit.mean()), rel=1e-9)
    assert found["low"] < found["value"] < found["high"]


def test_what_the_best_brought_next_equals_an_independent_sum(run, lines):
    then, following = (margin_of(lines, day, 365) for day in (AS_OF - 365 * DAY, AS_OF))
    picked = following.reindex(best_fifth(then)).sum()
    found = run.value("profitability", "top20_next_share")
    assert found == pytest.approx(picked / following.sum(), rel=1e-9)


def test_golden_and_loss_making_customers_are_counted(run, lines):
    profit = margin_of(lines, AS_OF, 365)
    golden = profit.reindex(best_fifth(profit))
    assert run.value("profitability", "golden_customers") == (golden > 0).sum()
    # A margin that rounds to zero is no loss.
    assert run.value("profitability", "loss_making_customers") == (profit.round(6) < 0).sum()


def test_golden_customers_called_cooling_have_mostly_left(run, company, lines):
    truth = company.table("truth_customers").set_index("customer_id")["p_alive"]
    listed = pd.read_csv(run.folder / "actions/profitability.csv", dtype={"customer_id": str})
    golden = best_fifth(margin_of(lines, AS_OF, 365))
    assert len(listed) >= 5
    assert set(listed["customer_id"]) <= set(golden)
    cooling = listed.loc[listed["cooling_level"] == "cooling", "customer_id"]
    assert truth.reindex(cooling).mean() < 0.6 * truth.reindex(golden).mean()


def test_nobody_who_refused_is_listed_or_grouped(run, company):
    customers = company.table("customers").drop_duplicates("customer_id").set_index("customer_id")
    for stem in ("profitability", "segmentation"):
        listed = pd.read_csv(run.folder / f"actions/{stem}.csv", dtype={"customer_id": str})
        consent = customers.reindex(listed["customer_id"])
        assert consent["may_contact"].eq(True).all()
        assert not consent["may_profile"].eq(False).any()


def test_segments_are_few_named_and_stable(run):
    findings = run.json("segmentation")["findings"]
    assert 4 <= findings["segments"]["value"] <= 7
    ari = findings["stability_ari"]
    assert ari["low"] <= ari["value"] <= ari["high"] <= 1
    assert 3 <= findings["clusters"]["value"] <= 8


def test_champions_bring_more_than_their_share(run):
    share = run.value("segmentation", "champions_share")
    assert run.value("segmentation", "champions_revenue_share") > 1.5 * share


def test_the_list_of_segments_says_what_to_do_and_why(run):
    listed = pd.read_csv(run.folder / "actions/segmentation.csv")
    assert listed.groupby("segment")["what"].nunique().eq(1).all()
    assert listed["why"].str.contains("ago; ").all()
    assert (listed["expected_net_value"] > 0).all()
