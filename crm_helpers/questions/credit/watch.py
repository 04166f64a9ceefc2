"""The card watched over time: quarters of applications -> separation, shifts, moved classes."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.forecasts.score_by_period import score_by_period, tells_last
from crm_helpers.measures.statistics.column_psi import column_psi
from crm_helpers.measures.value.segment_moves import segment_moves
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import BEFORE, KEY, CreditStudy
from crm_helpers.page.numerals import capital, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.credit.applications import Predictors, is_dated, source_of
from crm_helpers.questions.credit.classes import by_points, mix
from crm_helpers.questions.credit.phrases import PSI_HABIT, listed, said
from crm_helpers.tables.needs import Skip

FEWEST, QUARTERS, MOST_ATTRIBUTES = 100, 8, 10
LOOK, SHIFTED = 0.10, 0.25
NO_DATES = "The applications have no dates, so nothing can be watched over time."


@dataclass(frozen=True, repr=False)
class Periods:
    """Applications of three times.

    Attributes
    ----------
    then : DataFrame, one row per application of the quarters the card was made from
    before : DataFrame, one row per application of the quarter before the last
    now : DataFrame, one row per application of the last quarter
    """

    then: pd.DataFrame
    before: pd.DataFrame
    now: pd.DataFrame

    def __repr__(self) -> str:
        """Last quarter and counts, in one line."""
        return (
            f"Periods: {len(self.now):,} applications of {self.quarter}, {len(self.before):,} of "
            f"the quarter before, {len(self.then):,} of those the card was made from"
        )

    @property
    def quarter(self) -> str:
        """Name of the last quarter."""
        return self.now["quarter"].iloc[0]


@unless_absent
def quarters(report: Report, study: CreditStudy, *, bootstraps: int) -> pd.DataFrame:
    """Gini and KS of the card by quarter of application.

    Parameters
    ----------
    report : Report
    study : CreditStudy
    bootstraps : int
        Resamples behind an interval.

    Returns
    -------
    DataFrame, one row per quarter with 20 of either kind, the earliest first
        period : str; n, events : int; gini, low, high : float in [-1, 1]; ks : float in [0, 1]
    """
    if not is_dated(report):
        raise Skip(NO_DATES)
    rows = pd.concat([study.learned, study.once], ignore_index=True).drop_duplicates(KEY)
    rows = rows.assign(customer=rows["customer"].astype(str))
    names = {"outcome": "defaulted", "score": CARD, "period": "quarter"}
    found = score_by_period(rows, **names, draws=bootstraps).tail(QUARTERS)
    if found.empty:
        raise Skip("No quarter holds 20 defaults and 20 repaid credits.")
    return found


@unless_absent
def over_time(report: Report, quarters: pd.DataFrame) -> Section:
    """Whether the card still tells good from bad, quarter by quarter.

    Parameters
    ----------
    report : Report
    quarters : DataFrame, one row per quarter

    Returns
    -------
    Section
        data : one row per quarter; columns label, value (Gini), low, high
    """
    ks_words = ", ".join(f"{r.period} {number(r.ks, 2)}" for r in quarters.itertuples())
    beside = (
        f"KS: {ks_words}. Quarters that the card learned from are scored by cards that had not "
        "seen them. What Gini or KS is good enough no rule can say: bands such as 'above 0.4' "
        "are a habit of the trade. Quarters with fewer than 20 defaults are not shown."
    )
    says = "In the last quarter the card does not tell good from bad beyond chance"
    if tells_last(quarters):
        says = "The card still tells good from bad"
    return section(says, _gini_chart(report, quarters), beside)


def _gini_chart(report: Report, quarters: pd.DataFrame) -> Chart:
    first, last = quarters.iloc[0], quarters.iloc[-1]
    labels = [f"{r.period} (n {r.n:,})" for r in quarters.itertuples()]
    lines = quarters.assign(label=labels).rename(columns={"gini": "value"})
    holds = last["low"] <= float(quarters["gini"].iloc[:-1].mean()) <= last["high"]
    return interval_chart(
        lines[["label", "value", "low", "high"]],
        form=lambda x: number(x, 2),
        x_label="Gini of the card",
        reference=0.0,
        title=f"Gini {number(last.gini, 2)} in {last.period}"
        + (", no other than before" if holds and len(quarters) > 1 else ""),
        subtitle="Gini of the card by quarter of application, intervals at 95 %; 0 is "
        "chance, 1 perfect",
        alt=f"Points with intervals for {len(quarters)} quarters, "
        f"{number(first.gini, 2)} in {first.period}, "
        f"{number(last.gini, 2)} in {last.period}.",
        source=source_of(report),
    )


@unless_absent
def periods(scored: pd.DataFrame) -> Periods:
    """Applications of the quarters the card was made from, of the last one and the one before.

    Parameters
    ----------
    scored : DataFrame, one row per application

    Returns
    -------
    Periods
        then, before, now : DataFrame with the columns of `scored`; absent where applications
        have no dates, or there are fewer than 100 then or now.
    """
    if "role" not in scored:
        raise Skip(NO_DATES)
    quarter, last = scored["quarter"], scored["quarter"].max()
    made = quarter[scored["role"].isin([*BEFORE, "test", "late"])].unique()
    then, now = scored[quarter.isin(made) & (quarter != last)], scored[quarter == last]
    if min(len(then), len(now)) < FEWEST:
        raise Skip(
            f"{len(then):,} applications then and {len(now):,} in the last quarter; "
            f"{FEWEST} of each are needed to see a shift."
        )
    return Periods(then, scored[quarter == quarter[quarter != last].max()], now)


@unless_absent
def psi(periods: Periods, predictors: Predictors) -> pd.Series:
    """Stability index of each attribute, last quarter against those the card was made from.

    Parameters
    ----------
    periods : Periods
    predictors : Predictors

    Returns
    -------
    Series of float, indexed by attribute, the largest shift first
    """
    return column_psi(periods.then[predictors.attributes], periods.now[predictors.attributes])


@unless_absent
def shifts(periods: Periods, psi: pd.Series, study: CreditStudy) -> Section:
    """Stability index of the score and of each attribute.

    Parameters
    ----------
    periods : Periods
    psi : Series of float, indexed by attribute
    study : CreditStudy

    Returns
    -------
    Section
        data : one row for the score, then one per attribute, at most ten; columns attribute,
        psi, place (on the card or not), verdict; findings : psi_score
    """
    on_card = {bins.name for bins in study.card.bins}
    points = [part[["points"]].astype(float) for part in (periods.then, periods.now)]
    score = float(column_psi(*points).iloc[0])
    columns = {
        "attribute": "What",
        "psi": ("PSI", lambda x: number(x, 3)),
        "place": "",
        "verdict": "Verdict",
    }
    beside = (
        f"{number(len(periods.now))} applications of {periods.quarter} against "
        f"{number(len(periods.then))} of the quarters the card was made from, declined ones "
        f"included, in tenths. Bands: {PSI_HABIT}. The table does not say why something shifted: "
        "a changed form looks like changed people."
    )
    shown = table(_psi_rows(score, psi, on_card), columns)
    return section(_shifted(psi, on_card), shown, beside).finds(
        "psi_score", score, "PSI", n=len(periods.now)
    )


def _shifted(psi: pd.Series, on_card: set[str]) -> str:
    moved = psi.index[psi > SHIFTED].tolist()
    if not moved:
        return "Applicants are like those the card was made from"
    if on_card & set(moved):
        return f"{capital(listed(moved))} shifted: do not score by it before the reason is known"
    return (
        f"{capital(listed(moved))} shifted, which the card does not ask for: the score stays sound"
    )


def _psi_rows(score: float, psi: pd.Series, on_card: set[str]) -> pd.DataFrame:
    shown = psi.head(MOST_ATTRIBUTES)
    lines = [("score of the card", score, "", _verdict(score))]
    lines += [
        (said(name), one, "on the card" if name in on_card else "", _verdict(one))
        for name, one in shown.items()
    ]
    return pd.DataFrame(lines, columns=["attribute", "psi", "place", "verdict"])


def _verdict(psi: float) -> str:
    if psi > SHIFTED:
        return "shifted"
    return "look" if psi >= LOOK else "calm"


@unless_absent
def moves(
    rated: pd.DataFrame, periods: Periods, study: CreditStudy, per_class: pd.DataFrame
) -> Section:
    """Class mix of two quarters by one card, and what a card without the test would say.

    Parameters
    ----------
    rated : DataFrame, one row per application
    periods : Periods
    study : CreditStudy
    per_class : DataFrame, one row per class

    Returns
    -------
    Section
        data : one row per class; columns credit_class, then, now, stayed, all shares
    """
    before, now = periods.before, periods.now
    if len(before) < FEWEST:
        raise Skip(f"{len(before):,} applications in the quarter before; {FEWEST} are needed.")
    names = per_class.index
    stayed, same = _stayed(now, study, per_class)
    shown = pd.DataFrame({"credit_class": names})
    shown = shown.assign(then=mix(before, names), now=mix(now, names), stayed=stayed.to_numpy())
    says = (
        f"Class {names[0]} holds {percent(shown['now'].iloc[0])} of the applications, a quarter "
        f"ago {percent(shown['then'].iloc[0])}"
    )
    columns = {
        "credit_class": "Class",
        "then": (before["quarter"].iloc[0], percent),
        "now": (periods.quarter, percent),
        "stayed": ("In this class by both cards", percent),
    }
    beside = (
        f"Both quarters by the same card ({number(len(before))} and {number(len(now))} "
        "applications). Last column: of those a card without the latest outcomes put into the "
        f"class, the share the card of today puts there too; {per_hundred(same)} keep their "
        f"class. {_repeated(rated)}"
    )
    return section(says, table(shown, columns), beside)


def _stayed(
    now: pd.DataFrame, study: CreditStudy, per_class: pd.DataFrame
) -> tuple[pd.Series, float]:
    """Share of each class that both cards agree on, and of all applications."""
    points = study.card_then.score(now[study.columns])
    old = pd.Series(by_points(points, study, per_class)["credit_class"])
    old, new = old.set_axis(now[KEY].to_numpy()), now.set_index(KEY)["credit_class"]
    stayed = segment_moves(old, new).set_index("segment")["stayed_share"]
    return stayed.reindex(per_class.index), float((old.astype(str) == new.astype(str)).mean())


def _repeated(rated: pd.DataFrame) -> str:
    if "customer_id" not in rated or not rated["customer_id"].dropna().duplicated().any():
        return "Nobody applied twice, so how a customer's own class moves cannot be shown."
    again = rated.dropna(subset=["customer_id"]).sort_values(["quarter", KEY])
    pairs = again.assign(before=again.groupby("customer_id")["credit_class"].shift())
    pairs = pairs.dropna(subset=["before"])
    before = pairs["before"].astype(pairs["credit_class"].dtype)
    worse = (pairs["credit_class"].cat.codes > before.cat.codes).mean()
    return f"Of {number(len(pairs))} repeated applications {percent(worse)} fell in class."
