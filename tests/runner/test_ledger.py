import datetime as dt
import stat

import pandas as pd

from crm_helpers.runner import ledger

ABOUT = {"source": "shop", "as_of": dt.date(2026, 3, 31), "report": "churn"}
DATA_UNTIL = dt.date(2026, 6, 30)


def promise(value, subject="anna", due_on="2026-06-29", quantity="lapsed"):
    return pd.DataFrame(
        {
            "subject": [subject],
            "quantity": [quantity],
            "value": [value],
            "low": [None],
            "high": [None],
            "due_on": [pd.Timestamp(due_on)],
            "model": ["lightgbm"],
        }
    ).astype({"low": float, "high": float})


def test_first_entry_of_a_key_stands(tmp_path):
    assert ledger.append(tmp_path, promise(0.2), **ABOUT, data_until=DATA_UNTIL) == 1
    assert ledger.append(tmp_path, promise(0.9), **ABOUT, data_until=DATA_UNTIL) == 0
    assert ledger.read(tmp_path)["value"].tolist() == [0.2]


def test_other_subjects_and_quantities_are_added(tmp_path):
    for row in (promise(0.2), promise(0.4, subject="bert"), promise(7, quantity="orders")):
        ledger.append(tmp_path, row, **ABOUT, data_until=DATA_UNTIL)
    assert ledger.read(tmp_path)["value"].tolist() == [0.2, 7.0, 0.4]


def test_prediction_whose_outcome_was_visible_is_a_backtest(tmp_path):
    rows = pd.concat([promise(0.2), promise(0.3, subject="bert", due_on="2026-07-01")])
    ledger.append(tmp_path, rows, **ABOUT, data_until=DATA_UNTIL)
    assert ledger.read(tmp_path)["backtest"].tolist() == [True, False]


def test_same_subject_of_another_quarter_or_report_is_another_key(tmp_path):
    for about in (ABOUT, ABOUT | {"as_of": dt.date(2026, 6, 30)}, ABOUT | {"report": "retention"}):
        assert ledger.append(tmp_path, promise(0.2), **about, data_until=DATA_UNTIL) == 1
    assert len(ledger.read(tmp_path)) == 3


def test_only_the_owner_may_read_the_ledger(tmp_path):
    folder = tmp_path / "ledger"
    ledger.append(folder, promise(0.2), **ABOUT, data_until=DATA_UNTIL)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())]
    assert modes == [0o700, 0o600]


def test_ledger_without_entries_has_its_columns(tmp_path):
    assert ledger.read(tmp_path).columns.tolist() == ledger.COLUMNS
