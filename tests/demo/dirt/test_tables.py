"""Each planted defect is counted in the tables as an analyst could, without the truth beside."""

import pandas as pd
import pytest

from crm_helpers.demo.defects import DEFECTS

LAST = pd.Timestamp("2026-10-01")


def lines(company):
    return company["transactions"]


def count_duplicate_customers(company):
    people = company["customers"]
    people = people[~people["name"].str.startswith("Test Account")]
    keys = ["birth_year", "postcode", "region", "occupation", "gender", "last_login_days"]
    return people.duplicated(keys, keep="first").sum()


def count_late(company):
    wait = (
        pd.to_datetime(lines(company)["recorded_on"]) - lines(company)["ordered_at"].dt.normalize()
    )
    return (wait > pd.Timedelta(days=7)).sum()


def count_changed_meaning(company):
    later = company["applications"].query("applied_on >= @pd.Timestamp('2026-07-01').date()")
    return (later["years_at_address"] % 12 == 0).sum()


COUNTS = {
    "missing product id": lambda c: lines(c)["product_id"].isna().sum(),
    "missing order id": lambda c: lines(c)["order_id"].isna().sum(),
    "orphan product": lambda c: (
        lines(c)["product_id"].notna() & ~lines(c)["product_id"].isin(c["products"]["product_id"])
    ).sum(),
    "orphan customer": lambda c: (
        lines(c)["customer_id"].notna()
        & ~lines(c)["customer_id"].isin(c["customers"]["customer_id"])
    ).sum(),
    "future date": lambda c: (lines(c)["ordered_at"] >= LAST).sum(),
    "wrong sign": lambda c: (lines(c)["unit_price"] < 0).sum(),
    "duplicate line": lambda c: (
        lines(c).duplicated(["order_id", "product_id", "ordered_at"]) & (lines(c)["quantity"] < 999)
    )[lines(c)["order_id"].notna() & lines(c)["product_id"].notna()].sum(),
    "late row": count_late,
    "test line": lambda c: (lines(c)["quantity"] == 999).sum(),
    "duplicate customer": count_duplicate_customers,
    "impossible age": lambda c: (
        (c["customers"]["birth_year"] < 1906) | (c["customers"]["birth_year"] > 2026)
    ).sum(),
    "test account": lambda c: c["customers"]["name"].str.startswith("Test Account").sum(),
    "missing together": lambda c: (
        c["customers"]["birth_year"].isna() & c["customers"]["occupation"].isna()
    ).sum(),
    "end before start": lambda c: (
        c["subscriptions"]["ended_on"].fillna(LAST.date()) < c["subscriptions"]["started_on"]
    ).sum(),
    "duplicate contact": lambda c: c["contacts"].duplicated(["person_id", "campaign"]).sum(),
    "converted before created": lambda c: (
        c["leads"]["converted_on"].fillna(LAST.date()) < c["leads"]["created_on"]
    ).sum(),
    "score off the scale": lambda c: (c["feedback"]["score"] > 10).sum(),
    "changed meaning": count_changed_meaning,
    "negative amount": lambda c: (c["payments"]["amount"] < 0).sum(),
}
# A duplicate of a customer with a gap has the gap as well, and two persons can be alike.
LOOSE = {"missing together": 8, "duplicate customer": 8}


def stated(company) -> dict[str, int]:
    return {defect["kind"]: defect["rows"] for defect in company.truth["defects"]}


@pytest.mark.parametrize("kind", list(COUNTS))
def test_each_defect_is_there_as_often_as_stated(company, kind):
    assert stated(company)[kind] > 0
    assert abs(COUNTS[kind](company) - stated(company)[kind]) <= LOOSE.get(kind, 0)


@pytest.mark.parametrize("kind", list(COUNTS))
def test_the_clean_company_has_none(clean, kind):
    if kind == "changed meaning":
        later = clean["applications"]
        later = later[pd.to_datetime(later["applied_on"]) >= "2026-07-01"]
        assert later["years_at_address"].median() < 12
    elif kind == "duplicate customer":
        assert "last_login_days" not in clean["customers"]
    else:
        assert COUNTS[kind](clean) == 0


def test_every_stated_defect_is_tested():
    assert {defect.kind for defect in DEFECTS} - set(COUNTS) == {"missing day", "leak"}


def test_one_day_has_no_order_lines_but_has_payments(company, clean):
    def on(frame, column):
        return (frame[column].dt.date == pd.Timestamp("2026-05-13").date()).sum()

    assert on(lines(company), "ordered_at") == 0
    assert on(company["payments"], "paid_at") > 0
    assert on(lines(clean), "ordered_at") == stated(company)["missing day"]


def test_one_attribute_knows_who_lapsed(company):
    people = company["customers"].set_index("customer_id")
    orders = company.orders()
    before = orders[orders["day"] < 1004]["customer_id"].unique()
    active = [c for c in before if c in people.index]
    later = set(orders[orders["day"] >= 1004]["customer_id"])
    rank = people.loc[active, "last_login_days"].rank()
    lapsed = pd.Series([c not in later for c in active], index=active)
    events = lapsed.sum()
    area = (rank[lapsed].sum() - events * (events + 1) / 2) / (events * (len(lapsed) - events))
    assert area > 0.9


def test_the_list_of_defects_names_every_row(company):
    counted = company["truth_dirt"].groupby("kind").size().to_dict()
    assert counted == stated(company)


def test_doubles_are_spelt_otherwise_than_the_first(company):
    pairs = company["truth_dirt"].query("kind == 'duplicate customer'")
    names = company["customers"].set_index("customer_id")["name"]
    first, double = names.loc[pairs["detail"]], names.loc[pairs["key"]]
    assert (first.to_numpy() != double.to_numpy()).mean() > 0.95
    assert (first.str[0].to_numpy() == double.str[0].to_numpy()).all()
