"""Predictions of a report -> the ledger, which keeps what was said first.

One Parquet file per as_of and report under reports/<source>/ledger/; only the runner writes it,
when a report succeeded. It holds ids of persons, so only its owner may read it.
"""

import datetime as dt
from pathlib import Path

import pandas as pd

from crm_helpers.page.files import OWNER_ONLY, write_whole

KEY = ["source", "as_of", "report", "subject", "quantity"]
COLUMNS = [*KEY, "value", "low", "high", "due_on", "model", "backtest", "recorded_on"]


def append(
    folder: Path,
    predictions: pd.DataFrame,
    *,
    source: str,
    as_of: dt.date,
    report: str,
    data_until: dt.date,
) -> int:
    """Count of predictions added; those whose key is in the ledger already are left as they are.

    Parameters
    ----------
    folder : Path
        The ledger of a source.
    predictions : DataFrame, one row per subject and quantity
        subject, quantity, value, low, high, due_on, model.
    source, report : str
    as_of : date
        Last day that the prediction could see.
    data_until : date
        Last day of the data: a prediction whose outcome lies before it is marked `backtest`.

    Returns
    -------
    int
    """
    path = folder / f"{as_of}-{report}.parquet"
    due_on = pd.to_datetime(predictions["due_on"])
    new = predictions.assign(
        source=source,
        as_of=pd.Timestamp(as_of),
        report=report,
        due_on=due_on,
        backtest=due_on <= pd.Timestamp(data_until),
        recorded_on=pd.Timestamp(dt.date.today()),
    ).reindex(columns=COLUMNS)
    said = pd.read_parquet(path) if path.exists() else new.head(0)
    both = pd.concat([said, new] if len(said) else [new], ignore_index=True)
    whole = both.drop_duplicates(KEY, keep="first")
    if len(whole) > len(said):
        _make_private(folder)
        write_whole(path, whole.to_parquet(index=False), mode=OWNER_ONLY)
    return len(whole) - len(said)


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def read(folder: Path) -> pd.DataFrame:
    """Every prediction of a source, in the order of its key; no rows when nothing was predicted.

    Parameters
    ----------
    folder : Path
        The ledger of a source.

    Returns
    -------
    DataFrame, one row per source, as_of, report, subject and quantity
        value, low, high, due_on, model, backtest, recorded_on
    """
    parts = [pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True).sort_values(KEY, ignore_index=True)
