"""Whether reports agree: numbers that several of them state -> those that differ."""

import math
from collections import defaultdict
from typing import Any

import pandas as pd

from crm_helpers.page.findings import in_words
from crm_helpers.page.numerals import counted
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, answer, note, table, warning
from crm_helpers.questions.overview.quarter import ReportState

# Every report uses these names for its own subject, so their values are not to be compared.
OF_EACH_REPORT = ("list_net_value", "test_auc", "rule_auc", "expected_loss")


def disagreements(quarter: list[ReportState]) -> pd.DataFrame:
    """Findings of one name that differ between reports; no rows when all agree.

    Returns
    -------
    DataFrame, one row per finding
        finding, said (which report says what)
    """
    rows = [
        {"finding": name, "said": "; ".join(f"{by}: {in_words(found)}" for by, found in said)}
        for name, said in _stated(quarter).items()
        if any(not _same(said[0][1], other) for _, other in said[1:])
    ]
    return pd.DataFrame(rows, columns=["finding", "said"])


def stated_by_several(quarter: list[ReportState]) -> list[str]:
    """Names of findings that two reports or more state."""
    return [name for name, said in _stated(quarter).items() if len(said) > 1]


def _stated(quarter: list[ReportState]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    said = defaultdict(list)
    for state in quarter:
        if state.is_current:
            for name, found in state.content.get("findings", {}).items():
                if name not in OF_EACH_REPORT:
                    said[name].append((state.stem, found))
    return said


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one.get("unit") != other.get("unit"):
        return False
    values = one["value"], other["value"]
    if any(isinstance(value, str | bool) for value in values):
        return values[0] == values[1]
    # Sums of the same rows in another order differ in the last bits.
    return math.isclose(*values, rel_tol=1e-9, abs_tol=1e-12)


def agreed(quarter: list[ReportState], differing: pd.DataFrame) -> Section:
    """What the reports do not agree on, or a sentence that they do.

    Parameters
    ----------
    quarter : list of ReportState
    differing : DataFrame, one row per finding
        As `disagreements` gives it.

    Returns
    -------
    Section
        data : one row per number, columns finding, said; words alone where all agree.
    """
    said = answer(agreement(quarter, differing).replace("they", "The reports", 1))
    if differing.empty:
        compared = "Compared are all numbers that two reports or more state under one name."
        return Section.of(said, note(compared))
    told = warning("Do not use these numbers before the difference is explained.")
    columns = {"finding": "Number", "said": "What the reports say"}
    return Section.of(said, told, table(differing.head(MOST_ROWS), columns))


def agreement(quarter: list[ReportState], differing: pd.DataFrame) -> str:
    """Whether the reports agree in the numbers that several of them state."""
    shared = counted(len(stated_by_several(quarter)), "number")
    if len(differing):
        return f"they disagree in {len(differing)} of {shared} they share"
    if shared[0] == "0":
        return "they share no number"
    return f"they agree in the {shared} they share"
