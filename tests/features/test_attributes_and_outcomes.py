import ibis
import pandas as pd

from crm_helpers.features.attributes_and_outcomes import (
    attributes_with_outcomes,
    undated_attributes,
)

CONTACTS = ibis.memtable(
    pd.DataFrame(
        {
            "person_id": ["1", "2", "3"],
            "responded": [True, False, None],
            "value": [5.0, None, None],
            "channel": ["mail"] * 3,
            "duration": [300, 20, 10],
            "agent_id": ["x"] * 3,
        }
    )
)
CUSTOMERS = ibis.memtable(
    pd.DataFrame({"customer_id": ["1", "2"], "may_contact": [True, True], "age": [30, 40]})
)
NOBODY = pd.DataFrame(columns=["customer_id", "lapsed"])


def test_attributes_stand_beside_known_outcomes_without_ids_and_consequences():
    found = attributes_with_outcomes({"contacts": CONTACTS}, NOBODY)["contacts", "responded"]
    assert sorted(found.columns) == ["channel", "duration", "outcome"]
    assert len(found) == 2


def test_customers_stand_beside_their_lapse():
    lapsed = pd.DataFrame({"customer_id": ["2"], "lapsed": [True]})
    found = attributes_with_outcomes({"customers": CUSTOMERS}, lapsed)["customers", "lapsed"]
    assert found.to_dict("records") == [{"age": 40, "outcome": True}]


def test_consent_and_ids_are_no_attributes():
    assert undated_attributes({"customers": CUSTOMERS}) == {"customers": ["age"]}


def test_a_table_without_attributes_has_nothing_to_leak():
    bare = CONTACTS.select("person_id", "responded", "channel")
    assert attributes_with_outcomes({"contacts": bare}, NOBODY) == {}
