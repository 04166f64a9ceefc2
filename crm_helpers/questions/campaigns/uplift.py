"""With whom a contact changes something: randomized contacts and profiles -> study, sections."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.effects import effect_chart
from crm_helpers.charts.uplift_tenths import uplift_tenths_chart
from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.effects.qini import Qini, qini_interval
from crm_helpers.measures.effects.uplift_tenths import uplift_tenths
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL, claim_level
from crm_helpers.models.uplift.harm import HarmStudy, harm_study
from crm_helpers.models.uplift.study import UpliftStudy, randomized, uplift_study
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer
from crm_helpers.questions.campaigns.effects import purpose_of, source_of
from crm_helpers.questions.campaigns.phrases import (
    group_in_words,
    group_names,
    points,
    spread_in_words,
)
from crm_helpers.tables.needs import Skip

TEN_GROUPS_FROM = 2000  # persons of the smaller arm
NONE_HARMED = "No group looks as if contacts put it off"


@unless_absent
def study(
    arms: pd.DataFrame,
    profiles: pd.DataFrame,
    *,
    protected_columns: list[str],
    exclude_columns: list[str] | tuple[str, ...] = (),
    response_days: int,
    seed: int,
) -> UpliftStudy:
    """Uplift learned on earlier campaigns, tested once on later ones.

    Parameters
    ----------
    arms : DataFrame, one row per person and campaign
    profiles : DataFrame, one row per person and campaign
        What was known of each person before the contact.
    protected_columns, exclude_columns : list of str
        Columns that no model may use.
    response_days : int
        Days after a contact in which a response counts.
    seed : int

    Returns
    -------
    UpliftStudy
        .test : one row per contact of the test part: campaign, person, outcome, is_treated,
        propensity, treated_rate, control_rate, uplift, effect_score, group
    """
    exclude = (*protected_columns, *exclude_columns)
    return uplift_study(arms, profiles, exclude=exclude, response_days=response_days, seed=seed)


@unless_absent
def harm(
    contacts: pd.DataFrame,
    arms: pd.DataFrame,
    profiles: pd.DataFrame,
    study: UpliftStudy,
    *,
    response_days: int,
    seed: int,
) -> HarmStudy | None:
    """Group that looked worst in earlier campaigns, tested in later ones; None where none does.

    Campaigns to customers who still buy help to find the group that retention leaves alone.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        Campaigns of all purposes.
    arms, profiles : DataFrame, one row per person and campaign
    study : UpliftStudy
        Its columns may describe the group.
    response_days, seed : int
        As for `study`.

    Returns
    -------
    HarmStudy or None
        .group, .inside and .outside (Effect), .share, .is_shown, .tested_on
    """
    purpose = purpose_of(arms)
    rows = [arms, *(_to_active_customers(contacts) if purpose == "retention" else [])]
    return harm_study(
        pd.concat(rows, ignore_index=True),
        profiles,
        study.columns,
        purpose=purpose,
        response_days=response_days,
        seed=seed,
    )


def _to_active_customers(contacts: pd.DataFrame) -> list[pd.DataFrame]:
    """Randomized campaigns to customers who still buy; none is no reason to stop."""
    try:
        return [randomized(contacts, purpose="cross_sell")]
    except Skip:
        return []


@unless_absent
def qini(study: UpliftStudy, *, bootstraps: int, seed: int) -> Qini:
    """Qini coefficient on the persons held out: 0 is chance, 1 would be perfect.

    Parameters
    ----------
    study : UpliftStudy
    bootstraps : int
        Resamples behind the interval.
    seed : int

    Returns
    -------
    Qini
        value, low, high, finds_something
    """
    test = study.test
    return qini_interval(
        test["outcome"],
        test["is_treated"],
        test["uplift"],
        campaign=test["campaign"],
        person=test["person"],
        draws=bootstraps,
        seed=seed,
    )


@unless_absent
def groups(
    report: Report, arms: pd.DataFrame, study: UpliftStudy, *, needed: float | None = None
) -> Section:
    """Groups in which the contact does different things, measured on persons held out.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
    study : UpliftStudy
    needed : float, optional
        Rise at which a contact pays for itself, from `policy.needed_rise`; a line is drawn there.

    Returns
    -------
    Section
        data : one row per group of the tree, largest change first: group, difference, low, high
    """
    named = group_names(study, study.test["group"])
    level = claim_level(named.nunique())
    effects = group_effects(study.test, named, interval_level=level)
    if effects.empty:
        raise Skip("No group of the persons held out has both arms within a campaign.")
    shown = effects.sort_values("difference", ascending=False)
    most, least = points(shown["difference"].max()), points(shown["difference"].min())
    chart = effect_chart(
        shown[["group", "difference", "low", "high"]],
        title=f"Measured: {least} to {most} per 100 persons, by group",
        subtitle=f"Response rate contacted less not contacted; {number(len(study.test))} "
        f"contacts that the groups were not made from; intervals at {percent(level)}",
        alt=f"Dots with intervals for {len(shown)} groups, from {most} to {least} per 100.",
        source=source_of(report, arms),
        needed=needed,
    )
    sizes = ", ".join(f"{percent(row.share)}" for row in shown.itertuples())
    beside = f"Shares of the groups among all contacted, from the top: {sizes}."
    return section(_most_changed(shown.iloc[0]), chart, beside)


def _most_changed(best: pd.Series) -> str:
    if best["low"] > 0:
        return f"Most is changed with: {best['group']} ({points(best['difference'])} per 100)"
    return "No group is shown in which a contact changes anything"


@unless_absent
def left_alone(report: Report, arms: pd.DataFrame, harm: HarmStudy | None) -> Section:
    """The group that contacts seem to harm, tested where it was not looked for.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
    harm : HarmStudy or None
        From `harm`.

    Returns
    -------
    Section
        data : the group and all others: group, difference, low, high;
        findings : left_alone_effect. Words alone where no group looks harmed
    """
    if harm is None:
        return Section.of(answer(NONE_HARMED))
    inside, name = harm.inside, group_in_words(harm.group)
    says = f"It is not shown that contacts put anybody off, {name} included"
    if harm.is_shown:
        says = f"Better left alone: {name}, {percent(harm.share)} of those contacted"
    beside = (
        "The group was the worst of all pairs of attributes in earlier campaigns, and was "
        f"then tested once, on {harm.tested_on}. It is not on the list when harm is shown."
    )
    told = section(says, _harm_chart(harm, source_of(report, arms)), beside)
    found = {"low": inside.low, "high": inside.high, "level": CLAIM_LEVEL}
    return told.finds("left_alone_effect", inside.difference, "share", **found)


def _harm_chart(harm: HarmStudy, source: str) -> Chart:
    inside, name = harm.inside, group_in_words(harm.group)
    lines = [(name, inside), ("all others", harm.outside)]
    rows = [(label, effect.difference, effect.low, effect.high) for label, effect in lines]
    return effect_chart(
        pd.DataFrame(rows, columns=["group", "difference", "low", "high"]),
        title=f"{points(inside.difference)} per 100 in the group, "
        f"{points(harm.outside.difference)} among all others",
        strong=name,
        subtitle="Response rate contacted less not contacted, intervals at "
        f"{percent(CLAIM_LEVEL)}; "
        f"{number(inside.treated_count)} contacted and {number(inside.control_count)} control "
        "persons in the group",
        alt=f"Two dots with intervals: {name} {points(inside.difference)} per 100 persons, all "
        f"others {points(harm.outside.difference)}.",
        source=source,
    )


@unless_absent
def tenths(report: Report, arms: pd.DataFrame, study: UpliftStudy) -> Section:
    """Predicted beside measured uplift, from the best group to the last.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
    study : UpliftStudy

    Returns
    -------
    Section
        data : one row per tenth of the score, or fifth where there are few: tenth, predicted,
        difference, low, high, treated_count, control_count
    """
    test = study.test
    treated = int(test["is_treated"].sum())
    many = min(treated, len(test) - treated) > TEN_GROUPS_FROM
    parts = uplift_tenths(
        test["outcome"],
        test["is_treated"],
        test["uplift"],
        campaign=test["campaign"],
        groups=10 if many else 5,
        interval_level=CLAIM_LEVEL,
    )
    if len(parts) < 2:
        raise Skip("The model predicts the same change for everybody.")
    chart = _tenths_chart(parts, source_of(report, arms))
    return section(_best_and_last(parts), chart, spread_in_words(study.tested))


def _best_and_last(parts: pd.DataFrame) -> str:
    best, last = parts.iloc[0], parts.iloc[-1]
    change = f"{points(best['difference'])} per 100 persons"
    ends = f"{points(last['difference'])} in the last"
    if best["low"] > 0:
        return f"In the best of {len(parts)} groups a contact changed {change}; {ends}"
    return (
        f"In the best of {len(parts)} groups a contact is not shown to change anything "
        f"({change}; {ends})"
    )


def _tenths_chart(parts: pd.DataFrame, source: str) -> Chart:
    first, last = parts["difference"].iloc[0], parts["difference"].iloc[-1]
    steady = parts["difference"].is_monotonic_decreasing
    falls = "falls" if steady else "does not fall"
    contacted, control = (
        f"{number(parts[column].min())} to {number(parts[column].max())}"
        for column in ("treated_count", "control_count")
    )
    return uplift_tenths_chart(
        parts,
        title=f"Measured change {falls} from group to group",
        subtitle=f"Change of the response rate, persons held out; {contacted} contacted and "
        f"{control} control persons a group; intervals at {percent(CLAIM_LEVEL)}",
        alt=f"Bars of measured change by predicted group, {points(first)} per "
        f"100 in the first and {points(last)} in the last; diamonds: predicted.",
        source=source,
    )
