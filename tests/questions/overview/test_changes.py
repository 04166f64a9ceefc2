from pathlib import Path

import pytest

from crm_helpers.questions.overview.changes import moves
from tests.questions.overview.test_quarter import AS_OF, NOW, THEN, put, read, share


def test_changes_beyond_noise_come_first_and_those_without_interval_get_no_verdict(
    tmp_path: Path,
) -> None:
    figures = [
        {"label": n.title(), "value": "", "about": "", "finding": n} for n in ("a", "b", "c")
    ]
    then = {"a": share(0.2), "b": share(0.2, 0.02), "c": share(0.2, 0.02)}
    now = {"a": share(0.9), "b": share(0.201, 0.02), "c": share(0.4, 0.02)}
    put(tmp_path, THEN, "churn", findings=then, key_figures=figures)
    put(tmp_path, NOW, "churn", findings=now, key_figures=figures)
    moved = moves(read(tmp_path, "churn"), tmp_path, AS_OF)
    assert moved["label"].tolist()[0] == "C"
    assert dict(zip(moved["label"], moved["is_beyond_noise"], strict=True)) == {
        "C": True,
        "A": None,
        "B": False,
    }
    assert moved["finding"].iloc[0] == "churn.c"


def test_one_verdict_is_made_over_the_figures_of_all_reports(tmp_path: Path) -> None:
    # Each alone has p = 0.04; among twenty such figures none of the others moves it stands alone.
    half = 1.959963984540054
    names = [f"x{i}" for i in range(20)]
    figures = [{"label": n, "value": "", "about": "", "finding": n} for n in names]
    put(
        tmp_path,
        THEN,
        "churn",
        key_figures=figures,
        findings={n: {"value": 0.0, "unit": "", "low": -half, "high": half} for n in names},
    )
    z = 2.0537 * 2**0.5
    put(
        tmp_path,
        NOW,
        "churn",
        key_figures=figures,
        findings={
            n: {"value": v, "unit": "", "low": v - half, "high": v + half}
            for n, v in zip(names, [z] + [0.0] * 19, strict=True)
        },
    )
    moved = moves(read(tmp_path, "churn"), tmp_path, AS_OF)
    assert moved["p_value"].min() == pytest.approx(0.04, rel=1e-3)
    assert not moved["is_beyond_noise"].any()


def test_without_an_earlier_quarter_there_are_no_changes(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"a": share(1.0)})
    assert moves(read(tmp_path, "churn"), tmp_path, AS_OF).empty
