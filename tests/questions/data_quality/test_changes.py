import pandas as pd

from crm_helpers.questions.data_quality import changes

JUDGED = pd.DataFrame(
    {
        "table": "applications",
        "column": ["years_at_address", "channel", "amount"],
        "quarter": pd.Timestamp("2026-07-01"),
        "rows": 1000,
        "ratio": [12.2, 1.0, 1.0],
        "missing_then": 0.0,
        "missing_now": 0.0,
        "new_values": ["", "app", ""],
        "new_share": [0.0, 0.2, 0.0],
        "psi": [4.0, 0.3, 0.5],
        "kind": ["meaning", "new value", "mix"],
        "is_defect": [True, False, False],
    }
)
BUSINESS = pd.DataFrame(
    [
        ["applications", "channel", "new value", 0.3, {"new_values": "app", "new_share": 0.2}],
        ["applications", "amount", "mix", 0.5, {"new_values": "", "new_share": 0.0}],
    ],
    columns=["table", "column", "kind", "psi", "about"],
)


def test_changes_shifts_and_breaks_are_counted_apart():
    found = changes.changed(BUSINESS, JUDGED)
    assert {name: one["value"] for name, one in found.findings.items()} == {
        "business_changes": 1,
        "other_shifts": 1,
    }
    assert found.says == (
        "1 change of the business this quarter, 1 other shift, and 1 break in the data "
        "(applications.years_at_address)"
    )


def test_changes_are_shown_in_words():
    shown = changes.changed(BUSINESS, JUDGED).data
    assert shown["kind"].tolist() == ["new value", "other mix"]
    assert shown["what"][0] == "channel has a new value: app (20\u00a0%)"


def test_a_quarter_like_the_last_has_no_change():
    none = changes.changed(BUSINESS.head(0), JUDGED.head(0))
    assert none.says == "0 changes of the business this quarter, and no column broke its meaning"
    assert none.findings["business_changes"]["value"] == 0
    assert "Nothing changed beyond the usual." in none.html


def test_only_breaks_are_defects():
    found = changes.change_defects(JUDGED)
    assert found[["kind", "column"]].to_numpy().tolist() == [
        ["another meaning", "years_at_address"]
    ]


def test_the_largest_shift_stands_first():
    assert changes.drift(JUDGED).data["column"].tolist() == [
        "years_at_address",
        "amount",
        "channel",
    ]


def test_without_two_quarters_no_column_could_be_compared():
    assert changes.drift(JUDGED.head(0)).says == "No column could be compared."


def test_a_source_without_prices_has_no_new_price(report):
    assert changes.new_prices(report).empty


def test_a_category_with_dearer_products_has_a_new_price(report):
    prices = pd.DataFrame({"category": ["tea"] * 5, "price_then": 1.0, "price_now": 1.25})
    columns = ["product_id", "ordered_at", "unit_price"]
    report.tables["transactions"] = pd.DataFrame(columns=columns)
    report.features = lambda function: prices
    found = changes.new_prices(report)
    assert found[["group", "products"]].to_numpy().tolist() == [["tea", 5]]


def test_new_values_and_prices_are_news_for_the_letter_each_once():
    portal = {"new_values": "coupon_portal"}
    coffee = {"group": "coffee", "products": 12, "change": 0.2}
    rows = [
        ["customers", "channel", "new value", 0.3, portal | {"new_share": 0.2}],
        ["leads", "channel", "new value", 0.4, portal | {"new_share": 0.31}],
        ["leads", "amount", "mix", 0.5, {"new_values": "", "new_share": 0.0}],
        ["transactions", "unit_price", "new price", None, coffee],
    ]
    found = changes.changed(pd.DataFrame(rows, columns=BUSINESS.columns), JUDGED.head(0))
    assert [told.replace("\u00a0", " ") for told in found.news] == [
        "New this quarter: channel coupon portal, 31 % of the leads.",
        "Coffee: 12 products sell for 20 % more than in the quarter before.",
    ]
