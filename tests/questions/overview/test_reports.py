from pathlib import Path

from crm_helpers.questions.overview.changes import moves
from crm_helpers.questions.overview.reports import found
from tests.questions.overview.test_quarter import AS_OF, NOW, put, read


def test_each_report_has_a_row_and_those_made_come_first(tmp_path: Path) -> None:
    put(tmp_path, NOW, "credit", status="skipped", reason="No applications.")
    put(tmp_path, NOW, "fraud", summary=["Ten cases.", "b", "c"])
    states = read(tmp_path, "credit", "fraud", "churn")
    told = found(states, moves(states, tmp_path, AS_OF)).data
    assert told["report"].tolist() == ["fraud", "churn", "credit"]
    assert told["state"].tolist() == ["made", "not made", "skipped"]
    assert told["first_sentence"].tolist() == ["Ten cases.", "", "a"]
    assert told["reason"].iloc[2] == "No applications."
