"""What a check of a source says: rows, rows set aside, what each report would do."""

import pytest

from crm_helpers.runner import check, checking
from crm_helpers.runner.plan import Job
from crm_helpers.tables.checked import open_tables

ORDERS = """order,customer,day,article,units,price
1,A,2026-01-02,tea,1,2.5
2,A,2026-02-03,tea,2,2.5
3,B,2026-03-04,mug,1,0
4,,2026-03-31,mug,1,7
"""
SOURCE = """title: Tea shop [small]
currency: EUR
data_until: "2026-03-31"
tables:
  transactions:
    from: FOLDER/orders.csv
    columns:
      order_id: order
      customer_id: customer
      ordered_at: day
      product_id: article
      quantity: units
      unit_price: price
"""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    file = tmp_path / "shop.yaml"
    file.write_text(SOURCE.replace("FOLDER", str(tmp_path)), encoding="utf-8")
    return file


def job(stem: str, **needs: list[str]) -> Job:
    return Job(stem, stem, None, {}, [needs], [], "")


def test_rows_and_days_of_each_table_are_told(source):
    found = checking.held(open_tables(source))
    (line,) = found.to_dict("records")
    assert line == {
        "table": "transactions",
        "rows read": "4",
        "set aside": "1",
        "used": "3",
        "period": "2 Jan 2026 – 31 Mar 2026",
    }


def test_rows_set_aside_are_told_with_their_first_case(source):
    (line,) = checking.refused(open_tables(source))
    assert line.startswith("transactions.unit_price: 1 row set aside, ")
    assert line.endswith("(first case: row 3, '0.0000').")


def test_each_report_says_what_it_would_do(source):
    jobs = [job("profit", transactions=["unit_price"]), job("leads", leads=["lead_id"])]
    found = checking.outlook(jobs, open_tables(source), 0.5).set_index("report")
    assert found["state"].to_dict() == {"profit": "can be made", "leads": "skipped"}
    assert found["why"]["leads"].startswith("The source has no leads (lead_id). Add it under")


def test_too_many_rows_set_aside_stop_a_report(source):
    found = checking.outlook([job("profit", transactions=["unit_price"])], open_tables(source), 0.1)
    assert found["state"].tolist() == ["failed"]
    assert "1 of 4 rows were set aside" in found["why"][0]


def test_the_command_says_it_all_and_how_to_go_on(source, capsys):
    assert check.main(["--source", str(source)]) == 0
    said = capsys.readouterr().out
    assert "Reading Tea shop [small] …" in said
    assert "churn" in said
    assert f"make quarterly-report SOURCE={source}" in said
    assert "Traceback" not in said


def test_a_source_that_cannot_be_read_ends_with_code_2(source, capsys):
    (source.parent / "orders.csv").unlink()
    assert check.main(["--source", str(source)]) == 2
    assert "transactions: orders.csv is not there" in capsys.readouterr().err
