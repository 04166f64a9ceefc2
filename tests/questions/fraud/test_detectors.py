from crm_helpers.questions.fraud.detection import LARGEST, RULES, TOGETHER
from crm_helpers.questions.fraud.detectors import by_detector, compared, money
from tests.questions.fraud.fraud_rows import REPORT, detected


def test_each_way_of_looking_has_a_row_with_its_money():
    rows = by_detector(detected()).set_index("detector")
    assert rows.loc[TOGETHER, ["cases", "found", "known"]].tolist()[1:] == [2, 2]
    assert rows.index[-1] == LARGEST
    assert rows.loc[RULES, "found"] == 2
    opened = rows.loc[TOGETHER, "cases"]
    assert rows.loc[TOGETHER, "net_value"] == 900 * 0.5 - 3 * opened


def test_sections_keep_the_table_they_show():
    found = detected()
    rows = by_detector(found)
    assert money(REPORT, found, rows).data["detector"].tolist() == rows["detector"].tolist()
    shown = compared(REPORT, found, rows)
    assert set(shown.data.columns) == {"detector", "net_value"}
    assert shown.figure is not None
    assert not shown.findings
