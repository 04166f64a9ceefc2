"""Choice of offers: windows, the test against best-sellers, and the plan."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from crm_helpers.models.rules.offer_choice import (
    BEST_SELLERS,
    BOTH,
    RULES,
    OfferPlan,
    OfferWindows,
    chosen_way,
    offer_plan,
    offer_test,
    offer_windows,
    offered_rules,
)

AS_OF = dt.date(2024, 6, 30)
FOUND = pd.DataFrame(
    {
        "rule_id": [1],
        "antecedent_ids": [("tea",)],
        "consequent_id": ["milk"],
        "confidence": [0.5],
        "verdict": ["held"],
    }
)
POPULAR = pd.DataFrame(
    {"rule_id": [-1], "antecedent_ids": [()], "consequent_id": ["bread"], "confidence": [1.0]}
)
MARGINS = pd.Series({"milk": 2.0, "bread": 1.0, "tea": 3.0})


@pytest.fixture(scope="module")
def sales() -> ibis.Table:
    """Forty customers buy tea; half of them milk 20 days later, twice over; nobody buys bread."""
    rows = []
    for start in (dt.datetime(2024, 4, 20), dt.datetime(2024, 5, 20)):
        for number in range(20):
            buyer = f"{start:%m}-{number}"
            rows.append((f"t{buyer}", "tea", buyer, start))
            if number % 2:
                rows.append((f"m{buyer}", "milk", buyer, start + dt.timedelta(days=20)))
    rows.append(("b", "bread", "z", dt.datetime(2024, 1, 1)))
    columns = ["order_id", "product_id", "customer_id", "ordered_at"]
    return ibis.memtable(pd.DataFrame(rows, columns=columns))


def windows_at(day: dt.date, days: int = 200) -> OfferWindows:
    return OfferWindows(day, days, 30)


def test_rules_that_tell_who_buys_beat_best_sellers_nobody_wants(sales):
    test = offer_test(sales, FOUND, POPULAR, MARGINS, windows_at(dt.date(2024, 5, 31)))
    seen = test.set_index("chosen_by")
    assert seen.loc[RULES, ["customers", "buyers"]].tolist() == [30, 10]
    assert seen.loc[BEST_SELLERS, "buyers"] == 0
    assert seen.loc[BOTH, "margin_per_customer"] == pytest.approx(10 * 2.0 / 30, rel=1e-9)
    assert chosen_way(test) == BOTH


def test_best_sellers_are_chosen_when_they_bring_more():
    test = pd.DataFrame(
        {"chosen_by": [RULES, BEST_SELLERS, BOTH], "margin_per_customer": [0.1, 0.3, 0.2]}
    )
    assert chosen_way(test) == BEST_SELLERS


def test_the_plan_offers_to_those_without_the_product_what_pays(sales):
    rules = offered_rules(FOUND, POPULAR, BOTH)
    plan = offer_plan(sales, rules, MARGINS, windows_at(AS_OF), offer_effect=0.5, contact_cost=0.1)
    assert set(plan.best["rule_id"]) == {1}
    assert len(plan.best) == 20
    assert plan.rules["customers_now"].tolist() == [20]


def test_nothing_is_offered_when_offers_have_no_effect(sales):
    rules = offered_rules(FOUND, POPULAR, BOTH)
    plan = offer_plan(sales, rules, MARGINS, windows_at(AS_OF), offer_effect=0, contact_cost=0.01)
    assert plan.best.empty


def test_rules_that_did_not_last_are_not_offered():
    marked = pd.concat([FOUND] * 4, ignore_index=True).assign(
        rule_id=[1, 2, 3, 4],
        verdict=["held", "did not hold", "held", "held"],
        is_seasonal=[False, False, True, False],
        is_promotion_driven=[False, False, False, True],
    )
    assert offered_rules(marked, POPULAR, BOTH)["rule_id"].tolist() == [1, -1]
    assert offered_rules(marked, POPULAR, BEST_SELLERS)["rule_id"].tolist() == [-1]


def test_all_three_days_look_back_equally_far(sales):
    looks = offer_windows(sales, as_of=AS_OF, observation_days=365, outcome_days=30)
    # 1 January to 1 May: what the first of the three days has to look back on
    assert looks.observation_days == 122
    assert looks.earlier().earlier().as_of == dt.date(2024, 5, 1)


def test_a_source_without_dates_keeps_the_wanted_windows():
    table = ibis.memtable({"order_id": ["1"], "product_id": ["p"]})
    looks = offer_windows(table, as_of=AS_OF, observation_days=365, outcome_days=30)
    assert looks.observation_days == 365


def test_a_source_without_customers_has_nobody_to_test_on():
    table = ibis.memtable({"order_id": ["1"], "product_id": ["tea"]})
    test = offer_test(table, FOUND, POPULAR, MARGINS, windows_at(AS_OF))
    assert test["customers"].tolist() == [0, 0, 0]
    assert test["hit_share"].isna().all()


def test_a_plan_tells_its_size_and_names_nobody():
    best = pd.DataFrame({"customer_id": ["a", "b"], "rule_id": [1, 1]})
    assert repr(OfferPlan(FOUND, best)) == "OfferPlan: 1 offers for 2 customers"
