import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.contacts import campaign_contacts

AS_OF = dt.date(2024, 6, 30)
SENT = dt.datetime(2024, 6, 1, 9)


def contacts(rows: list[tuple]) -> ibis.Table:
    columns = ["person_id", "campaign", "responded", "contacted_at", "responded_at", "value"]
    frame = pd.DataFrame(rows, columns=columns)
    frame[columns[3:5]] = frame[columns[3:5]].astype("datetime64[us]")
    return ibis.memtable(frame)


def known(rows: list[tuple], days: int = 29) -> pd.DataFrame:
    table = campaign_contacts(contacts(rows), as_of=AS_OF, response_days=days)
    return table.to_pandas().set_index("person_id")


def test_a_response_counts_only_within_the_days_given_and_so_does_its_value():
    early, late = SENT + dt.timedelta(days=29), SENT + dt.timedelta(days=30)
    rows = known([("a", "c", True, SENT, early, 9.0), ("b", "c", True, SENT, late, 9.0)])
    assert rows["responded"].to_dict() == {"a": True, "b": False}
    assert rows["value"].astype(float).to_dict() == {"a": 9.0, "b": 0.0}


def test_a_campaign_counts_when_its_time_to_respond_was_over():
    fresh = SENT + dt.timedelta(days=1)
    assert known(
        [("a", "c", False, SENT, None, 0.0), ("b", "d", False, fresh, None, 0.0)]
    ).index.tolist() == ["a"]


def test_a_table_without_arms_holds_treated_persons_who_were_not_drawn_at_random():
    row = known([("a", "c", False, SENT, None, 0.0)]).loc["a"]
    assert (row["is_treated"], row["is_randomized"]) == (True, False)


def test_a_table_without_dates_counts_as_it_stands():
    bare = ibis.memtable(pd.DataFrame({"person_id": ["a"], "campaign": ["c"], "responded": [True]}))
    rows = campaign_contacts(bare, as_of=AS_OF).to_pandas()
    assert rows["responded"].tolist() == [True]
