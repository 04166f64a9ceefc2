"""Decisions of the past: applications -> vintages of approvals, overrides, the declined."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.charts.vintage import MOST, vintage_chart
from crm_helpers.measures.credit.vintage_curves import tells_ages, vintage_curves
from crm_helpers.measures.effects.score_interval import score_interval
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.rate_table import rate_table
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.page.numerals import counted, interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.credit.applications import source_of
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.tables.needs import Skip

APPROVED = "approved"
FEWEST, FEWEST_OF_QUARTER, QUARTERS = 10, 30, 8
KINDS = {
    "declined": "declined",
    "known": "approved, outcome known",
    "running": "approved, not known yet",
}


@unless_absent
def vintages(report: Report, known: pd.DataFrame, *, outcome_days: int) -> Section:
    """Defaults by quarter of approval, and by age of the account where the source tells it.

    Parameters
    ----------
    report : Report
    known : DataFrame, one row per application with a known outcome
    outcome_days : int
        Age to which the credits have been watched.

    Returns
    -------
    Section
        data : one row per quarter and month of age; columns vintage, age_months, n,
        defaulted_share; or, without ages, one row per quarter; columns label, value, low, high
    """
    if "approved_quarter" not in known:
        raise Skip("The applications have no days of decision, so there are no vintages.")
    rows = known.dropna(subset=["approved_quarter"])
    if tells_ages(rows["default_days"]):
        return _by_age(report, rows, outcome_days)
    return _by_quarter(report, rows)


def _by_age(report: Report, rows: pd.DataFrame, outcome_days: int) -> Section:
    curves = vintage_curves(rows["approved_quarter"], rows["default_days"], until_days=outcome_days)
    if curves.empty:
        raise Skip("No quarter of approval holds 30 credits with known outcomes.")
    names = sorted(curves["vintage"].unique())[-MOST:]
    shown = curves[curves["vintage"].isin(names)]
    ends = shown.groupby("vintage")["defaulted_share"].last()
    says = (
        f"Of the approvals of {names[-1]} {percent(ends.iloc[-1])} went bad, of those of "
        f"{names[0]} {percent(ends.iloc[0])}"
    )
    chart = vintage_chart(
        shown,
        title=f"{names[-1]} ends at {percent(ends.iloc[-1])}",
        subtitle=f"Share defaulted by age of the account and quarter of approval, "
        f"{number(shown.groupby('vintage')['n'].first().sum())} credits",
        alt=f"Lines for {len(names)} quarters over months since approval, from "
        f"{percent(ends.min())} to {percent(ends.max())} at the end.",
        source=source_of(report),
    )
    return section(says, chart, "Quarters with fewer than 30 known outcomes are not shown.")


def _by_quarter(report: Report, rows: pd.DataFrame) -> Section:
    bad = rows.assign(bad=rows["defaulted"].astype(int))
    rates = rate_table(bad, ["approved_quarter"], "bad")
    rates = rates[rates["count"] >= FEWEST_OF_QUARTER].sort_values("group").tail(QUARTERS)
    if rates.empty:
        raise Skip("Fewer than two quarters of approval hold 30 credits with known outcomes.")
    bad, known = (rates["rate"] * rates["count"]).round(), rates["count"]
    worse = _goes_bad_more((bad.iloc[-1], known.iloc[-1]), (bad[:-1].sum(), known[:-1].sum()))
    says = f"Newer credits go bad {'more' if worse else 'no more'} often than older ones"
    beside = (
        "The source says of every credit on one and the same day of its life whether it "
        "defaulted, so there is no curve by age, only its end. The last quarter shown may "
        "still lack credits whose outcome is not known."
    )
    return section(says, _quarter_chart(report, rates), beside)


def _quarter_chart(report: Report, rates: pd.DataFrame) -> Chart:
    labels, last = rates["group"] + " (n " + rates["count"].map(number) + ")", rates.iloc[-1]
    lines = rates.assign(label=labels).rename(columns={"rate": "value"})
    return interval_chart(
        lines[["label", "value", "low", "high"]],
        form=percent,
        x_label="Share that defaulted",
        title=f"{percent(last['rate'])} of the approvals of {last['group']} went bad",
        subtitle=f"Defaults by quarter of approval, {number(rates['count'].sum())} credits "
        "with known outcomes, intervals at 95 %",
        alt=f"Points with intervals for {len(rates)} quarters of approval, "
        f"{interval(rates['rate'].min(), rates['rate'].max(), percent)}.",
        source=source_of(report),
    )


@unless_absent
def decisions(scored: pd.DataFrame) -> pd.DataFrame:
    """Decisions by who took them, with what became of them.

    Parameters
    ----------
    scored : DataFrame, one row per application

    Returns
    -------
    DataFrame, one row per decider and decision, the most frequent first
        who, decision : str; n, known : int; event_rate, chance : float in [0, 1];
        bad : float, defaults; low : float, end of the interval; inside : str, the interval
    """
    if not {"decision", "decided_by"} <= set(scored.columns):
        raise Skip("The source does not say who decided (decided_by), so overrides are hidden.")
    rows = scored.dropna(subset=["decision", "decided_by"])
    if rows["decided_by"].nunique() < 2:
        raise Skip("All decisions were taken by one and the same, so there are no overrides.")
    known = rows["state"] == "known"
    bad = rows["defaulted"].where(known).astype(float)
    found = (
        rows.assign(known=known, bad=bad)
        .groupby(["decided_by", "decision"])
        .agg(
            n=("bad", "size"),
            known=("known", "sum"),
            event_rate=("bad", "mean"),
            chance=("chance", "mean"),
            bad=("bad", "sum"),
        )
    )
    found = found[found["n"] >= FEWEST].reset_index().rename(columns={"decided_by": "who"})
    ends = [_inside(r.bad, r.known) for r in found.itertuples()]
    found["low"], found["inside"] = [low for low, _ in ends], [said for _, said in ends]
    return found.sort_values("n", ascending=False, kind="stable").reset_index(drop=True)


@unless_absent
def overrides(decisions: pd.DataFrame) -> Section:
    """Whether decisions against the policy hurt; who decides most is read as the policy.

    Parameters
    ----------
    decisions : DataFrame, one row per decider and decision

    Returns
    -------
    Section
        data : one row per decider and decision; columns who, decision, n, known, bad, event_rate,
        low, inside (the interval in words), chance
    """
    usual = decisions["n"].idxmax()
    others = decisions.drop(index=usual)
    columns = {
        "who": "Decided by",
        "decision": "Decision",
        "n": ("Applications", number),
        "known": ("Outcome known", number),
        "event_rate": ("Went bad", percent),
        "inside": "Interval",
        "chance": ("Expected by the card", percent),
    }
    beside = (
        "Who decides most is read as the policy, the others as overrides. Intervals at 95 %. "
        "Good applicants whom an override declined have no outcome: what they would have "
        "brought can only be estimated by the card."
    )
    says = _hurting(others, _usual(decisions, decisions["who"][usual]))
    return section(says, table(decisions, columns), beside)


def _hurting(others: pd.DataFrame, usual: pd.Series | None) -> str:
    given = others[(others["decision"] == APPROVED) & (others["known"] > 0)]
    if given.empty or usual is None:
        n = int(others["n"].sum())
        return f"{counted(n, 'decision')} overrode the policy; whether it hurt cannot be told yet"
    most = given.iloc[0]
    hurts = _goes_bad_more((most["bad"], most["known"]), (usual["bad"], usual["known"]))
    return (
        f"Of the approvals against the policy {percent(most['event_rate'])} went bad, of "
        f"the others {percent(usual['event_rate'])}{': they hurt' if hurts else ''}"
    )


def _goes_bad_more(these: tuple[float, float], others: tuple[float, float]) -> bool:
    """Whether the first go bad more often, beyond chance; defaults and all known of either."""
    return others[1] > 0 and score_interval(*these, *others, interval_level=claim_level())[0] > 0


def _usual(decisions: pd.DataFrame, who: str) -> pd.Series | None:
    part = decisions[(decisions["who"] == who) & (decisions["decision"] == APPROVED)]
    return part.iloc[0] if len(part) else None


@unless_absent
def turned_down(scored: pd.DataFrame) -> pd.DataFrame:
    """Declined applications; absent where the source holds none.

    Parameters
    ----------
    scored : DataFrame, one row per application

    Returns
    -------
    DataFrame, one row per declined application
        The columns of `scored`:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
        points, chance, credit_class
    """
    declined = scored[scored["state"] == "declined"]
    if declined.empty:
        raise Skip(
            "The source holds no declined application, so nothing can be said of them. If some "
            "were declined, the card knows only those who got through."
        )
    return declined


@unless_absent
def declined(turned_down: pd.DataFrame, scored: pd.DataFrame, cut_off: CreditCutOff) -> Section:
    """What the card says of the declined, and why nobody can know.

    Parameters
    ----------
    turned_down, scored : DataFrame, one row per application
        Declined ones; all.
    cut_off : CreditCutOff

    Returns
    -------
    Section
        data : one row per kind (declined, outcome known, not known yet); columns kind, n,
        chance, bad, above (share above the cut-off)
    """
    share = len(turned_down) / max(int((scored["state"] != "open").sum()), 1)
    would = float(cut_off.approves(turned_down).mean())
    lines = [_kind(scored, state, cut_off) for state in KINDS]
    columns = {
        "kind": "Applications",
        "n": ("Count", number),
        "chance": ("Default chance by the card", percent),
        "bad": ("Went bad", percent),
        "above": ("Above the cut-off", percent),
    }
    beside = (
        f"The card was learned from the approved alone. Among the declined it would approve "
        f"{percent(would)}, but the old policy may have seen what the card does not, so its "
        "chances for them are probably too low (selection bias). No outcomes were made up for "
        "them. To know, approve a small random share of those just under the cut-off, on small "
        "amounts, and watch them."
    )
    says = f"{per_hundred(share, 'decided applications')} were declined; nobody saw what they do"
    return section(says, table(pd.DataFrame(lines), columns), beside)


def _kind(scored: pd.DataFrame, state: str, cut_off: CreditCutOff) -> dict[str, object]:
    part = scored[scored["state"] == state]
    bad = float(part["defaulted"].astype(float).mean()) if state == "known" else float("nan")
    return {
        "kind": KINDS[state],
        "n": len(part),
        "chance": float(part["chance"].mean()),
        "bad": bad,
        "above": float(cut_off.approves(part).mean()),
    }


def _inside(bad: float, known: int) -> tuple[float, str]:
    if not known:
        return float("nan"), "no outcome"
    low, high = share_interval(int(bad), int(known))
    return low, interval(low, high, percent)
