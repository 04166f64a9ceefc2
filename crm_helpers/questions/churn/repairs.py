"""What can be repaired: tenures watched -> contracts that end against the customer's will."""

from collections.abc import Sequence

import pandas as pd

from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.propensity.encoding import category_columns
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.phrases import column_words
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.churn.contract_reasons import NOT_FACTORS

GROUPS_SHOWN = 12


@unless_absent(silent=True)
def involuntary(
    ends: CompetingStudy, spells: pd.DataFrame, settings: PropensitySettings, *, min_group: int
) -> Section:
    """Where contracts end without anybody's will: shares by group.

    Parameters
    ----------
    ends : CompetingStudy
        Nothing is shown where there is none.
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    settings : PropensitySettings
        Its protected columns divide nobody.
    min_group : int

    Returns
    -------
    Section
        data : one row per group, highest share first, columns group, contracts, share, interval
        Words alone where causes are not known or groups too small.
    """
    if "end_reason" not in spells:
        words = "The source does not say which contracts ended against the customer's will."
        return Section.of(note(words))
    found = by_group(spells, settings.protected_columns, min_group=min_group)
    if found.empty:
        return Section.of(note("Too few ends of that kind to compare groups."))
    top = found.iloc[0]
    columns = {
        "group": "Group",
        "contracts": ("Contracts", number),
        "share": ("Ended involuntarily in the window", _tenths),
        "interval": "95 % interval",
    }
    said = f"Not by choice: {top['group']} lost {per_hundred(top['share'])} contracts of the period"
    return Section.of(answer(said), table(found.head(GROUPS_SHOWN), columns))


def by_group(
    spells: pd.DataFrame, protected_columns: Sequence[str], *, min_group: int
) -> pd.DataFrame:
    """Share of contracts that ended involuntarily, by the factor that divides them most.

    Parameters
    ----------
    spells : DataFrame, one row per contract watched
        With end_reason.
    protected_columns : sequence of str
        Factors that divide nobody.
    min_group : int

    Returns
    -------
    DataFrame, one row per group of min_group contracts or more, highest first
        group, interval : str; contracts : int; share : float in [0, 1]
    """
    banned = {*NOT_FACTORS, *protected_columns}
    lost = (spells["end_reason"] == "involuntary") & spells["ended"]
    parts = [
        _shares(column, spells[column], lost, min_group)
        for column in category_columns(spells)
        if column not in banned and spells[column].nunique() <= GROUPS_SHOWN
    ]
    spread = [part["share"].max() - part["share"].min() if len(part) > 1 else -1 for part in parts]
    if not spread or max(spread) < 0:
        return pd.DataFrame()
    return parts[spread.index(max(spread))]


def _shares(factor: str, group: pd.Series, lost: pd.Series, min_group: int) -> pd.DataFrame:
    counts = lost.groupby(group.astype(str)).agg(["size", "sum"])
    counts = counts[counts["size"] >= min_group]
    ends = [
        share_interval(int(n), int(size))
        for n, size in zip(counts["sum"], counts["size"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "group": [f"{column_words(factor)} {level}" for level in counts.index],
            "contracts": counts["size"].to_numpy(),
            "share": (counts["sum"] / counts["size"]).to_numpy(),
            "interval": [f"{percent(low, 1)} to {percent(high, 1)}" for low, high in ends],
        }
    )
    return frame.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def _tenths(share: float) -> str:
    return percent(share, 1)
