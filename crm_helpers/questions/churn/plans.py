"""Which plans last: tenures watched -> curves by plan, and which differ beyond chance."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.step_bands import step_band_chart
from crm_helpers.measures.survival.curve_pairs import clearest_pair, curve_pairs
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, watched
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.names import column_words, values_in_words
from crm_helpers.page.numerals import counted, interval, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import note
from crm_helpers.questions.churn.ages import (
    Ages,
    ages_of,
    contracts_source,
    too_few,
    watched_words,
)

GROUPS_SHOWN = 5


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
        data : one row per plan and day of tenure, columns group, time, share, low, high, at_risk
        and ends (contracts watched at that day, and ended on it);
        of a snapshot one row per plan, columns group, share
        Words alone where there are no plans to compare.
    """
    group = _grouping(ends.labelled if spells.empty else spells, min_group)
    if not group:
        words = "The contracts have no plan or other group of sufficient size to compare."
        return Section.of(note(words))
    if spells.empty:
        return Section.of(_gone_by_group(report, ends.labelled, group, min_group))
    lives = _lives(spells, group, min_group)
    curves = _stay_curves(lives, min_group)
    age = ages_of(curves)
    if not age.months or curves["group"].nunique() < 2:
        return Section.of(note(too_few(min_group)))
    pairs = curve_pairs(lives, time=age.read_at, start=age.start)
    said = _stay_words(pairs, age)
    chart = step_band_chart(
        curves,
        group="group",
        y_label="Still under contract",
        title=said,
        subtitle=f"By {column_words(group)}; {watched_words(spells, observation_days)}; "
        f"{age.shown(min_group)}; bands: 95 %",
        alt=f"Falling curves over months of tenure by {column_words(group)}. {said}.",
        source=contracts_source(report),
    )
    return Section.of(chart)


def _lives(spells: pd.DataFrame, group: str, min_group: int) -> pd.DataFrame:
    """Contracts of groups large enough, cut to the ages at which all of them were watched."""
    lives = pd.DataFrame(
        {
            "group": _in_words(spells[group]).where(spells[group].notna()),
            "exit_time": spells["exit_days"].astype(float),
            "ended": spells["ended"].astype(bool),
            "entry": spells["entry_days"].astype(float),
        }
    )
    sizes = lives["group"].value_counts()
    lives = lives[lives["group"].isin(sizes[sizes >= min_group].index)]
    starts = {
        name: watched(part["exit_time"], part["ended"], part["entry"], least=min_group).start
        for name, part in lives.groupby("group")
    }
    starts = pd.Series(starts, dtype=float).dropna()
    lives, start = lives[lives["group"].isin(starts.index)], starts.max()
    later = lives[lives["exit_time"] > start]
    return later.assign(entry=later["entry"].clip(lower=start))


def _stay_curves(lives: pd.DataFrame, min_group: int) -> pd.DataFrame:
    parts = [pd.DataFrame({"time": [], "group": []})] * lives.empty
    parts += [
        kaplan_meier(p["exit_time"], p["ended"], p["entry"], least=min_group).assign(group=name)
        for name, p in lives.groupby("group")
    ]
    return pd.concat(parts, ignore_index=True)


def _stay_words(pairs: pd.DataFrame, age: Ages) -> str:
    clear, of = clearest_pair(pairs), "" if age.start == 0 else f" of {age.contracts}"
    if clear is not None:
        more, fewer = per_hundred(clear["first_share"]), per_hundred(clear["second_share"])
        return f"{clear['first']}: {more}{of} stay {age.period}; {clear['second']}: {fewer}"
    low, high = pairs["second_share"].min() * 100, pairs["first_share"].max() * 100
    return (
        f"No difference between plans is shown: {interval(low, high)} of 100{of and of[3:]} "
        f"stay {age.period}"
    )


def _gone_by_group(report: Report, rows: pd.DataFrame, group: str, min_group: int) -> Chart:
    named = rows.assign(group=_in_words(rows[group]), ended=rows["churned"].astype(bool))
    found = named.groupby("group")["ended"].agg(["size", "mean"])
    found = found[found["size"] >= min_group].sort_values("mean", ascending=False)
    # All at one time: the curves of a single step.
    lives = named.loc[named["group"].isin(found.index), ["group", "ended"]]
    clear = clearest_pair(curve_pairs(lives.assign(exit_time=1.0, entry=0.0), time=1.0))
    left = [per_hundred(share) for share in (found["mean"].iloc[0], found["mean"].iloc[-1])]
    said = f"No difference between plans is shown: {left[-1]} to {left[0]} have left"
    if clear is not None:
        gone = [per_hundred(found["mean"][clear[name]]) for name in ("second", "first")]
        said = f"{clear['second']}: {gone[0]} have left; {clear['first']}: {gone[1]}"
    return bar_chart(
        pd.DataFrame({"group": found.index, "share": found["mean"]}),
        form=percent,
        highlight="" if clear is None else str(clear["second"]),
        title=said,
        subtitle=f"Share gone by {column_words(group)}, {counted(len(rows), 'contract')}",
        alt=f"Bars by {column_words(group)}: {found.index[0]} {percent(found['mean'].iloc[0])}, "
        f"{found.index[-1]} {percent(found['mean'].iloc[-1])}.",
        source=f"{report.source.title}, a snapshot without dates",
    )


def _in_words(values: pd.Series) -> pd.Series:
    return pd.Series(values_in_words(str(values.name), values), index=values.index)


def _grouping(rows: pd.DataFrame, min_group: int) -> str:
    if "plan" not in rows:
        return ""
    counts = rows["plan"].value_counts()
    enough = counts[counts >= min_group]
    return "plan" if 2 <= len(enough) <= GROUPS_SHOWN + 1 else ""
