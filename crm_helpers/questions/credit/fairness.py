"""Fairness: decisions of the card + protected attributes -> approvals and errors by group."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.features.applications import applicants
from crm_helpers.measures.credit.group_approval import (
    disparate_impact,
    disparate_impact_interval,
    group_approval,
    group_errors,
)
from crm_helpers.models.credit.stand_ins import protected_groups
from crm_helpers.models.credit.study import KEY
from crm_helpers.page.names import value_words
from crm_helpers.page.numerals import interval, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import Html, note, table
from crm_helpers.questions.credit.applications import source_of
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.questions.credit.phrases import listed, said
from crm_helpers.tables.needs import Skip

MOST_LINES, MIN_GROUP = 10, 30
NO_GROUPS = "No protected attribute has two groups of a size that may be shown."


def protected_of(
    report: Report, scored: pd.DataFrame, *, protected_columns: list[str]
) -> pd.DataFrame:
    """Protected attributes of each application, for the audit alone.

    Parameters
    ----------
    report : Report
    scored : DataFrame, one row per application
    protected_columns : list of str
        Attributes of the application, or else of its customer.

    Returns
    -------
    DataFrame, one row per application, in its order
        One column per protected attribute that the data hold, such as gender and birth_year.
    """
    found = {name: scored[name] for name in protected_columns if name in scored}
    if "customers" in report.tables and "customer_id" in scored:
        people = report.features(applicants).set_index(KEY)
        more = [name for name in protected_columns if name in people and name not in found]
        found |= {name: people[name].reindex(scored[KEY]).to_numpy() for name in more}
    return pd.DataFrame(found, index=scored.index)


@unless_absent
def groups_of(protected: pd.DataFrame) -> pd.DataFrame:
    """Groups of each protected attribute: words as they are, numbers in thirds.

    Parameters
    ----------
    protected : DataFrame, one row per application

    Returns
    -------
    DataFrame of str, one row per application
        One column per protected attribute, such as gender and birth_year.
    """
    if protected.empty or protected.isna().all().all():
        raise Skip(
            "No protected attribute is in the data, so nobody can check who is treated how. "
            "Name them in protected_columns."
        )
    return protected.apply(protected_groups)


@unless_absent
def approval_gaps(
    report: Report,
    rated: pd.DataFrame,
    groups: pd.DataFrame,
    cut_off: CreditCutOff,
    *,
    bootstraps: int,
    seed: int,
) -> Section:
    """Approval rate by group, and the disparate impact of each protected attribute.

    Parameters
    ----------
    report : Report
    rated, groups : DataFrame, one row per application, in the same order
    cut_off : CreditCutOff
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    Section
        data : one row per group shown; columns group, n, value (share approved), low, high,
        protected, label; findings : disparate_impact
    """
    approved = cut_off.approves(rated).rename("approved")
    lines = approval_lines(approved, groups)
    ratios = impacts(approved, groups, lines, bootstraps=bootstraps, seed=seed)
    worst = ratios.loc[ratios["ratio"].idxmin()]
    each = "; ".join(
        f"{said(r.protected)} {number(r.ratio, 2)} ({number(r.low, 2)} to {number(r.high, 2)})"
        for r in ratios.itertuples()
    )
    beside = (
        f"Ratio lowest over highest: {each}. Below 0.80 US authorities look closer, a habit "
        "and no law of statistics. The protected attributes enter no model; a difference can "
        "come from attributes that differ between groups, which the chart does not tell apart "
        "from unfair treatment."
    )
    chart = _approval_chart(report, lines.head(MOST_LINES), worst, len(approved))
    return section(_differs(worst), chart, beside).finds(
        "disparate_impact", worst["ratio"], low=worst["low"], high=worst["high"], n=len(approved)
    )


def approval_lines(approved: pd.Series, groups: pd.DataFrame) -> pd.DataFrame:
    """Approval rate of each group of each protected attribute.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : DataFrame of str, one row per application, in the same order

    Returns
    -------
    DataFrame, one row per group of 30 or more
        group, protected, label : str; n : int; approved_share, low, high : float in [0, 1]
    """
    parts = [
        group_approval(approved, groups[name], fewest=MIN_GROUP).assign(protected=name)
        for name in groups
    ]
    return _labelled(pd.concat(parts, ignore_index=True))


def impacts(
    approved: pd.Series, groups: pd.DataFrame, lines: pd.DataFrame, *, bootstraps: int, seed: int
) -> pd.DataFrame:
    """Disparate impact of each protected attribute with two groups or more.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : DataFrame of str, one row per application, in the same order
    lines : DataFrame, one row per group
        As `approval_lines` gives it.
    bootstraps, seed : int

    Returns
    -------
    DataFrame, one row per protected attribute
        protected : str; ratio : float in [0, 1]; low, high : float

    Raises
    ------
    Skip
        If none has two groups of a size that may be shown, or nobody is approved.
    """
    found = []
    for name, part in lines.groupby("protected", sort=False):
        if len(part) < 2 or not approved.any():
            continue
        of = groups[name].isin(part["group"])
        given, own = approved[of], groups.loc[of, name].astype(str)
        inside = disparate_impact_interval(given, own, draws=bootstraps, seed=seed)
        found.append((name, disparate_impact(given, own), *inside))
    if not found:
        raise Skip(NO_GROUPS)
    return pd.DataFrame(found, columns=["protected", "ratio", "low", "high"])


def _differs(worst: pd.Series) -> str:
    ratio = f"{number(100 * worst['ratio'])} approved for every 100 of the group approved most"
    wide = worst["low"] <= 1 <= worst["high"]
    return (
        f"Approval differs most by {said(worst['protected'])}: {'within noise' if wide else ratio}"
    )


def _approval_chart(report: Report, shown: pd.DataFrame, worst: pd.Series, rows: int) -> Chart:
    shares = shown["approved_share"]
    return interval_chart(
        shown.rename(columns={"approved_share": "value"}),
        form=percent,
        x_label="Approved by the card",
        title=f"Lowest over highest approval rate by {said(worst['protected'])}: "
        f"{number(worst['ratio'], 2)}",
        subtitle=f"Share approved at the cut-off by group, {number(rows)} "
        "applications, intervals at 95 %",
        alt=f"Points with intervals for {len(shown)} groups, from "
        f"{percent(shares.min())} to {percent(shares.max())}.",
        source=source_of(report),
    )


@unless_absent
def error_gaps(
    proven: pd.DataFrame, cut_off: CreditCutOff, scored: pd.DataFrame, groups: pd.DataFrame
) -> Section:
    """Errors by group, of tested credits.

    Parameters
    ----------
    proven : DataFrame, one row per tested application
    cut_off : CreditCutOff
    scored, groups : DataFrame, one row per application, in the same order

    Returns
    -------
    Section
        data : one row per group; columns label, protected, group, n, good_n, bad_n;
        good_declined, good_low, good_high, good (the interval in words), and the same of the bad
        ones approved: bad_approved, bad_low, bad_high, bad
    """
    found = error_lines(cut_off.approves(proven), proven, scored, groups)
    if found.empty:
        raise Skip(NO_GROUPS)
    good, bad = _intervals(found, "good"), _intervals(found, "bad")
    shown = found.assign(good=good, bad=bad).head(MOST_LINES)
    columns = {
        "label": "Group",
        "n": ("Tested credits", number),
        "good_declined": ("Good ones declined", percent),
        "good": "Interval",
        "bad_approved": ("Bad ones approved", percent),
        "bad": "Interval ",
    }
    beside = (
        "At the cut-off, intervals at 95 %. Only credits that were approved have outcomes, so "
        "errors among the declined cannot be seen here."
    )
    return section(_unlike(shown), table(shown, columns), beside)


def error_lines(
    approved: pd.Series, proven: pd.DataFrame, scored: pd.DataFrame, groups: pd.DataFrame
) -> pd.DataFrame:
    """Errors of each group of each protected attribute, of tested credits.

    Parameters
    ----------
    approved : Series of bool, shape (n_tested,)
    proven : DataFrame, one row per tested application, in the same order
    scored, groups : DataFrame, one row per application, in the same order

    Returns
    -------
    DataFrame, one row per group of 30 or more
        group, protected, label : str; n, good_n, bad_n : int; good_declined, good_low,
        good_high, bad_approved, bad_low, bad_high : float in [0, 1]
    """
    place = pd.Series(scored.index, index=scored[KEY]).loc[proven[KEY]]
    parts = [
        group_errors(
            approved, proven["defaulted"], of.reset_index(drop=True), fewest=MIN_GROUP
        ).assign(protected=name)
        for name, of in groups.loc[place].items()
    ]
    return _labelled(pd.concat(parts, ignore_index=True))


def _intervals(lines: pd.DataFrame, kind: str) -> list[str]:
    ends = lines[[f"{kind}_low", f"{kind}_high"]].itertuples(index=False)
    return [interval(low, high, percent) for low, high in ends]


def _unlike(shown: pd.DataFrame) -> str:
    first = shown.groupby("protected")["good_declined"].agg(np.ptp).idxmax()
    part = shown[shown["protected"] == first]
    if part["good_low"].max() > part["good_high"].min():
        return f"Good applicants are declined unlike by {said(first)}"
    return "Good applicants are declined alike in all groups, as far as can be told"


def audit_note(protected: pd.DataFrame) -> Html:
    """Sentence on what the audit uses and models never see."""
    if protected.columns.empty:
        return note("The data hold no protected attribute.")
    return note(f"Used in this audit alone, never by a model: {listed(list(protected))}.")


def _labelled(lines: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(lines["protected"], lines["group"], strict=True)
    return lines.assign(label=[f"{said(name)} {value_words(name, group)}" for name, group in pairs])
