from types import SimpleNamespace

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


def report(**told):
    """A shop that asks for consent where some is given."""
    agreed = pd.DataFrame({"customer_id": list(told), "may_contact": list(told.values())})
    tables = {"customers": None} if told else {}
    return SimpleNamespace(tables=tables, features=lambda function: agreed)


def test_only_recent_first_timers_are_asked_and_their_margin_counts():
    listed = candidates(
        report(), ROWS, recent_days=90, save_rate=0.1, contact_cost=1.0, margin_share=0.3
    )
    assert listed["customer_id"].tolist() == ["once"]
    assert listed["value"].tolist() == [30.0]
    assert listed["expected_net_value"].tolist() == [2.0]


def test_whoever_may_not_be_contacted_is_marked():
    options = {"recent_days": 90, "save_rate": 0.1, "contact_cost": 1.0, "margin_share": 0.3}
    assert candidates(report(once=False), ROWS, **options)["may_contact"].tolist() == [False]
    assert candidates(report(once=True), ROWS, **options)["may_contact"].tolist() == [True]
