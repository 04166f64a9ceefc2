"""When in its life a contract ends, and which last: tenures watched -> curves over months."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.charts.step_bands import step_band_chart
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, share_at
from crm_helpers.measures.survival.tenure_hazard import tenure_hazard
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import counted, day, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import note

YEAR_DAYS = 365.25
CAUSES = {"voluntary": "by choice", "involuntary": "not by choice", "any": "for any reason"}
GROUPS_SHOWN = 5


@unless_absent(silent=True)
def gone(
    report: Report, ends: CompetingStudy, spells: pd.DataFrame, *, observation_days: int
) -> Section:
    """Share of contracts gone by each cause over tenure, with bands.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
        Nothing is shown where there is none.
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    observation_days : int

    Returns
    -------
    Section
        data : one row per cause and day of tenure, columns cause, time, share, low, high
        findings : voluntary_share, where the source says why contracts ended
        Words alone for a snapshot without dates.
    """
    if spells.empty:
        words = "it shows who has left, not when, so no curve over time is drawn."
        return Section.of(note(f"The snapshot has no dates: {words}"))
    cause = spells.get("end_reason", pd.Series("any", index=spells.index))
    cause = cause.where(spells["ended"]).map(CAUSES)
    curves = aalen_johansen(spells["exit_days"], cause, spells["entry_days"])
    shares = {name: share_at(curve, YEAR_DAYS) for name, curve in curves.groupby("cause")}
    said = " and ".join(f"{number(share * 100)} end {name}" for name, share in shares.items())
    chart = step_band_chart(
        curves,
        group="cause",
        to_whole=False,
        y_label="Share of contracts gone",
        title=f"Of 100 new contracts {said} within a year",
        subtitle=f"Both causes at work; {_watched(spells, observation_days)}; bands: 95 %",
        alt=f"Rising curves over months of tenure. Of 100 contracts {said} within a year.",
        source=_source(report),
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
        Words alone for a snapshot without dates.
    """
    if spells.empty:
        return Section.of(
            note("Without dates the risk over the life of a contract cannot be told.")
        )
    frame = _hazard(spells, min_group)
    top = frame.loc[frame["value"].idxmax()]
    monthly = f"{per_hundred(top['value'])} end per month"
    said = f"{top['label'].capitalize()} are the most dangerous: {monthly}"
    chart = interval_chart(
        frame,
        form=percent,
        x_label="Contracts that end per month",
        title=said,
        subtitle=f"Ends per contract and month by tenure; {_watched(spells, observation_days)}",
        alt=f"Points with intervals by months of tenure. {said}; lowest "
        f"{percent(frame['value'].min())}.",
        source=_source(report),
    )
    return Section.of(chart)


@unless_absent(silent=True)
def stays(
    report: Report,
    ends: CompetingStudy,
    spells: pd.DataFrame,
    *,
    observation_days: int,
    min_group: int,
) -> Section:
    """Share still under contract by plan, with bands; for a snapshot the share gone by plan.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    observation_days, min_group : int

    Returns
    -------
    Section
        data : one row per plan and day of tenure, columns group, time, share, low, high;
        of a snapshot one row per plan, columns group, share
        Words alone where there are no plans to compare.
    """
    group = _grouping(ends.labelled if spells.empty else spells, min_group)
    if not group:
        words = "The contracts have no plan or other group of sufficient size to compare."
        return Section.of(note(words))
    if spells.empty:
        return Section.of(_gone_by_group(report, ends.labelled, group, min_group))
    parts = [
        kaplan_meier(part["exit_days"], part["ended"], part["entry_days"]).assign(group=str(name))
        for name, part in spells.groupby(group)
        if len(part) >= min_group
    ]
    curves = pd.concat(parts, ignore_index=True)
    kept = {name: share_at(curve, YEAR_DAYS) for name, curve in curves.groupby("group")}
    best, worst = max(kept, key=kept.get), min(kept, key=kept.get)
    said = f"{best}: {per_hundred(kept[best])} stay a year; {worst}: {per_hundred(kept[worst])}"
    chart = step_band_chart(
        curves,
        group="group",
        y_label="Still under contract",
        title=said,
        subtitle=f"By {group.replace('_', ' ')}; {_watched(spells, observation_days)}; bands: 95 %",
        alt=f"Falling curves over months of tenure by {group}. {said}.",
        source=_source(report),
    )
    return Section.of(chart)


def voluntary_share(spells: pd.DataFrame) -> tuple[float, float, float, int] | None:
    """Share of the watched ends that were by choice, its interval, and how many ends.

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


def _hazard(spells: pd.DataFrame, min_group: int) -> pd.DataFrame:
    rows = tenure_hazard(spells["exit_days"], spells["ended"], spells["entry_days"])
    rows = rows[rows["contract_months"] >= 12 * min_group]
    labels = [
        f"months {number(a)} to {number(b)}"
        for a, b in zip(rows["from_month"], rows["to_month"], strict=True)
    ]
    return pd.DataFrame(
        {"label": labels, "value": rows["hazard"], "low": rows["low"], "high": rows["high"]}
    )


def _gone_by_group(report: Report, rows: pd.DataFrame, group: str, min_group: int) -> Chart:
    found = rows.groupby(rows[group].astype(str))["churned"].agg(["size", "mean"])
    found = found[found["size"] >= min_group].sort_values("mean", ascending=False)
    top = found.index[0]
    return bar_chart(
        pd.DataFrame({"group": found.index, "share": found["mean"]}),
        form=percent,
        highlight=str(top),
        title=f"{top}: {per_hundred(found['mean'].iloc[0])} have left",
        subtitle=f"Share gone by {group.replace('_', ' ')}, {counted(len(rows), 'contract')}",
        alt=f"Bars by {group}: {top} {percent(found['mean'].iloc[0])}, "
        f"{found.index[-1]} {percent(found['mean'].iloc[-1])}.",
        source=f"{report.source.title}, a snapshot without dates",
    )


def _grouping(rows: pd.DataFrame, min_group: int) -> str:
    if "plan" not in rows:
        return ""
    counts = rows["plan"].value_counts()
    enough = counts[counts >= min_group]
    return "plan" if 2 <= len(enough) <= GROUPS_SHOWN + 1 else ""


def _watched(spells: pd.DataFrame, observation_days: int) -> str:
    ends, size = int(spells["ended"].sum()), counted(len(spells), "contract")
    return f"{size}, {counted(ends, 'end')} in {number(observation_days)} days"


def _source(report: Report) -> str:
    return f"{report.source.title}, contracts until {day(report.as_of)}"
