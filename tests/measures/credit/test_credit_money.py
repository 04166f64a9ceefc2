"""Exposure, expected loss and profit."""

import pandas as pd
import pytest

from crm_helpers.measures.credit.credit_money import CreditMoney, expected_loss, on_terms, profit

MONEY = CreditMoney(margin_share=0.2, loss_share=0.6, handling_cost=10.0)
ASKED = pd.DataFrame({"granted": [1000.0], "exposure": [1000.0]})


def test_at_the_break_even_a_credit_earns_nothing():
    chance = MONEY.break_even(1000.0)
    assert profit([chance], ASKED, MONEY)[0] == pytest.approx(0, abs=1e-9)


def test_an_amount_that_does_not_pay_its_handling_never_breaks_even():
    assert MONEY.break_even(10.0) == 0


def test_outcomes_in_place_of_chances_give_what_happened():
    assert profit([0.0], ASKED, MONEY)[0] == pytest.approx(190)
    assert profit([1.0], ASKED, MONEY)[0] == pytest.approx(-610)


def test_nothing_granted_earns_and_costs_nothing():
    none = pd.DataFrame({"granted": [0.0], "exposure": [0.0]})
    assert profit([0.5], none, MONEY)[0] == 0


def test_cover_lowers_the_exposure_and_not_what_is_granted():
    terms = pd.DataFrame({"limit": [800.0], "deposit": [0.25], "prepayment": [0.25]})
    found = on_terms(pd.Series([1000.0]), terms)
    assert found.loc[0].tolist() == [800.0, 400.0]


def test_cover_beyond_the_whole_leaves_no_exposure():
    terms = pd.DataFrame({"limit": [800.0], "deposit": [0.8], "prepayment": [0.8]})
    assert on_terms(pd.Series([1000.0]), terms)["exposure"][0] == 0


def test_expected_loss_is_the_product_of_its_three_parts():
    assert expected_loss([0.5, 0.0], [200.0, 900.0], 0.4).tolist() == [40.0, 0.0]
