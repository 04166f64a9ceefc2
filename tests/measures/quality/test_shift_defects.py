import pandas as pd

from crm_helpers.measures.quality.shift_defects import business_changes, shift_defects

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


def test_another_meaning_is_found_with_its_quarter_and_level():
    found = shift_defects(pd.DataFrame([ROW]))[0]
    assert found["kind"] == "another meaning"
    assert found["rows"] == 1000
    assert found["about"]["quarter"] == pd.Timestamp("2026-07-01")
    assert found["about"]["ratio"] == 12.2


def test_gone_missing_counts_the_empty_rows():
    row = ROW | {"kind": "missing", "missing_then": 0.01, "missing_now": 0.30}
    found = shift_defects(pd.DataFrame([row]))[0]
    assert found["rows"] == 300
    about = found["about"]
    assert (about["missing_then"], about["missing_now"]) == (0.01, 0.30)


def test_a_defect_is_no_change_of_the_business():
    assert business_changes(pd.DataFrame([ROW]), NO_PRICES).empty


def test_new_values_and_new_prices_are_changes_of_the_business():
    new = ROW | {"kind": "new value", "is_defect": False, "new_values": "app", "new_share": 0.2}
    prices = pd.DataFrame([{"group": "tea", "products": 42, "change": 0.201}])
    told = business_changes(pd.DataFrame([new]), prices)
    assert told["kind"].tolist() == ["new value", "new price"]
    assert told["about"].tolist() == [
        {"new_values": "app", "new_share": 0.2},
        {"group": "tea", "products": 42, "change": 0.201},
    ]
