"""Worth of winning a customer back."""

import pandas as pd
import pytest

from crm_helpers.questions.retention.second_life import FEWEST_LIVES, second_life
from tests.questions.campaigns.trials import report

DAYS = {"lost_days": 180, "follow_days": 365}


def worth(count=FEWEST_LIVES, margin_share=0.5, **columns):
    lives = pd.DataFrame({"customer_id": [f"c{n}" for n in range(count)], **columns})
    made = report({"transactions": lives}, second_lives=lives)
    found = second_life(made, margin_share=margin_share, **DAYS)
    assert made.asked == [("second_lives", DAYS)]
    return found


def test_without_orders_nobody_knows_what_a_second_life_is_worth():
    made = second_life(report(), margin_share=0.5, **DAYS)
    assert made.reason.endswith("Add transactions to the source.")


def test_too_few_who_came_back_are_counted():
    made = worth(FEWEST_LIVES - 1, second_margin=1.0)
    assert made.reason.startswith("29 customers came back and could be followed for 365 days")
    assert worth().reason.startswith("30 customers")  # without prices


def test_margin_counts_as_it_is_and_revenue_by_its_share():
    life = worth(second_margin=[10.0, 30.0] * 15, second_revenue=100.0)
    assert life.mean == pytest.approx(20.0)
    assert life.low < 20 < life.high
    assert worth(second_revenue=40.0).mean == pytest.approx(20.0)
