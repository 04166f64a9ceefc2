"""Golden customers: what they were like as leads, and which open leads are alike."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.features import quarters
from crm_helpers.features.leads import new_leads
from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.propensity.model import Propensity, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import answer, paragraph
from crm_helpers.questions.acquisition.conversion import LeadStudy
from crm_helpers.tables.needs import Skip

MONEY = ("followed_margin", "followed_revenue")  # the first that is known counts


@dataclass(frozen=True, repr=False)
class GoldenStudy:
    """Model of which leads become golden customers, and what cross-validation says of it.

    Attributes
    ----------
    propensity : Propensity
    evidence : Evidence
    """

    propensity: Propensity
    evidence: Evidence

    def __repr__(self) -> str:
        """Method, size and order of the test, in one line."""
        found = self.evidence
        return (
            f"Study of golden customers: {self.propensity.method}, {found.customers:,} customers "
            f"won, {found.events:,} golden, AUC {found.auc:.2f}"
        )


@unless_absent
def rows(
    report: Report,
    won: pd.DataFrame,
    *,
    golden_share: float,
    min_group: int,
    shuffle_outcomes: bool,
    seed: int,
) -> pd.DataFrame:
    """Customers won, with what was known of them as leads and whether they are golden now.

    Parameters
    ----------
    report : Report
    won : DataFrame, one row per customer won
        From `leads.won`.
    golden_share : float
        Share called golden, by margin or revenue of the time followed, best first.
    min_group : int
        Fewest customers won.
    shuffle_outcomes : bool
        Deals out anew who is golden.
    seed : int
        For dealing out.

    Returns
    -------
    DataFrame, one row per customer won
        lead_id, channel and attributes of the lead, followed_*, is_lost, is_golden : bool
    """
    money = next((name for name in MONEY if name in won), "")
    if not money or len(won) < min_group:
        raise Skip("Too few customers won as leads could be followed. Add orders or history.")
    known = _lead_attributes(report, won.dropna(subset=[money]))
    cut = known[money].astype(float).quantile(1 - golden_share)
    known = known.assign(is_golden=known[money].astype(float) > cut)
    return shuffled(known, "is_golden", seed=seed) if shuffle_outcomes else known


def _lead_attributes(report: Report, won: pd.DataFrame) -> pd.DataFrame:
    span = report.as_of - quarters.parse_date("1970-01-01")
    every = report.features(new_leads, outcome_days=span.days)
    return every.merge(won.drop(columns=["customer_id", "channel"]), on="lead_id")


@unless_absent
def study(
    rows: pd.DataFrame, lead_study: LeadStudy, *, min_events: int, bootstraps: int, seed: int
) -> GoldenStudy:
    """Model of becoming golden, from the attributes that the lead study uses.

    Parameters
    ----------
    rows : DataFrame, one row per customer won
        From `rows`.
    lead_study : LeadStudy
    min_events : int
        Fewest golden customers.
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    GoldenStudy
        propensity, evidence.
    """
    kept = [name for name in lead_study.propensity.columns if name in rows]
    propensity = fit_undated(
        rows[["lead_id", "is_golden", *kept]],
        outcome="is_golden",
        key="lead_id",
        settings=PropensitySettings("logistic", seed, min_events),
    )
    return GoldenStudy(propensity, evidence(propensity.test, draws=bootstraps, seed=seed))


@unless_absent
def look_alikes(
    study: GoldenStudy,
    won: pd.DataFrame,
    open_leads: pd.DataFrame,
    *,
    golden_share: float,
    follow_days: int,
    outcome_days: int,
) -> Section:
    """How many open leads are likely to become golden customers, and how many will.

    The study knows customers won alone: its chance holds for a lead that converts, so it is
    multiplied by the chance to convert.

    Parameters
    ----------
    study : GoldenStudy
    won : DataFrame, one row per customer won
    open_leads : DataFrame, one row per open lead
        From `conversion.open_leads`.
    golden_share : float
    follow_days : int
    outcome_days : int
        Days ahead in which a conversion counts.

    Returns
    -------
    Section
        Words alone; findings : golden_auc
    """
    found = study.evidence
    if not found.finds_something:
        shown = Section.of(
            answer("Golden customers do not look different when they are leads"),
            paragraph(f"Tested by cross-validation on {number(len(won))} customers won."),
        )
    else:
        shown = Section.of(
            answer(_alike_words(_golden_chance(study, open_leads), outcome_days)),
            paragraph(_golden_words(found, len(won), golden_share, follow_days)),
        )
    low, high = found.auc_interval
    beside = {"low": low, "high": high, "level": CLAIM_LEVEL, "n": found.customers}
    return shown.finds("golden_auc", found.auc, **beside)


def _golden_chance(study: GoldenStudy, open_leads: pd.DataFrame) -> np.ndarray:
    """Chance of each open lead to convert in the days ahead and then to be golden."""
    if open_leads.empty:
        return np.zeros(0)
    return open_leads["chance"].to_numpy(float) * study.propensity.probability(open_leads)


def _alike_words(chance: np.ndarray, outcome_days: int) -> str:
    if not len(chance):
        return "No lead is open that could become a golden customer"
    alike = int((chance >= 2 * chance.mean()).sum())
    return (
        f"{number(alike)} of {number(len(chance))} open leads are at least twice as likely as the "
        f"average of them to become golden customers; {number(chance.sum(), 1)} golden customers "
        f"are to be expected of all that convert in the next {outcome_days} days"
    )


def _golden_words(found: Evidence, won_count: int, golden_share: float, follow_days: int) -> str:
    return (
        f"Golden are the best {percent(golden_share)} of {number(won_count)} customers won, by "
        f"margin in {follow_days} days, after returns. A lead's chance is that to become a "
        "customer, times that of a customer like it to be golden. Among the tenth of customers "
        "won who were most like them as leads, golden customers were "
        f"{number(found.lift_top10, 1)} times as common as on average (cross-validation; it could "
        "not be tested in time)."
    )
