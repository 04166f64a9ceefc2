"""Sentences of the profitability page follow from their numbers."""

import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.cooling import LEVELS
from crm_helpers.measures.value.top_persistence import TopPersistence
from crm_helpers.questions.profitability import words


def lasting(then=0.8, following=0.5, same=0.6):
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
    assert verdict in words.eighty_twenty(lasting(share), "margin")


def test_both_shares_are_stated():
    text = plain(words.eighty_twenty(lasting(), "margin"))
    assert "brought 80 % of the margin when picked, and 50 % in the period after" in text


def test_a_drop_among_the_same_customers_is_explained_only_when_there_is_one():
    assert "luck running out" in words.persistence_doubt(lasting(), 365)
    assert "kept their place" in words.persistence_doubt(lasting(same=0.79), 365)


def test_no_newcomers_are_not_told_as_zero_per_cent():
    assert words.newcomers_title(0.0, "margin").startswith("All margin")
    assert plain(words.newcomers_title(0.39, "margin")).endswith("brought 39 % of the margin")


def test_losses_are_counted_and_summed():
    losses = pd.DataFrame({"customers": [2, 1], "loss": [-30.0, -10.0]})
    profit = pd.Series([-15.0, -15, -10, 840])
    text = plain(words.loss_answer(losses, profit, "EUR"))
    assert text == "3 customers (75 of 100) cost 40 EUR, 5.0 % of the profit"
    assert words.loss_answer(losses.head(0), profit, "EUR") == "No customer cost money"


def cooling(*levels):
    return pd.DataFrame(
        {
            "cooling_level": pd.Categorical(levels, categories=LEVELS),
            "profit_per_day": [1.0] * len(levels),
        }
    )


def test_what_is_at_stake_is_that_of_customers_who_are_not_steady():
    text = plain(
        words.cooling_answer(cooling("cooling", "to watch", "steady"), 90, "margin", "EUR")
    )
    assert text == (
        "1 golden customer cooling and 1 to watch; at their usual pace they bring 180 EUR of "
        "margin in 90 days"
    )


def test_when_all_are_steady_nobody_is_at_stake():
    text = words.cooling_answer(cooling("steady"), 90, "margin", "EUR")
    assert text == "No golden customer has been silent for longer than usual"


def comparison(model, rule):
    rows = {
        "rule": ["pace_level", "silence_level"],
        "named_customers": [20, 20],
        "silent_customers": [15, 12],
        "silent_profit": [model, rule],
    }
    return pd.DataFrame(rows).assign(is_used=[model >= rule, model < rule])


def test_a_rule_that_loses_is_said_to_lose():
    won = words.rule_verdict(comparison(900.0, 700.0), "1 July 2026", "EUR")
    lost = words.rule_verdict(comparison(700.0, 900.0), "1 July 2026", "EUR")
    assert won.endswith("So the usual pace is used.")
    assert lost.endswith("So the usual pace is not used: the plain rule takes its place.")


def test_a_rule_that_named_nobody_could_not_be_tested():
    nobody = comparison(0.0, 0.0).assign(named_customers=0)
    assert "named nobody" in words.rule_verdict(nobody, "1 July 2026", "EUR")


def rates(*pairs):
    frame = pd.DataFrame(pairs, columns=["repeat_customers", "customers"])
    months = pd.date_range("2024-01-01", periods=len(pairs), freq="MS")
    return frame.assign(cohort_month=months, repeat_rate=frame.iloc[:, 0] / frame.iloc[:, 1])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (((50, 100), (48, 100)), "no more and no less"),
        (((500, 1000), (20, 100)), "came back less often: 20 % after 50 %"),
        (((500, 1000), (80, 100)), "came back more often: 80 % after 50 %"),
        (((5, 10),), "One month"),
        (((0, 10), (0, 10)), "no more and no less"),
    ],
)
def test_a_change_of_the_repeat_rate_is_told_only_beyond_noise(pairs, expected):
    assert expected in plain(words.repeat_title(rates(*pairs)))


def test_no_cohort_old_enough_is_told():
    assert (
        words.again_answer(float("nan"), 90) == "No new customer has been watched for 90 days yet"
    )


def test_the_assumption_behind_a_call_is_stated():
    text = plain(words.call_assumption(0.2, 0.3, "revenue"))
    assert "keeps 20 of 100 of those who would fall silent (save_rate 0.2)" in text
    assert "30 % of revenue is taken for profit" in text


def test_intervals_are_stated_with_their_level():
    text = plain(words.trust(lasting(), 0.78, 0.82))
    assert "lies between 78 % and 82 %" in text
    assert "between 45 % and 55 % (95 % intervals)" in text


def test_a_golden_customer_is_set_beside_the_lower_half():
    names = ["Golden: best 20 %", "Next, down to the middle", "Lower half"]
    groups = pd.DataFrame({"value_group": names, "profit_mean": [285.0, 83.0, 25.0]})
    text = plain(words.worth_answer(groups, "EUR"))
    assert text == "A golden customer brings 285 EUR, one of the lower half 25 EUR"
    assert plain(words.worth_answer(groups.head(2), "EUR")) == "A golden customer brings 285 EUR"
    assert words.worth_answer(groups.tail(2), "EUR").startswith("The golden customers are too few")
