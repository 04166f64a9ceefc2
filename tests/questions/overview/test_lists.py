from pathlib import Path

import pandas as pd

from crm_helpers.page.actions import write_list
from crm_helpers.questions.overview import lists as q
from tests.questions.overview.test_quarter import NOW, put, read


def test_lists_are_sorted_by_what_they_should_bring(tmp_path: Path) -> None:
    told = {"to_contact": 5, "control": 1, "cost": 2.0, "file": "actions/x.csv"}
    put(tmp_path, NOW, "churn", actions={**told, "expected_net_value": 10.0})
    put(tmp_path, NOW, "cross_sell", actions={**told, "expected_net_value": 30.0})
    found = q.lists(read(tmp_path, "churn", "cross_sell", "credit"))
    assert found["stem"].tolist() == ["cross_sell", "churn"]


def test_customers_on_several_lists_are_counted(tmp_path: Path) -> None:
    def listed(name: str, ids: list[str], held: list[str], key: str = "customer_id") -> None:
        frame = pd.DataFrame(
            {key: ids + held, "is_control": [False] * len(ids) + [True] * len(held)}
        )
        write_list(frame, tmp_path / name)

    listed("a.csv", ["01", "02"], ["03"])
    listed("b.csv", ["02", "03"], ["04"])
    listed("leads.csv", ["01"], [], key="lead_id")
    listed("nobody.csv", [], [])
    files = ["a.csv", "b.csv", "leads.csv", "gone.csv", "nobody.csv"]
    shared = q.overlap(tmp_path, files)
    assert shared == q.Overlap(on_several=1, held_back_elsewhere=1)
