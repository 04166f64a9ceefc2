"""When in its life a contract ends, and why: tenures watched -> curves over months."""

import pandas as pd

from crm_helpers.charts.intervals import interval_chart
from crm_helpers.charts.step_bands import step_band_chart
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import share_at
from crm_helpers.measures.survival.tenure_hazard import dangerous, tenure_hazard
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import note
from crm_helpers.questions.churn.ages import ages_of, contracts_source, too_few, watched_words

CAUSES = {
    "voluntary": "by choice",
    "involuntary": "not by choice",
    "any": "for any reason",
    "not_stated": "for a reason not stated",
}


@unless_absent(silent=True)
def gone(
    report: Report,
    ends: CompetingStudy,
    spells: pd.DataFrame,
    *,
    observation_days: int,
    min_group: int,
) -> Section:
    """Share of contracts gone by each cause over tenure, with bands.

    The curves are those of the ages at which min_group contracts or more were watched.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
        Nothing is shown where there is none.
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    observation_days, min_group : int

    Returns
    -------
    Section
        data : one row per cause and day of tenure, columns cause, time, share, low, high
        findings : voluntary_share, where the source says why contracts ended
        Words alone for a snapshot without dates, and where too few were watched at one age.
    """
    if spells.empty:
        words = "it shows who has left, not when, so no curve over time is drawn."
        return Section.of(note(f"The snapshot has no dates: {words}"))
    curves = aalen_johansen(
        spells["exit_days"], _cause(spells), spells["entry_days"], least=min_group
    )
    age = ages_of(curves)
    if not age.months:
        return _with_voluntary_share(Section.of(note(too_few(min_group))), spells)
    shares = {name: share_at(curve, age.read_at) for name, curve in curves.groupby("cause")}
    said = " and ".join(f"{number(share * 100)} end {name}" for name, share in shares.items())
    chart = step_band_chart(
        curves,
        group="cause",
        to_whole=False,
        y_label="Share of contracts gone",
        title=f"Of 100 {age.contracts} {said} within {age.period}",
        subtitle=f"All causes at work; {watched_words(spells, observation_days)}; "
        f"{age.shown(min_group)}; bands: 95 %",
        alt=f"Rising curves over months of tenure. Of 100 {age.contracts} {said} within "
        f"{age.period}.",
        source=contracts_source(report),
    )
    return _with_voluntary_share(Section.of(chart), spells)


@unless_absent(silent=True)
def danger(
    report: Report,
    ends: CompetingStudy,
    spells: pd.DataFrame,
    *,
    observation_days: int,
    min_group: int,
) -> Section:
    """When in the life of a contract its end is likeliest.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
        Nothing is shown where there is none.
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    observation_days, min_group : int

    Returns
    -------
    Section
        data : one row per band of tenure, columns label, value (ends per month), low, high
        Words alone for a snapshot without dates, and where no band was lived in long enough.
    """
    if spells.empty:
        return Section.of(
            note("Without dates the risk over the life of a contract cannot be told.")
        )
    rows = _hazard(spells, min_group)
    if rows.empty:
        return Section.of(note(too_few(min_group)))
    frame = rows[["label", "value", "low", "high"]]
    said = _danger_words(rows)
    seen = watched_words(spells, observation_days)
    chart = interval_chart(
        frame,
        form=percent,
        x_label="Contracts that end per month",
        title=said,
        subtitle=f"Ends per contract and month by tenure; {seen}",
        alt=f"Points with intervals by months of tenure. {said}; lowest "
        f"{percent(frame['value'].min())}.",
        source=contracts_source(report),
    )
    return Section.of(chart)


def voluntary_share(spells: pd.DataFrame) -> tuple[float, float, float, int] | None:
    """Share of the watched ends with a stated reason that were by choice, its interval, and n.

    Parameters
    ----------
    spells : DataFrame, one row per contract watched

    Returns
    -------
    (share, low, high, ends), or None where the source has no reasons or no end
    """
    if "end_reason" not in spells:
        return None
    reasons = spells.loc[spells["ended"], "end_reason"].dropna()
    if not len(reasons):
        return None
    by_choice = int((reasons == "voluntary").sum())
    return by_choice / len(reasons), *share_interval(by_choice, len(reasons)), len(reasons)


def _with_voluntary_share(shown: Section, spells: pd.DataFrame) -> Section:
    found = voluntary_share(spells)
    if found is None:
        return shown
    share, low, high, n = found
    return shown.finds("voluntary_share", share, "share", low=low, high=high, n=n)


def _cause(spells: pd.DataFrame) -> pd.Series:
    """Cause of each end in words; an end without a reason is one of its own, not no end."""
    if "end_reason" not in spells:
        reasons = pd.Series("any", index=spells.index)
    else:
        reasons = spells["end_reason"].astype(object)
        reasons = reasons.where(reasons.notna(), "not_stated")
    return reasons.where(spells["ended"].astype(bool)).map(CAUSES)


def _hazard(spells: pd.DataFrame, min_group: int) -> pd.DataFrame:
    rows = tenure_hazard(spells["exit_days"], spells["ended"], spells["entry_days"])
    rows = rows[rows["contract_months"] >= 12 * min_group].reset_index(drop=True)
    labels = [
        f"months {number(a)} to {number(b)}"
        for a, b in zip(rows["from_month"], rows["to_month"], strict=True)
    ]
    return rows.assign(label=labels, value=rows["hazard"])


def _danger_words(rows: pd.DataFrame) -> str:
    """Which months stand out beyond chance, the most dangerous first, or that none do."""
    named = dangerous(rows)
    if named.empty:
        overall = per_hundred(rows["ends"].sum() / rows["contract_months"].sum())
        return f"No months of a contract are shown to be the most dangerous: {overall} end in each"
    bands = [f"{number(a)} to {number(b)}" for a, b in named[["from_month", "to_month"]].to_numpy()]
    monthly = [per_hundred(hazard) for hazard in named["hazard"]]
    rest = per_hundred(named["rest_hazard"].iloc[0])
    months, ends = (" and ".join(one) for one in (bands, monthly))
    return (
        f"Months {months} are more dangerous than the others: {ends} end per month, against {rest}"
    )
