import pytest

from crm_helpers.tables.checked import open_tables


@pytest.fixture
def rows_of(shared_data, monkeypatch):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))

    def read(source: str, table: str):
        return open_tables(source)[table].to_pandas()

    return read


def test_hillstrom_has_three_arms_of_equal_size(rows_of):
    arms = rows_of("hillstrom", "contacts")
    counts = arms["offer"].fillna("none").value_counts().to_dict()
    assert counts == {"Womens": 21_387, "Mens": 21_307, "none": 21_306}
    assert "conversion" not in arms.columns


def test_bank_marketing_keeps_its_rows_in_order_and_its_outcomes(rows_of):
    calls = rows_of("bank_marketing", "contacts")
    assert (len(calls), int(calls["responded"].sum())) == (41_188, 4_640)
    assert calls["person_id"].is_monotonic_increasing
    assert calls["month"].iloc[0] == "may"


def test_coil_2000_has_its_two_files_with_their_policy_owners(rows_of):
    owners = rows_of("coil2000", "contacts").groupby("campaign")["responded"].agg(["size", "sum"])
    assert owners.loc["training file"].tolist() == [5_822, 348]
    assert owners.loc["evaluation file"].tolist() == [4_000, 238]


def test_olist_leads_convert_by_origin_as_published(rows_of):
    leads = rows_of("olist_leads", "leads")
    won = leads.groupby("channel")["converted_on"].agg(["size", "count"])
    # one lead of 8,000 was won before it came in and is set aside
    assert len(leads) == 7_999
    assert won.loc["paid_search"].tolist() == [1_586, 195]
    assert won.loc["social"].tolist() == [1_350, 75]


def test_telco_has_its_churners(rows_of):
    assert int(rows_of("telco", "subscriptions")["churned"].sum()) == 1_869
