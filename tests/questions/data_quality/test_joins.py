import pytest

from crm_helpers.questions.data_quality import joins


def test_rows_without_a_partner_are_counted(report):
    assert joins.partners(report).says == (
        "10 rows have no partner, most of them (10) in transactions: their product_id is not in "
        "products"
    )


def test_references_with_orphans_come_first(report):
    shown = joins.partners(report).data
    assert shown["orphans"].tolist() == [10, 0]
    assert shown["share"].tolist() == [0.01, 0.0]


def test_references_that_hold_are_said_to_hold(report):
    report.tables.orphans = report.tables.orphans.head(1)
    assert joins.partners(report).says == "All 1 reference between the tables hold"


def test_a_single_table_has_nothing_to_join(report):
    report.tables.orphans = report.tables.orphans.head(0)
    assert joins.partners(report).says.startswith("There is nothing to join")
    assert joins.join_defects(report, max_orphan_share=0.01).empty


@pytest.mark.parametrize(("limit", "severity"), [(0.005, "serious"), (0.01, "minor")])
def test_orphans_are_serious_above_their_limit(report, limit, severity):
    found = joins.join_defects(report, max_orphan_share=limit)
    assert found[["column", "severity"]].to_numpy().tolist() == [["product_id", severity]]
