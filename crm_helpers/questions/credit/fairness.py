"""Fairness: decisions of the card + protected attributes -> approvals and errors by group."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.features.applications import applicants
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.models.credit.stand_ins import protected_groups
from crm_helpers.models.credit.study import KEY
from crm_helpers.page.numerals import counted, interval, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import Html, note, table
from crm_helpers.questions.credit.applications import source_of
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.questions.credit.group_rates import (
    MIN_GROUP,
    NO_GROUPS,
    applicant,
    approval_lines,
    declined_unlike,
    error_lines,
    groups_of_tested,
    impacts,
)
from crm_helpers.questions.credit.phrases import listed, said
from crm_helpers.tables.needs import Skip

MOST_LINES = 10
NEAR = 0.05  # a gap that chance makes more often is not worth a word


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
    min_group: int = MIN_GROUP,
) -> Section:
    """Approval rate by group, and the disparate impact of each protected attribute.

    Parameters
    ----------
    report : Report
    rated, groups : DataFrame, one row per application, in the same order
    cut_off : CreditCutOff
    min_group : int
        Smaller groups are not shown.

    Returns
    -------
    Section
        data : one row per group shown; columns group, n, value (share approved), low, high,
        protected, label; findings : disparate_impact, whose high is 1 or more where no gap
        can be told
    """
    approved, who = cut_off.approves(rated).rename("approved"), applicant(rated)
    lines = approval_lines(approved, groups, who, min_group=min_group)
    ratios = impacts(approved, groups, lines, who)
    worst = ratios.loc[ratios["ratio"].idxmin()]
    told = _told_first(ratios)
    beside = (
        f"Ratio lowest over highest: {_each(ratios)}, allowing for every pair of groups of "
        f"{counted(len(ratios), 'attribute')}. {_nearest(ratios)}Below 0.80 US "
        "authorities look closer, a habit and no law of statistics. The protected attributes "
        "enter no model; a difference can come from attributes that differ between groups, which "
        "the chart does not tell apart from unfair treatment."
    )
    chart = _approval_chart(report, lines.head(MOST_LINES), told, len(approved))
    level = claim_level(len(ratios))
    return section(_differs(told), chart, beside).finds(
        "disparate_impact",
        worst["ratio"],
        low=worst["low"],
        high=worst["high"],
        level=level,
        n=len(approved),
    )


def _each(ratios: pd.DataFrame) -> str:
    return "; ".join(
        f"{said(r.protected)} {number(r.ratio, 2)} ({number(r.low, 2)} to {number(r.high, 2)})"
        for r in ratios.itertuples()
    )


def _nearest(ratios: pd.DataFrame) -> str:
    """How near to a gap the attribute comes that chance explains least, where none is told."""
    least = ratios.loc[ratios["chance"].idxmin()]
    if ratios["is_unlike"].any() or least["chance"] > NEAR:
        return ""
    often = number(max(1, round(1000 * least["chance"])))
    return (
        f"Nearest to a gap is {said(least['protected'])}: chance alone sets its groups so far "
        f"apart in {often} of 1,000 trials. "
    )


def _told_first(ratios: pd.DataFrame) -> pd.Series | None:
    """Of the attributes that differ beyond chance the one farthest apart; a named pair first."""
    unlike = ratios[ratios["is_unlike"]].sort_values(
        ["names_a_pair", "ratio"], ascending=[False, True]
    )
    return unlike.iloc[0] if len(unlike) else None


def _differs(told: pd.Series | None) -> str:
    if told is None:
        return "No group is approved less often, as far as can be told"
    if not told["names_a_pair"]:
        return f"Approval differs by {said(told['protected'])}, which groups cannot be told"
    return (
        f"Approval differs by {said(told['protected'])}: {number(100 * told['ratio'])} approved "
        f"for every 100 of the group approved most ({told['lowest']} against {told['highest']})"
    )


def _approval_chart(
    report: Report, shown: pd.DataFrame, told: pd.Series | None, rows: int
) -> Chart:
    shares = shown["approved_share"]
    ends = f"{percent(shares.min())} to {percent(shares.max())}"
    title = f"Shares approved of {ends}, no gap beyond noise"
    if told is not None:
        ratio = number(told["ratio"], 2)
        title = f"Lowest over highest approval rate by {said(told['protected'])}: {ratio}"
    return interval_chart(
        shown.rename(columns={"approved_share": "value"}),
        form=percent,
        x_label="Approved by the card",
        title=title,
        subtitle=f"Share approved at the cut-off by group, {number(rows)} "
        "applications, intervals of each alone at 95 %",
        alt=f"Points with intervals for {len(shown)} groups, from {ends}.",
        source=source_of(report),
    )


@unless_absent
def error_gaps(
    proven: pd.DataFrame,
    cut_off: CreditCutOff,
    scored: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    min_group: int = MIN_GROUP,
) -> Section:
    """Errors by group, of tested credits.

    Parameters
    ----------
    proven : DataFrame, one row per tested application
    cut_off : CreditCutOff
    scored, groups : DataFrame, one row per application, in the same order
    min_group : int
        Smaller groups are not shown.

    Returns
    -------
    Section
        data : one row per group; columns label, protected, group, n, good_n, bad_n;
        good_declined, good_low, good_high, good (the interval in words), and the same of the bad
        ones approved: bad_approved, bad_low, bad_high, bad
    """
    declined = ~cut_off.approves(proven)
    own = groups_of_tested(proven, scored, groups)
    found = error_lines(~declined, proven, own, min_group=min_group)
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
    return section(
        _unlike(declined_unlike(declined, proven, own, found)), table(shown, columns), beside
    )


def _intervals(lines: pd.DataFrame, kind: str) -> list[str]:
    ends = lines[[f"{kind}_low", f"{kind}_high"]].itertuples(index=False)
    return [interval(low, high, percent) for low, high in ends]


def _unlike(names: list[str]) -> str:
    if names:
        return f"Good applicants are declined unlike by {listed(names)}"
    return "Good applicants are declined alike in all groups, as far as can be told"


def audit_note(protected: pd.DataFrame) -> Html:
    """Sentence on what the audit uses and models never see."""
    if protected.columns.empty:
        return note("The data hold no protected attribute.")
    return note(f"Used in this audit alone, never by a model: {listed(list(protected))}.")
