"""What a customer is worth: small groups hidden, golden ones counted."""

import pandas as pd
import pytest

from crm_helpers.measures.value.value_groups import value_groups
from crm_helpers.questions.profitability import worth


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def groups(earned, values):
    return value_groups(earned.profit, values, golden_share=0.2)


def test_a_golden_customer_is_set_beside_the_lower_half():
    names = ["golden", "next", "lower_half"]
    groups = pd.DataFrame({"value_group": names, "profit_mean": [285.0, 83.0, 25.0]})
    text = plain(worth.worth_answer(groups, "EUR"))
    assert text == "A golden customer brings 285 EUR, one of the lower half 25 EUR"
    assert plain(worth.worth_answer(groups.head(2), "EUR")) == "A golden customer brings 285 EUR"
    assert worth.worth_answer(groups.tail(2), "EUR").startswith("The golden customers are too few")


def test_groups_name_what_profit_is(report, groups, earned):
    html = worth.customer_worth(report, groups, earned, golden_share=0.2, min_group=1).html
    assert "Margin, EUR" in html
    assert "Share of margin" in html


def test_each_group_brings_what_was_counted_by_hand(report, groups, earned):
    rows = worth.customer_worth(report, groups, earned, golden_share=0.2, min_group=1).data
    assert rows["customers"].tolist() == [2, 3, 3, 2]
    assert rows["profit"].tolist() == [800.0, 190.0, 80.0, -70.0]


def test_small_groups_are_not_shown_but_golden_customers_are_counted(report, groups, earned):
    found = worth.customer_worth(report, groups, earned, golden_share=0.2, min_group=3)
    assert found.data["customers"].tolist() == [3, 3]
    assert found.says.startswith("The golden customers are too few")
    golden = {"value": 2, "unit": "customers", "n": 10}
    assert found.findings == {"golden_customers": golden}


def test_customers_without_profit_are_never_golden(report, earned, values):
    groups = value_groups(earned.profit, values, golden_share=0.9)
    found = worth.customer_worth(report, groups, earned, golden_share=0.2, min_group=1)
    assert found.findings["golden_customers"]["value"] == 8
