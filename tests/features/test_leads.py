import datetime as dt

from crm_helpers.features.leads import lead_conversions, lead_outcomes, new_leads

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
