"""What can be repaired: tenures watched -> contracts that end against the customer's will."""

from collections.abc import Sequence

import pandas as pd
from scipy.stats import fisher_exact

from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.propensity.encoding import category_columns
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import counted, number, per_hundred, percent
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
        data : one row per group, highest share first, columns group, contracts, share, interval,
        is_clear (beyond chance)
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
    shown = table(found.head(GROUPS_SHOWN), columns)
    return Section.of(answer(_said(top)), shown, *_unnamed(spells))


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
        is_clear : bool, another share than the other groups of the factor have, beyond chance,
        allowing for all groups of all factors
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
    widest = parts[spread.index(max(spread))]
    return widest.assign(is_clear=_chances(widest) < 1 - claim_level(sum(map(len, parts))))


def _said(top: pd.Series) -> str:
    if not top["is_clear"]:
        return "No group is shown to lose more contracts against their will than others"
    lost = per_hundred(top["share"])
    return f"Not by choice: {top['group']} lost {lost} contracts of the period"


def _unnamed(spells: pd.DataFrame) -> list[object]:
    """Note on the ends without a reason, of which some may be of this kind."""
    missing = int((spells["ended"].astype(bool) & spells["end_reason"].isna()).sum())
    if not missing:
        return []
    ends = counted(int(spells["ended"].sum()), "end")
    words = f"{number(missing)} of {ends} have no stated reason and are not counted here, so that"
    return [note(f"{words} the true shares may be higher.")]


def _chances(shares: pd.DataFrame) -> pd.Series:
    """Chance of such a difference of each group from the others together (Fisher's exact test)."""
    size, lost = shares["contracts"], (shares["contracts"] * shares["share"]).round().astype(int)
    return pd.Series(
        [
            fisher_exact([[n, m - n], [lost.sum() - n, size.sum() - m - lost.sum() + n]]).pvalue
            for n, m in zip(lost, size, strict=True)
        ],
        index=shares.index,
    )


def _shares(factor: str, group: pd.Series, lost: pd.Series, min_group: int) -> pd.DataFrame:
    counts = lost.groupby(group.astype(str)).agg(["size", "sum"])
    counts = counts[counts["size"] >= min_group]
    ends = [
        share_interval(int(n), int(size))
        for n, size in zip(counts["sum"], counts["size"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "group": [
                f"{column_words(factor)} {value_words(factor, level)}" for level in counts.index
            ],
            "contracts": counts["size"].to_numpy(),
            "share": (counts["sum"] / counts["size"]).to_numpy(),
            "interval": [f"{percent(low, 1)} to {percent(high, 1)}" for low, high in ends],
        }
    )
    return frame.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def _tenths(share: float) -> str:
    return percent(share, 1)
