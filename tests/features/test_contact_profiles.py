import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.contact_profiles import contact_profiles, customer_profiles, lead_profiles

AS_OF = dt.date(2024, 6, 30)


def profiles(tiny_tables, *names: str) -> pd.DataFrame:
    tables = {name: tiny_tables[name] for name in names}
    rows = contact_profiles(tiny_tables["contacts"], **tables, as_of=AS_OF).to_pandas()
    return rows.set_index(["person_id", "campaign"])


def test_orders_before_the_day_of_the_contact_count(tiny_tables):
    rows = profiles(tiny_tables, "transactions")
    first = rows.loc[("a", "mail")]  # contacted on 1 March, one order on 15 January
    assert (first["frequency_orders"], first["recency_days"]) == (1, 45)
    assert rows.loc[("b", "mail"), "frequency_orders"] == 0  # first order in April


def test_contract_is_the_one_that_ran_the_day_before(tiny_tables):
    rows = profiles(tiny_tables, "subscriptions")
    assert rows.loc[("b", "mail"), "plan"] == "flex"
    assert pd.isna(rows.loc[("d", "call"), "plan"])  # began ten days later


def test_of_contracts_at_one_time_all_is_told_of_the_latest():
    contacts = pd.DataFrame(
        {"person_id": ["p"], "campaign": "mail", "customer_id": "a"}
        | {"contacted_at": pd.Timestamp("2024-03-01"), "is_treated": True, "responded": False}
    )
    contracts = pd.DataFrame(
        {
            "customer_id": "a",
            "started_on": [dt.date(2022, 1, 1), dt.date(2024, 1, 1), dt.date(2024, 4, 1)],
            "ended_on": pd.Series([None, None, None], dtype="datetime64[s]"),
            "plan": ["zoo", "ant", "yak"],
            "monthly_fee": [90.0, 10.0, 20.0],
        }
    )
    tables = {"subscriptions": ibis.memtable(contracts)}
    row = contact_profiles(ibis.memtable(contacts), **tables, as_of=AS_OF).to_pandas().iloc[0]
    assert (row["plan"], row["monthly_fee"], row["contract_days"]) == ("ant", 10.0, 60)


def test_contact_itself_tells_nothing_about_the_person(tiny_tables):
    rows = profiles(tiny_tables)
    assert "earlier_responses" in rows.columns
    assert not set(rows.columns) & {"responded", "offer", "value", "cost", "is_treated"}


def test_attributes_come_with_age_and_without_consent(tiny_tables):
    rows = profiles(tiny_tables, "customers")
    assert rows.loc[("a", "mail"), "age_years"] == 44
    assert rows.loc[("a", "mail"), "won_by"] == "web"
    assert not {"may_contact", "may_profile", "joined_on", "birth_year"} & set(rows.columns)


def test_customers_of_today_have_the_columns_of_the_contacts(tiny_tables):
    names = ("customers", "transactions", "subscriptions", "feedback")
    past = profiles(tiny_tables, *names)
    given = [tiny_tables[name] for name in (*names, "contacts")]
    now = customer_profiles(*given, as_of=AS_OF).to_pandas()
    assert set(now.columns) - {"person_id", "campaign"} <= set(past.columns) | {
        "earlier_contacts",
        "earlier_responses",
    }
    row = now.set_index("person_id").loc["a"]
    # two orders in March and January and one on as_of; one contact before, one response known
    assert (row["frequency_orders"], row["recency_days"], row["earlier_responses"]) == (3, 0, 1)


def test_open_leads_are_those_not_converted_by_as_of(tiny_tables):
    rows = lead_profiles(tiny_tables["leads"], as_of=AS_OF).to_pandas()
    assert rows["person_id"].tolist() == ["l2", "l3", "l4"]
    assert rows["lead_days"].tolist() == [87, 11, 10]
    assert rows["came_by"].tolist() == ["fair", "web", "web"]
