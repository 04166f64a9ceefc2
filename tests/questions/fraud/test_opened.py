import pandas as pd
import pytest

from crm_helpers.measures.fraud.fraud_count import FraudCount
from crm_helpers.questions.fraud.detection import Capacity
from crm_helpers.questions.fraud.opened import (
    frauds_in_words,
    in_a_year,
    in_opened,
    most_findable,
    of_hundred,
)
from tests.questions.fraud.fraud_rows import detected, rows


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (FraudCount(100, 30, 10, 20, 10, 35, 68), "50 of 100 (35 to 68) are fraud"),
        (FraudCount(100, 30, 70, 0, 0, 30, 30), "30 of 100 are fraud"),
        (
            FraudCount(100, 30, 10, 0, 0, 30, 90),
            "30 to 90 of 100 are fraud (too few were examined at random to say more)",
        ),
    ],
)
def test_what_is_known_is_said_and_what_is_not(count, said):
    assert of_hundred(count) == said


def test_frauds_are_told_by_their_limits_where_hardly_any_was_audited():
    few = FraudCount(1000, 30, 10, audited=20, audited_fraud=2, low=35, high=300)
    assert frauds_in_words(few) == "35 to 300"
    enough = FraudCount(1000, 30, 10, audited=20, audited_fraud=3, low=35, high=400)
    assert frauds_in_words(enough) == "some 150 (35 to 400)"
    assert frauds_in_words(FraudCount(100, 30, 70, 0, 0, 30, 30)) == "30"


def test_the_payments_opened_are_counted_by_what_was_examined():
    held = in_opened(detected())
    assert (held.payments, held.known, held.honest, held.audited) == (2, 2, 0, 0)


def test_no_list_holds_more_frauds_than_its_capacity():
    # Three frauds of three customers in one period of which one case can be opened.
    frauds = rows().assign(age_days=[100] * 8 + [1, 2], customer_id=[f"c{n}" for n in range(10)])
    label = frauds["is_fraud"].mask(frauds.index == 2, True)
    tight = Capacity(cases_per_day=1, review_days=2)
    found = detected(rows=frauds.assign(is_fraud=label), capacity=tight)
    assert found.test["period_days"].unique().tolist() == [1]
    assert most_findable(found) == 1
    assert most_findable(detected()) == 2


def test_a_year_is_the_latest_whose_labels_have_had_their_time():
    old = rows().assign(age_days=[44, 45, 409, 410] + [500] * 6)
    assert in_a_year(old, 45).payments == 2
    assert in_a_year(pd.DataFrame({"is_fraud": [True]}), 45) is None
