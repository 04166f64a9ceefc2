"""Defects and what each report reads -> which reports can be trusted, and why not."""

from collections.abc import Mapping

import pandas as pd

from crm_helpers.measures.quality.defects import MINOR, SERIOUS, STOPS

FULL, CARE, NONE = "trusted", "with care", "not trusted"
LEFT_OUT = ("leak",)
BREAKS = ("another meaning", "gone missing")
MOST_REASONS = 2


def report_trust(defects: pd.DataFrame, reads: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Verdict on each report, from the defects of the tables that it reads.

    It cannot be trusted when a table it needs has too many rows set aside or a serious break
    (a changed meaning, values gone missing); any other serious defect of a table that it reads
    calls for care. An attribute that knows the outcome does not: the models leave it out.

    Parameters
    ----------
    defects : DataFrame, one row per defect
        Columns severity, kind, table, column.
    reads : mapping of report to mapping of table to "needs" or "uses"

    Returns
    -------
    DataFrame, one row per report, worst first
        report : str
        verdict : trusted, with care or not trusted
        because : list of (kind, table, column), the gravest two defects that decide
        defects : int, in the tables that it reads
    """
    rows = [_verdict(report, defects, tables) for report, tables in reads.items()]
    found = pd.DataFrame(rows, columns=["report", "verdict", "because", "defects"])
    rank = found["verdict"].map([NONE, CARE, FULL].index).astype(int)
    order = rank.sort_values(kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _verdict(report: str, defects: pd.DataFrame, tables: Mapping[str, str]) -> dict[str, object]:
    mine = defects[defects["table"].isin(list(tables)) & ~defects["kind"].isin(LEFT_OUT)]
    needed = mine["table"].map(lambda table: tables[table] == "needs").astype(bool)
    grave = (mine["severity"] == STOPS) | (
        (mine["severity"] == SERIOUS) & mine["kind"].isin(BREAKS)
    )
    stopping, serious = mine[grave & needed], mine[mine["severity"] != MINOR]
    worst = stopping if len(stopping) else serious
    verdict = NONE if len(stopping) else CARE if len(serious) else FULL
    reasons = worst[["kind", "table", "column"]].head(MOST_REASONS)
    because = list(reasons.itertuples(index=False, name=None))
    return {"report": report, "verdict": verdict, "because": because, "defects": len(mine)}
