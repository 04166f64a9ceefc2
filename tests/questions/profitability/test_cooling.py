"""Golden customers who cool: levels, what became of earlier ones, and which rule is used."""

import pandas as pd
import pytest

from crm_helpers.measures.value.cooling import LEVELS
from crm_helpers.models.survival.cooling import cooling_customers
from crm_helpers.questions.profitability import cooling as pages


def plain(text):
    return text.replace("\u00a0", " ")


def cooling(*levels):
    return pd.DataFrame(
        {
            "cooling_level": pd.Categorical(levels, categories=LEVELS),
            "profit_per_day": [1.0] * len(levels),
        }
    )


def test_what_is_at_stake_is_that_of_customers_who_are_not_steady():
    text = plain(
        pages.cooling_answer(cooling("cooling", "to watch", "steady"), 90, "margin", "EUR")
    )
    assert text == (
        "1 golden customer cooling and 1 to watch; at their usual pace they bring 180 EUR of "
        "margin in 90 days"
    )


def test_when_all_are_steady_nobody_is_at_stake():
    text = pages.cooling_answer(cooling("steady"), 90, "margin", "EUR")
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
    won = pages.rule_verdict(comparison(900.0, 700.0), "1 July 2026", "EUR")
    lost = pages.rule_verdict(comparison(700.0, 900.0), "1 July 2026", "EUR")
    assert won.endswith("So the usual pace is used.")
    assert lost.endswith("So the usual pace is not used: the plain rule takes its place.")


def test_a_rule_that_named_nobody_could_not_be_tested():
    nobody = comparison(0.0, 0.0).assign(named_customers=0)
    assert "named nobody" in pages.rule_verdict(nobody, "1 July 2026", "EUR")


def silent(*customers):
    return pd.DataFrame(
        {
            "cooling_level": ["cooling", "steady"],
            "customers": customers,
            "silent_share": 0.5,
            "silent_low": 0.4,
            "silent_high": 0.6,
        }
    )


def test_a_test_on_too_few_customers_is_not_shown(days):
    few = pages.silent_table(silent(3, 4), days, min_group=20).html
    assert "On 2 July 2026 fewer than 20 golden customers" in few
    html = pages.silent_table(silent(3, 40), days, min_group=20).html
    assert ("cooling" in html, "steady" in html) == (False, True)
    assert "No order in the 90 days after" in html


# Of ten golden customers of the earlier day the model named a and b, the plain rule i and j.
BEFORE = pd.DataFrame(
    {
        "customer_id": list("abcdefghij"),
        "pace_level": pd.Categorical(["cooling", "to watch"] + ["steady"] * 8, LEVELS),
        "silence_level": pd.Categorical(["steady"] * 8 + ["to watch", "cooling"], LEVELS),
        "profit_per_day": 1.0,
    }
)


def later(*ordered, returned=()):
    names = [*ordered, *returned]
    orders = [1] * len(ordered) + [0] * len(returned)
    return pd.DataFrame({"customer_id": names, "frequency_orders": orders})


def test_the_rule_whose_customers_fell_silent_is_used(days):
    test = pages.rule_test(BEFORE, later(*"cdefghij", returned="a"), days)
    assert test.rule == "pace_level"
    assert test.comparison["silent_customers"].tolist() == [2, 0]
    assert test.comparison["silent_profit"].tolist() == [180.0, 0.0]


def test_the_plain_rule_takes_over_where_it_caught_more(days):
    test = pages.rule_test(BEFORE, later(*"abcdefgh"), days)
    assert test.rule == "silence_level"
    rows = test.silent.set_index("cooling_level")
    assert rows["customers"].to_dict() == {"cooling": 1, "to watch": 1, "steady": 8}
    assert rows["silent_share"].to_dict() == {"cooling": 1.0, "to watch": 1.0, "steady": 0.0}


def test_chances_rise_with_the_level(days):
    chances = pages.rule_test(BEFORE, later(*"cdefghij"), days).chances
    assert chances["cooling"] > chances["steady"]


def test_the_test_tells_its_result_in_one_line(days):
    told = repr(pages.rule_test(BEFORE, later(*"cdefghij"), days))
    assert told == "RuleTest on 2026-07-02: pace_level is used, 2 of 2 it named fell silent"


def test_customers_get_the_level_of_the_rule_that_is_used(days):
    test = pages.rule_test(BEFORE, later(*"abcdefgh"), days)
    golden = pages.with_level(BEFORE, test)
    assert golden["cooling_level"].tolist() == BEFORE["silence_level"].tolist()
    assert "cooling_level" not in BEFORE


def test_levels_are_counted_among_golden_customers(report, earned, days):
    test = pages.rule_test(BEFORE, later(*"cdefghij"), days)
    found = pages.who_cools(report, pages.with_level(BEFORE, test), test, earned, min_group=1)
    assert found.findings == {
        "golden_cooling": {"value": 1, "unit": "customers", "n": 10},
        "golden_to_watch": {"value": 1, "unit": "customers", "n": 10},
    }
    assert plain(found.says).endswith("they bring 180 EUR of margin in 90 days")
    assert found.data["customers"].tolist() == [1, 1, 8]


@pytest.fixture
def pace():
    """Ten customers who ordered every ten days; a has been silent for 100."""
    return pd.DataFrame(
        {
            "customer_id": list("abcdefghij"),
            "order_days": [20, *range(16, 25)],
            "watched_days": 214,
            "recency_days": [100] + [5] * 9,
            "tenure_days": 400,
        }
    )


def test_who_refused_to_be_profiled_is_not_golden_on_the_earlier_day(report, values, pace, days):
    report.frames |= {"customer_value": values, "order_pace": pace}
    agreed = pd.DataFrame({"customer_id": list("abcdefghij"), "may_profile": [True, False] * 5})
    found = pages.golden_before(report, agreed, days, basis="margin", golden_share=0.2)
    assert found["customer_id"].tolist() == ["a"]
    assert found["pace_level"].tolist() == ["cooling"]


def test_the_earlier_day_is_judged_as_today_is(report, values, pace, earned, days):
    report.frames |= {"customer_value": values, "order_pace": pace}
    everyone = pd.DataFrame({"customer_id": list("abcdefghij")})
    before = pages.golden_before(report, everyone, days, basis="margin", golden_share=0.5)
    now = cooling_customers(pace, earned.profit, golden_share=0.5)
    pd.testing.assert_frame_equal(before, now)


def test_customers_who_bought_once_have_no_pace(earned):
    once = pd.DataFrame({"customer_id": list("ab"), "order_days": 0, "watched_days": 50})
    found = pages.golden_now(once, earned, golden_share=0.2)
    assert found.reason.startswith("No customer has ordered on a second day in the window")


def test_nobody_on_the_earlier_day_tests_no_rule(report, values, days):
    report.frames["customer_value"] = values.head(0)
    before = pages.golden_before(report, pd.DataFrame(), days, basis="margin", golden_share=0.2)
    assert before.reason == (
        "Nobody bought in the 214 days to 2 July 2026, so no rule could be tested."
    )
    test = pages.rule_test(before, values, days)
    assert pages.chances(test).reason == before.reason


def test_too_short_data_say_what_leads_to_an_answer(report):
    report.frames["data_span"] = pd.DataFrame({"days_of_data": [60]})
    found = pages.two_days(report, observation_days=365, outcome_days=90)
    assert found.reason.endswith("Set outcome_days to 32 or less.")
    report.frames["data_span"] = pd.DataFrame({"days_of_data": [30]})
    found = pages.two_days(report, observation_days=365, outcome_days=90)
    assert found.reason.endswith("It can be answered once 88 more days have passed.")
