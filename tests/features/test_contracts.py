import datetime as dt

import ibis
import pandas as pd
import pytest
from tiny_tables import AS_OF, TINY

from crm_helpers.features.contracts import (
    contract_labels,
    contract_predictors,
    contract_snapshot,
    contract_spells,
    first_contract_day,
    undated_contract_attributes,
)


@pytest.fixture
def subscriptions():
    return TINY["subscriptions"].table()


def test_spells_count_lived_days_and_know_no_later_end(subscriptions):
    spells = contract_spells(subscriptions, as_of=AS_OF, observation_days=365).to_pandas()
    rows = spells.set_index("customer_id")
    # b lived from 1 February to 15 May, both included; c ends after as_of.
    assert rows.loc["b", ["entry_days", "exit_days", "ended"]].tolist() == [0, 105, True]
    assert rows.loc["c", ["exit_days", "ended"]].tolist() == [42, False]
    assert rows["end_reason"].isna()["c"]


def test_who_had_a_contract_before_the_window_enters_late(subscriptions):
    spells = contract_spells(subscriptions, as_of=AS_OF, observation_days=30).to_pandas()
    rows = spells.set_index("customer_id")
    assert "b" not in rows.index  # had ended before the window
    assert rows.loc["a", "exit_days"] - rows.loc["a", "entry_days"] == 30
    assert rows.loc["d", "entry_days"] == 0


def test_labels_tell_the_causes_apart(subscriptions):
    rows = contract_labels(subscriptions, as_of=AS_OF, outcome_days=90).to_pandas()
    found = rows.set_index("customer_id")
    assert found["ended"].to_dict() == {"a": False, "c": True, "d": True}
    assert found.loc["c", ["ended_voluntary", "ended_involuntary"]].tolist() == [False, True]


def test_the_end_of_the_window_is_included_and_the_day_after_is_not(subscriptions):
    def ended(days):
        rows = contract_labels(subscriptions, as_of=AS_OF, outcome_days=days).to_pandas()
        return bool(rows.set_index("customer_id")["ended"]["c"])

    assert ended(10)  # ends on 10 July
    assert not ended(9)


def test_predictors_of_running_contracts(subscriptions):
    rows = contract_predictors(subscriptions, as_of=AS_OF).to_pandas().set_index("customer_id")
    assert rows.index.tolist() == ["a", "c", "d"]
    assert rows.loc["a", "contract_days"] == 172
    assert rows.loc["a", "renewal_in_days"] == 365 - 172


def test_a_raised_fee_counts_from_its_day_on(subscriptions):
    def fee(day):
        raised = subscriptions.mutate(fee_raised_on=ibis.date(day), fee_raised_to=25)
        rows = contract_predictors(raised, as_of=AS_OF).to_pandas().set_index("customer_id")
        assert "fee_raised_to" not in rows
        return float(rows.loc["a", "monthly_fee"]), rows.loc["a", "days_since_fee_raised"]

    assert fee(AS_OF) == (25.0, 0)
    later = fee(AS_OF + dt.timedelta(days=1))
    assert later[0] == 20.0
    assert pd.isna(later[1])  # not yet raised


def test_tickets_and_calls_of_the_last_quarter_are_counted(subscriptions):
    feedback = TINY["feedback"].table().mutate(customer_id=ibis.literal("a"))
    rows = contract_predictors(subscriptions, feedback, as_of=AS_OF).to_pandas()
    assert rows.set_index("customer_id")["trouble_count"].to_dict() == {"a": 1, "c": 0, "d": 0}


def test_attributes_without_a_date_are_named(subscriptions):
    columns = list(contract_predictors(subscriptions, as_of=AS_OF).columns)
    assert undated_contract_attributes(columns) == ["plan"]


def test_a_snapshot_holds_its_outcome_and_the_attributes_of_its_customers(subscriptions):
    bare = subscriptions.drop("started_on", "ended_on", "end_reason")
    rows = contract_snapshot(bare, TINY["customers"].table()).to_pandas()
    assert rows["churned"].tolist() == [False, True, True, True]
    assert {"tenure_months", "plan", "monthly_fee", "region"} <= set(rows)
    assert not {"may_contact", "joined_on"} & set(rows)


def test_first_contract_day(subscriptions):
    assert str(first_contract_day(subscriptions).to_pandas()["first_day"][0])[:10] == "2024-01-10"


def test_an_end_without_a_reason_is_a_cause_of_its_own(subscriptions):
    silent = subscriptions.mutate(
        end_reason=ibis.ifelse(subscriptions.customer_id == "c", None, subscriptions.end_reason)
    )
    rows = contract_labels(silent, as_of=AS_OF, outcome_days=90).to_pandas()
    found = rows.set_index("customer_id")
    assert found["ended_not_stated"].to_dict() == {"a": False, "c": True, "d": False}
    assert found.loc["c", ["ended", "ended_involuntary"]].tolist() == [True, False]


def test_of_two_contracts_of_one_day_the_same_is_taken_whatever_the_order_of_rows():
    rows = pd.DataFrame(
        {
            "customer_id": "a",
            "started_on": dt.date(2026, 1, 5),
            "ended_on": [dt.date(2027, 1, 5), None, None],
            "plan": ["plus", "basic", "plus"],
            "monthly_fee": [9.0, 5.0, 7.0],
        }
    )
    day = dt.date(2026, 6, 30)
    fees = [
        contract_predictors(ibis.memtable(rows.iloc[list(order)]), as_of=day)
        .to_pandas()["monthly_fee"]
        .tolist()
        for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0])
    ]
    assert fees == [[5.0]] * 4
