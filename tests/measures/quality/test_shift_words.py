import pandas as pd

from crm_helpers.measures.quality.shift_words import business_changes, shift_defects

ROW = {
    "table": "applications",
    "column": "years_at_address",
    "quarter": pd.Timestamp("2026-07-01"),
    "rows": 1000,
    "ratio": 12.2,
    "missing_then": 0.0,
    "missing_now": 0.0,
    "new_values": "",
    "new_share": 0.0,
    "psi": 4.0,
    "kind": "meaning",
    "is_defect": True,
}
NO_PRICES = pd.DataFrame(columns=["group", "products", "change"])


def test_another_meaning_is_told_with_its_quarter_and_level():
    found = shift_defects(pd.DataFrame([ROW]))[0]
    assert found["kind"] == "another meaning"
    assert found["rows"] == 1000
    assert found["what"] == (
        "years_at_address means something else from the quarter of 1 Jul 2026 on: 12.2 times its "
        "level before"
    )


def test_gone_missing_counts_the_empty_rows():
    row = ROW | {"kind": "missing", "missing_then": 0.01, "missing_now": 0.30}
    found = shift_defects(pd.DataFrame([row]))[0]
    assert found["rows"] == 300
    assert (
        "is empty in 30% of the rows in the quarter from 1 Jul 2026 on, 1% before" in found["what"]
    )


def test_a_defect_is_no_change_of_the_business():
    assert business_changes(pd.DataFrame([ROW]), NO_PRICES).empty


def test_new_values_and_new_prices_are_changes_of_the_business():
    new = ROW | {"kind": "new value", "is_defect": False, "new_values": "app", "new_share": 0.2}
    prices = pd.DataFrame([{"group": "tea", "products": 42, "change": 0.201}])
    told = business_changes(pd.DataFrame([new]), prices)["what"].tolist()
    assert told == [
        "years_at_address has a new value: app (20%)",
        "tea: 42 products sell for +20% against the quarter before",
    ]
