import pandas as pd

from crm_helpers.questions.template.list import candidates

ROWS = pd.DataFrame(
    {
        "customer_id": ["once", "long_ago", "twice"],
        "frequency_orders": [1, 1, 2],
        "recency_days": [10, 200, 10],
        "monetary_mean": [100.0, 100.0, 100.0],
    }
)


def test_only_recent_first_timers_are_asked_and_their_margin_counts():
    listed = candidates(ROWS, recent_days=90, save_rate=0.1, contact_cost=1.0, margin_share=0.3)
    assert listed["customer_id"].tolist() == ["once"]
    assert listed["value"].tolist() == [30.0]
    assert listed["expected_net_value"].tolist() == [2.0]
