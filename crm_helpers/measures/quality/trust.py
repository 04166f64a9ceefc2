"""Defects and what each report reads -> which reports can be trusted, and why not."""

from collections.abc import Mapping

import pandas as pd

FULL, CARE, NONE = "can be trusted", "to be read with care", "cannot be trusted"
BREAKS = ("another meaning", "gone missing")
IN_BRIEF = {
    "another meaning": "a column changed its meaning",
    "gone missing": "values went missing",
    "leak": "a column knows the outcome",
    "likely duplicate": "persons are there twice",
    "orphan": "rows without a partner",
    "missing day": "days are missing",
    "late row": "rows came late",
    "line twice": "lines are there twice",
    "empty": "required values are empty",
    "out of range": "values out of range",
}


def report_trust(defects: pd.DataFrame, reads: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Verdict on each report, from the defects of the tables that it reads.

    It cannot be trusted when a table it needs has too many rows set aside or a serious break
    (a changed meaning, values gone missing); any other serious defect of a table that it reads
    calls for care.

    Parameters
    ----------
    defects : DataFrame, one row per defect
        Columns severity, kind, table, column.
    reads : mapping of report to mapping of table to "needs" or "uses"

    Returns
    -------
    DataFrame, one row per report, worst first
        report, verdict, because : str
        defects : int, in the tables that it reads
    """
    rows = [_verdict(report, defects, tables) for report, tables in reads.items()]
    found = pd.DataFrame(rows, columns=["report", "verdict", "because", "defects"])
    rank = found["verdict"].map([NONE, CARE, FULL].index).astype(int)
    order = rank.sort_values(kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _verdict(report: str, defects: pd.DataFrame, tables: Mapping[str, str]) -> dict[str, object]:
    mine = defects[defects["table"].isin(list(tables)) & (defects["severity"] != "kept as it is")]
    needed = mine["table"].map(lambda table: tables[table] == "needs").astype(bool)
    grave = (mine["severity"] == "stops reports") | (
        (mine["severity"] == "serious") & mine["kind"].isin(BREAKS)
    )
    stopping, serious = mine[grave & needed], mine[mine["severity"] != "minor"]
    worst = stopping if len(stopping) else serious
    verdict = NONE if len(stopping) else CARE if len(serious) else FULL
    because = "; ".join(_brief(row) for row in worst.head(2).to_dict("records"))
    return {"report": report, "verdict": verdict, "because": because, "defects": len(mine)}


def _brief(row: dict[str, object]) -> str:
    place = f"{row['table']}.{row['column']}" if row["column"] else str(row["table"])
    return f"{IN_BRIEF.get(str(row['kind']), row['kind'])} ({place})"
