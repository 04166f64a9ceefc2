from crm_helpers.questions.data_quality.reads import tables_of_reports, touched

READS = {
    "churn": {"transactions": "needs", "customers": "uses"},
    "credit": {"applications": "needs"},
}


def test_reports_that_read_a_table_are_named():
    assert touched("customers", READS) == "churn"
    assert touched("visits", READS) == "none"


def test_many_reports_are_counted():
    assert touched("leads", {name: {"leads": "uses"} for name in "abcd"}) == "4 reports"


def test_the_metadata_of_the_notebooks_say_what_a_report_needs():
    assert tables_of_reports()["churn"]["transactions"] == "needs"


def test_reports_whose_needs_are_not_met_are_left_out():
    assert tables_of_reports({}) == {}
