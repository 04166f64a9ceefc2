"""Outcomes of opened cases: a file that investigators fill -> labels, from the day they were known.

The file is ``reports/<source>/feedback/fraud_outcomes.csv`` with the columns payment_id, is_fraud
(yes or no) and labelled_on (YYYY-MM-DD). ``make clean`` keeps it. A row that cannot be read is
used for nothing and counted on the page.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_helpers.page.actions import read_list

FILE = "feedback/fraud_outcomes.csv"
COLUMNS = ("payment_id", "is_fraud", "labelled_on")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


@dataclass(frozen=True)
class Feedback:
    """Labels from the file, and what could not be used.

    Parameters
    ----------
    labels : DataFrame, one row per payment
        payment_id : str; is_fraud : bool; labelled_on : datetime
    problem : str
        Sentence on the rows that were not used; empty where all were.
    """

    labels: pd.DataFrame
    problem: str


def read_feedback(path: Path, paid_at: pd.Series) -> Feedback:
    """Labels that investigators wrote down; none where there is no file.

    Of several rows on one payment the latest counts.

    Parameters
    ----------
    path : Path
    paid_at : Series of datetime, index payment_id
        Day of each payment of the source; missing where it has none.

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If a column is missing.
    """
    if not path.exists():
        return Feedback(pd.DataFrame(columns=list(COLUMNS)), "")
    rows = read_list(path, "payment_id").astype(str)
    missing = [column for column in COLUMNS if column not in rows]
    if missing:
        raise ValueError(
            f"{FILE}: no column {', '.join(missing)}; found {', '.join(rows.columns)}, expected "
            f"{', '.join(COLUMNS)}. Add it to the first line of the file."
        )
    rows = rows[list(COLUMNS)].apply(lambda column: column.str.strip())
    faults = _faults(rows, paid_at)
    good = rows[faults == ""]
    labels = good.assign(
        is_fraud=good["is_fraud"].str.lower().isin(YES),
        labelled_on=pd.to_datetime(good["labelled_on"], format="%Y-%m-%d"),
    )
    latest = labels.sort_values("labelled_on", kind="stable").drop_duplicates(
        "payment_id", keep="last"
    )
    return Feedback(latest.reset_index(drop=True), _problem(faults))


def _faults(rows: pd.DataFrame, paid_at: pd.Series) -> pd.Series:
    """Why each row cannot be used; empty where it can."""
    day = pd.to_datetime(rows["labelled_on"], format="%Y-%m-%d", errors="coerce")
    paid = pd.to_datetime(rows["payment_id"].map(paid_at)).dt.normalize()
    said = rows["is_fraud"].str.lower()
    reason = pd.Series("", index=rows.index)
    reason = reason.mask(day < paid, "labelled_on lies before the payment")
    reason = reason.mask(day.isna(), "labelled_on is no date like 2026-09-30")
    reason = reason.mask(~said.isin(YES + NO), "is_fraud is neither yes nor no")
    return reason.mask(~rows["payment_id"].isin(paid_at.index), "payment_id is not known")


def _problem(faults: pd.Series) -> str:
    bad = faults[faults != ""]
    if bad.empty:
        return ""
    return (
        f"{FILE}: {len(bad):,} of {len(faults):,} rows were not used (first: line "
        f"{bad.index[0] + 2:,}, {bad.iloc[0]}); expected a known payment_id, yes or no, a date. "
        "Correct them and run the report again."
    )


def with_feedback(rows: pd.DataFrame, labels: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Payments with the labels of the file known by as_of put in; the file has the last word.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        payment_id, and where dated label_age_days; is_fraud where the source has labels.
    labels : DataFrame, one row per payment
        As given by `read_feedback`.
    as_of : date

    Returns
    -------
    DataFrame of the same rows, is_fraud and label_age_days filled in
    """
    given = labels.assign(
        days=(pd.Timestamp(as_of) - pd.to_datetime(labels["labelled_on"])).dt.days
    )
    known = given[given["days"] >= 0].set_index("payment_id")
    fraud = rows["payment_id"].map(known["is_fraud"])
    kept = rows["is_fraud"] if "is_fraud" in rows else pd.Series(pd.NA, index=rows.index)
    made = rows.assign(is_fraud=fraud.astype("boolean").fillna(kept.astype("boolean")))
    if "age_days" not in rows:
        return made
    days = rows["payment_id"].map(known["days"]).astype(float)
    before = rows["label_age_days"] if "label_age_days" in rows else float("nan")
    return made.assign(label_age_days=days.fillna(before))
