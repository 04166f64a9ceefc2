import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.leads import (
    lead_conversions,
    lead_outcomes,
    new_leads,
    winning_leads,
)

AS_OF = dt.date(2024, 6, 30)


def test_lead_that_converts_later_is_still_open(tiny_tables):
    rows = lead_outcomes(tiny_tables["leads"], as_of=AS_OF).to_pandas().set_index("lead_id")
    assert rows["is_converted"].to_dict() == {"l1": True, "l2": False, "l3": False, "l4": False}
    assert rows["open_days"].to_dict() == {"l1": 27, "l2": 86, "l3": 10, "l4": 9}


def test_new_leads_are_those_of_the_days_before_and_carry_no_outcome(tiny_tables):
    rows = new_leads(tiny_tables["leads"], as_of=AS_OF, outcome_days=30).to_pandas()
    assert rows["lead_id"].tolist() == ["l3", "l4"]
    assert set(rows.columns) == {"lead_id", "channel"}


def test_each_lead_is_waited_for_equally_long(tiny_tables):
    rows = lead_conversions(tiny_tables["leads"], as_of=AS_OF, outcome_days=30).to_pandas()
    # converted after 30 days, and after 91
    assert rows.set_index("lead_id")["converted"].to_dict() == {"l3": True, "l4": False}


D = dt.date
TWICE = pd.DataFrame(
    {
        "lead_id": ["l1", "l2", "l3", "l4", "l5", "l6"],
        "customer_id": ["a", "a", "a", None, None, "b"],
        "created_on": [D(2024, 1, 1), D(2024, 2, 1), D(2024, 1, 1), *[D(2024, 3, 1)] * 3],
        "converted_on": [D(2024, 3, 1), D(2024, 2, 20), None, D(2024, 4, 1), D(2024, 4, 1)]
        + [D(2024, 8, 1)],
    }
)


def test_of_the_leads_of_a_customer_the_first_to_convert_won_him():
    rows = winning_leads(ibis.memtable(TWICE), until=AS_OF).to_pandas()
    assert rows["lead_id"].tolist() == ["l2"]


def test_a_customer_is_won_once_and_unnamed_ones_each():
    rows = lead_outcomes(ibis.memtable(TWICE), as_of=AS_OF).to_pandas().set_index("lead_id")
    assert rows["wins_customer"].tolist() == [False, True, False, True, True, False]
    assert rows["is_converted"].sum() == 4
    unnamed = ibis.memtable(TWICE.drop(columns="customer_id"))
    found = lead_outcomes(unnamed, as_of=AS_OF).to_pandas()
    assert found["wins_customer"].equals(found["is_converted"])


def test_an_unknown_cost_stays_unknown():
    costed = TWICE.assign(cost=[0.0, None, 1.0, 1.0, 1.0, 1.0])
    rows = lead_outcomes(ibis.memtable(costed), as_of=AS_OF).to_pandas()
    assert rows["cost"].isna().tolist() == [False, True, False, False, False, False]
    assert lead_outcomes(ibis.memtable(TWICE), as_of=AS_OF).to_pandas()["cost"].isna().all()
