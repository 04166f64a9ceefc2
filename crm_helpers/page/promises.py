"""Predictions of a report -> rows in the form of the ledger."""

import datetime as dt

import pandas as pd


def check_promise(frame: pd.DataFrame, quantity: str, due_on: dt.date, model: str) -> pd.DataFrame:
    """Predictions in the form of the ledger: subject, quantity, value, low, high, due_on, model.

    Raises
    ------
    ValueError
        If subject or value is missing, a value is no number, or a subject stands twice.
    """
    missing = [column for column in ("subject", "value") if column not in frame]
    if missing:
        raise ValueError(
            f"promise {quantity}: {', '.join(missing)} missing among its columns "
            f"({', '.join(map(str, frame.columns))}); expected subject and value. Rename them."
        )
    twice, empty = int(frame["subject"].duplicated().sum()), int(frame["value"].isna().sum())
    if twice or empty:
        raise ValueError(
            f"promise {quantity}: {twice:,} of {len(frame):,} rows repeat a subject and {empty:,} "
            "have no value; expected one number per subject. Drop or fill them."
        )
    kept = frame.reindex(columns=["subject", "value", "low", "high"]).astype(
        {"subject": str, "value": float, "low": float, "high": float}
    )
    return kept.assign(quantity=quantity, due_on=pd.Timestamp(due_on), model=model)
