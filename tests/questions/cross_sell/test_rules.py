"""Rules and offers in words."""

import math

import pandas as pd
import pytest

from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH, RULES, OfferPlan
from crm_helpers.models.rules.rulebook import Rulebook
from crm_helpers.questions.cross_sell import offers as offer_words
from crm_helpers.questions.cross_sell import rules as rule_words

NAMES = pd.Series(
    {"1": "Tea ", "2": "Milk", "3": "A very long name that nobody would want to read"}
)
RULE = pd.DataFrame(
    {
        "rule_id": [1],
        "antecedent_ids": [("1",)],
        "consequent_id": ["2"],
        "support": [0.05],
        "confidence": [1.0],
        "base_support": [0.2],
        "rule_lift": [5.0],
        "leverage": [0.04],
        "conviction": [math.inf],
        "zhang": [0.8],
        "q_value": [1e-9],
        "verdict": ["held"],
    }
)


def book(*, is_dated: bool) -> Rulebook:
    return Rulebook(1000, 300, 50, is_dated, 0.03, 9, 2, 3, RULE, RULE)


def plan() -> OfferPlan:
    rules = pd.DataFrame(
        {
            "rule_id": [1, -1],
            "antecedent_ids": [("1",), ()],
            "consequent_id": ["2", "9"],
            "probability": [0.06, 0.02],
            "value": [3.0, 5.0],
            "cost": [0.02, 0.02],
            "expected_net_value": [0.07, 0.03],
            "customers_now": [2, 1],
        }
    )
    best = pd.DataFrame({"customer_id": ["a", "b", "c"], "rule_id": [1, 1, -1]})
    return OfferPlan(rules, best)


def test_rules_are_named_by_products_and_by_ids_where_there_is_no_name():
    named = rule_words.named_rules(RULE, NAMES)
    assert named["rule_name"].tolist() == ["Tea → Milk"]
    assert rule_words.named_rules(RULE, pd.Series(dtype=object))["rule_name"].tolist() == ["1 → 2"]


def test_a_long_name_is_cut_to_a_line():
    long = RULE.assign(consequent_id="3")
    assert rule_words.named_rules(long, NAMES)["consequent_name"][0].endswith("…")


def test_conviction_of_a_rule_never_broken_reads_always():
    table = rule_words.measures_explained(RULE.iloc[0]).set_index("measure")["value"]
    assert table["Conviction"] == "always"
    assert table["False share"] == "below 0.01"


def test_a_source_without_dates_says_that_time_was_not_tested():
    assert "could not be tested in time" in rule_words.how_checked(book(is_dated=False))
    assert "came later" in rule_words.how_checked(book(is_dated=True))


def test_what_was_taken_out_is_counted():
    words = rule_words.how_mined(book(is_dated=True))
    assert "9 rules found, 2 say no more than a simpler one and 3 may be chance" in words


def test_season_and_promotion_are_remarked():
    season = pd.DataFrame(
        {"is_seasonal": [True], "peak_share": [0.9], "peak_quarter": ["2025Q4"]}, index=[1]
    )
    promotion = pd.DataFrame({"is_promotion_driven": [True]}, index=[1])
    checked = rule_words.with_checks(RULE, [season, promotion])
    assert checked["remark"][0] == (
        "90 of 100 of its baskets in 2025Q4; vanishes without promotions"
    )
    assert rule_words.standing(checked) == (
        "Of 1 rule, 1 is mostly seen in one quarter and 1 vanishes without what was sold on "
        "promotion"
    )


def test_rules_that_could_not_be_checked_have_no_remark():
    checked = rule_words.with_checks(RULE, [pd.DataFrame(), pd.DataFrame()])
    assert checked["remark"].tolist() == [""]
    assert "neither dates nor promotions" in rule_words.standing(checked)


def test_an_empty_table_is_told_in_a_sentence():
    html = rule_words.table_or_note(RULE.head(0), {"rule_lift": "lift"}, otherwise="None <here>.")
    assert "None &lt;here&gt;." in html.html


def test_offers_leave_out_who_refused_profiling_and_keep_consent_to_contact():
    agreed = pd.DataFrame(
        {"customer_id": ["a", "b"], "may_contact": [False, True], "may_profile": [True, False]}
    )
    listed = offer_words.offer_candidates(plan(), NAMES, agreed, outcome_days=90)
    assert listed["customer_id"].tolist() == ["a"]
    assert listed["may_contact"].tolist() == [False]


def test_offers_leave_out_whom_no_row_says_anything_about_where_others_are_asked():
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, True]})
    listed = offer_words.offer_candidates(plan(), NAMES, agreed, outcome_days=90)
    assert "c" not in set(listed["customer_id"])


def test_the_reason_tells_what_such_customers_did_unasked():
    nobody = pd.DataFrame({"customer_id": pd.Series(dtype=str)})
    listed = offer_words.offer_candidates(plan(), NAMES, nobody, outcome_days=90)
    assert listed["why"][0] == (
        "bought Tea, not yet Milk: 6 of 100 such customers bought it unasked within 90 days"
    )


def test_offers_that_fit_few_customers_are_not_shown():
    shown = offer_words.offer_table(plan(), NAMES, min_group=2)
    assert shown["offer"].tolist() == ["Milk"]
    assert shown["net_per_100"].tolist() == pytest.approx([7.0], rel=1e-9)


@pytest.mark.parametrize(
    ("margins", "error", "way", "words"),
    [
        ([0.1, 0.1, 0.2], 0.01, BOTH, "Rules with best-sellers picked 10.00"),
        ([0.1, 0.2, 0.1], 0.01, BEST_SELLERS, "Best-sellers alone picked 10.00"),
        ([0.1, 0.1, 0.2], 0.20, BOTH, "No clear winner"),
    ],
    ids=["rules", "best-sellers", "noise"],
)
def test_the_answer_names_the_better_way_only_beyond_noise(margins, error, way, words):
    test = pd.DataFrame({"chosen_by": [RULES, BEST_SELLERS, BOTH], "customers": 100})
    test = test.assign(margin_per_customer=margins, margin_error=error)
    assert offer_words.way_answer(test, way, "EUR").startswith(words)
