"""Whether the best customers stay the best: 80/20 in one period and in the next."""

import dataclasses

import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.top_persistence import TopPersistence
from crm_helpers.page.section import is_absent
from crm_helpers.questions.profitability import persistence


def best(then=0.8, following=0.5, same=0.6):
    return TopPersistence(10, then, following, same, 0.75, 0.4, Interval(0.45, 0.55))


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (0.80, "80/20 holds:"),
        (0.76, "80/20 holds:"),
        (0.61, "(it is more even)"),
        (0.93, "steeper"),
    ],
)
def test_eighty_twenty_holds_within_five_points(share, verdict):
    assert verdict in persistence.eighty_twenty(best(share), "margin")


def test_both_shares_are_stated():
    text = plain(persistence.eighty_twenty(best(), "margin"))
    assert "brought 80 % of the margin when picked, and 50 % in the period after" in text


def test_a_drop_among_the_same_customers_is_explained_only_when_there_is_one():
    assert "luck running out" in persistence.persistence_doubt(best(), 365)
    assert "kept their place" in persistence.persistence_doubt(best(same=0.79), 365)


@pytest.fixture
def periods(days):
    return dataclasses.replace(days, outcome_days=214)


@pytest.fixture
def lasting(values, periods):
    """The best two of ten leave; k comes new and brings 500 of 900 EUR."""
    following = values.iloc[2:].assign(margin_sum=50.0)
    new = values.head(1).assign(customer_id="k", margin_sum=500.0)
    return persistence.study(values, pd.concat([following, new]), periods, basis="margin")


def test_the_best_are_followed_into_the_next_period(lasting):
    assert (lasting.best.picked, lasting.best.share_then) == (2, 0.8)
    assert lasting.best.share_next == 0


def test_what_newcomers_brought_stands_last_among_the_tenths(lasting):
    assert lasting.tenths["share_next"].iloc[-1] == pytest.approx(500 / 900)
    assert lasting.tenths["share_then"].sum() == pytest.approx(1)


def test_customers_who_do_the_same_again_keep_their_share(values, periods):
    same = persistence.study(values, values, periods, basis="margin")
    assert same.best.share_next == same.best.share_then == 0.8
    assert same.best.already_picked == 1


def test_a_period_that_brings_nothing_is_skipped(values, periods):
    nothing = values.assign(margin_sum=0.0)
    found = persistence.study(values, nothing, periods, basis="margin")
    assert "10 customers of the window bring 0.00 of margin" in found.reason


def test_an_empty_earlier_period_leaves_one_question_without_an_answer(report, values, periods):
    found = persistence.study(values.head(0), values, periods, basis="margin")
    assert found.reason == (
        "Nobody bought in the 214 days to 2 July 2026, so two periods cannot be compared."
    )
    assert is_absent(persistence.best_next(report, found))


def test_customers_of_whom_nobody_came_back_are_said_to_have_brought_nothing(
    report, values, periods
):
    new = values.assign(customer_id=[f"new {name}" for name in values["customer_id"]])
    found = persistence.best_next(report, persistence.study(values, new, periods, basis="margin"))
    assert plain(found.parts[-1].text).startswith(
        "None of the customers who were there when the 2 customers were picked brought anything"
    )
    assert list(found.findings) == ["top20_next_share"]


def test_where_profit_is_revenue_both_periods_are_counted_in_revenue(values, periods):
    found = persistence.study(values, values, periods, basis="revenue")
    assert found.tenths["share_then"].iloc[0] == pytest.approx(1000 / 2000)
    assert found.basis == "revenue"


def test_the_chart_shows_tenths_and_its_findings_are_what_the_best_brought(report, lasting):
    found = persistence.best_next(report, lasting)
    assert found.says.startswith("80/20 holds")
    assert "214 days to 2 July 2026 and the 214 days after" in found.parts[1].subtitle
    pd.testing.assert_frame_equal(found.data, lasting.tenths)
    assert list(found.findings) == ["top20_next_share", "top20_next_share_same_customers"]
    next_share = found.findings["top20_next_share"]
    assert (next_share["value"], next_share["baseline"], next_share["n"]) == (0.0, 0.8, 2)


def test_no_newcomers_are_not_told_as_zero_per_cent(values, periods, lasting):
    same = persistence.study(values, values, periods, basis="margin")
    assert persistence.newcomers_title(same).startswith("All margin")
    assert plain(persistence.newcomers_title(lasting)).endswith("brought 56 % of the margin")


def test_two_periods_share_the_data(report):
    periods = persistence.two_periods(report, observation_days=365)
    assert (periods.observation_days, periods.outcome_days) == (152, 152)
    assert (periods.as_of - periods.earlier).days == 152


def test_the_study_tells_its_numbers_in_one_line(lasting):
    assert repr(lasting) == (
        "Persistence: 2 customers, the best 20% of 214 days, brought 80.0% of the margin, in the "
        "next period 0.0%"
    )
