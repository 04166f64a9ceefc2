"""Terms that nobody stated: from the data, and called an example."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.questions.credit import example_terms, terms

NOTHING = (
    "class_limits",
    "class_credit_limits",
    "class_deposits",
    "class_prepayments",
    "class_terms",
)


@pytest.fixture
def bad_half(study):
    """Hundred credits of which half went bad: chances from a quarter to four fifths."""
    chances = np.linspace(0.25, 0.8, 100)
    points = [study.card.scale.points_at(chance) for chance in chances]
    rows = pd.DataFrame({"application_id": [f"h{n}" for n in range(100)], "points": points})
    return replace(study, learned=rows)


def example(known, study):
    empty = {name: [] for name in NOTHING}
    return terms.per_class(known, study, CreditMoney(0.4, 0.4), **empty)


def test_classes_of_data_where_half_goes_bad_hold_a_fifth_each(known, bad_half):
    found = example(known, bad_half)
    assert found.index.tolist() == list("ABCDE")
    # chances at a fifth, two, three and four of the way from 0.25 to 0.8
    assert found["chance"].tolist() == pytest.approx([0.36, 0.47, 0.58, 0.69, 1.0], abs=0.011)
    place = np.searchsorted(-found["floor"].to_numpy(), -bad_half.learned["points"])
    assert np.bincount(place) == pytest.approx([20] * 5, abs=2)


def test_amounts_fall_along_those_asked_for_and_end_where_a_credit_cannot_pay(bad_half):
    """It pays up to 0.5; class D begins at 0.58."""
    known = pd.DataFrame({"amount": np.arange(1.0, 101.0)})
    found = example(known, bad_half)
    assert found["limit"].tolist() == [95, 78, 60, 0, 0]
    assert found[["deposit", "prepayment"]].eq(0).all().all()


def test_without_amounts_and_terms_none_is_made_up(bad_half):
    found = example(pd.DataFrame({"income": [1.0]}), bad_half)
    assert found["limit"].isna().tolist() == [True, True, True, False, False]
    assert found["term"].isna().all()


def test_terms_of_past_credits_are_whole_months(bad_half):
    known = pd.DataFrame({"amount": [1.0] * 5, "term_months": [6, 12, 24, 36, 48]})
    months = example(known, bad_half)["term"]
    assert (months == months.round()).all()
    assert months.is_monotonic_decreasing


def test_what_is_stated_stands(known, bad_half):
    stated = {name: [] for name in NOTHING} | {"class_limits": ["0.3", "0.5"]}
    found = terms.per_class(known, bad_half, CreditMoney(0.4, 0.4), **stated)
    assert found["chance"].tolist() == [0.3, 0.5, 1.0]


def test_chances_that_hardly_differ_make_fewer_classes(known, study):
    same = pd.DataFrame({"application_id": ["a", "b"], "points": [560, 560]})
    assert len(example(known, replace(study, learned=same))) == 2


def test_whose_terms_they_are_is_said(report):
    assert "are the company's, as stated" in example_terms.whose_terms(report)
    report.parameters |= {"class_limits": [], "class_terms": []}
    told = example_terms.whose_terms(report)
    assert told.startswith("Not stated by the company, an example made from these data:")
    assert told.endswith(
        "Write class_limits and class_terms under parameters: credit: in the source file."
    )
