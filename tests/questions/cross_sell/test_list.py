import pandas as pd

from crm_helpers.questions.cross_sell.list import candidates

NOBODY = pd.DataFrame({"customer_id": pd.Series(dtype=str)})


def test_offers_leave_out_who_refused_profiling_and_keep_consent_to_contact(plan, products):
    agreed = pd.DataFrame(
        {"customer_id": ["a", "b"], "may_contact": [False, True], "may_profile": [True, False]}
    )
    listed = candidates(plan, products, agreed, later_days=90)
    assert listed["customer_id"].tolist() == ["a"]
    assert listed["may_contact"].tolist() == [False]


def test_offers_leave_out_whom_no_row_says_anything_about_where_others_are_asked(plan, products):
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, True]})
    listed = candidates(plan, products, agreed, later_days=90)
    assert listed["customer_id"].tolist() == ["a", "b"]


def test_where_nobody_is_asked_everybody_gets_the_best_offer(plan, products):
    listed = candidates(plan, products, NOBODY, later_days=90)
    assert listed["customer_id"].tolist() == ["a", "b", "c"]
    assert listed["product_id"].tolist() == ["2", "2", "9"]
    assert "may_contact" not in listed


def test_the_reason_tells_what_such_customers_did_unasked(plan, products):
    why = candidates(plan, products, NOBODY, later_days=90)["why"]
    assert why[0] == (
        "bought Tea, not yet Milk: 6 of 100 such customers bought it unasked within 90 days"
    )
    assert why[2].startswith("has not bought 9, a best-seller: 2 of 100")
