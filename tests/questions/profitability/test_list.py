"""Golden customers to call, worked out by hand."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.profitability import list as action_list

COOLING = pd.DataFrame(
    {
        "customer_id": list("abc"),
        "cooling_level": ["cooling", "steady", "to watch"],
        "recency_days": [120, 3, 40],
        "usual_gap_days": [14.4, 10.0, 20.0],
        "profit_per_day": [2.0, 9.0, 1.0],
    }
)
CHANCES = pd.DataFrame(
    {"silent_chance": [0.8, 0.5, 0.1], "silent_low": [0.5, None, 0.05]},
    index=["cooling", "to watch", "steady"],
)


def candidates(profit_share=1.0):
    return action_list.candidates(
        COOLING,
        CHANCES,
        days_ahead=90,
        profit_share=profit_share,
        save_rate=0.2,
        contact_cost=3.0,
    )


def test_steady_customers_are_left_alone():
    assert candidates()["customer_id"].tolist() == ["a", "c"]


def test_value_is_the_profit_at_stake_and_only_the_saved_part_counts():
    rows = candidates()
    assert rows["value"].tolist() == [180.0, 90.0]
    assert rows["expected_net_value"].tolist() == pytest.approx([0.8 * 0.2 * 180 - 3, 9 - 3])


def test_a_share_of_revenue_is_profit_where_cost_is_not_known():
    assert candidates(0.3)["value"].tolist() == pytest.approx([54.0, 27.0])


def test_the_reason_names_silence_and_usual_pace():
    assert candidates()["why"].iloc[0] == "no order for 120 days; one every 14 days is usual"


def test_all_of_a_margin_is_profit_and_a_part_of_revenue():
    assert action_list.profit_share("margin", margin_share=0.3) == 1
    assert action_list.profit_share("revenue", margin_share=0.3) == 0.3


def test_the_low_end_of_a_chance_seen_on_nobody_is_no_gain():
    rows = candidates()
    assert rows["net_value_low"].tolist() == pytest.approx([0.5 * 0.2 * 180 - 3, -3])


def test_without_a_pace_nobody_can_be_listed():
    nobody = Section.absent("No customer has ordered on a second day.")
    found = action_list.candidates(
        nobody, CHANCES, days_ahead=90, profit_share=1.0, save_rate=0.2, contact_cost=3.0
    )
    assert found.reason == "No customer has ordered on a second day."
