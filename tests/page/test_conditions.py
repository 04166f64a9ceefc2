import pytest

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.page.conditions import condition_in_words, conditions_in_words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("age_years", high=38.0, scale="whole"), "age 38 or less"),
        (Condition("age_years", low=38.0, scale="whole"), "age 39 or more"),
        (Condition("age_years", 24.0, 39.0, scale="whole"), "age 25 to 39"),
        (Condition("age_years", 24.0, 25.0, scale="whole"), "age 25"),
        (Condition("frequency_orders", low=3.0, scale="whole"), "number of orders 4 or more"),
        (Condition("revenue_sum", low=68524.4), "amount spent above 68,524"),
        (Condition("returns_share", high=0.0006), "share sent back up to 0.060\u00a0%"),
        (Condition("first_year", low=2019.0, scale="whole"), "first year 2020 or more"),
        (Condition("has_loan", low=0.5, scale="flag"), "has loan: yes"),
        (Condition("has_loan", high=0.5, scale="flag"), "has loan: no"),
        (Condition("channel", level="coupon_portal"), "channel is coupon portal"),
    ],
)
def test_a_condition_is_read_as_a_person_would_say_it(condition, words):
    assert condition_in_words(condition) == words


def test_no_condition_is_everybody():
    assert conditions_in_words([]) == "everybody"
