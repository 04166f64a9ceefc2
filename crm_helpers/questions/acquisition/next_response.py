"""Next response: who will answer the next campaign -> rows, a tested study, one section."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.gain import gain_chart
from crm_helpers.features.contact_profiles import undated_profile
from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.propensity.model import Propensity
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.response import ResponseModel, in_file_order, response_model
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.acquisition.phrases import judged_on, plain_rule

KEY = ["person_id", "campaign"]
TOLD = ("contacted_at", "offer", "channel")
IN_ORDER_DRAWS = 100
REACH = 1.96  # of an interval at 95 %, in standard errors


@dataclass(frozen=True, repr=False)
class ResponseStudy:
    """Model of who responds when contacted, and what its test says.

    Attributes
    ----------
    model : ResponseModel
        The model, its test rows, and how it was tested.
    evidence : Evidence
        Of the model, with the plain rule beside it.
    """

    model: ResponseModel
    evidence: Evidence

    @property
    def propensity(self) -> Propensity:
        """The model itself, with its columns, rule and method."""
        return self.model.model

    @property
    def scorer(self) -> Propensity:
        """What gives chances: the model, or its plain rule where the model lost to it."""
        return self.propensity.by_rule() if self.evidence.loses_to_rule else self.propensity

    def __repr__(self) -> str:
        """Method, size and order of the test, in one line."""
        found = self.evidence
        return (
            f"Study of responses: {self.propensity.method}, {found.customers:,} persons tested "
            f"({self.model.way}), {found.events:,} responded, AUC {found.auc:.2f}"
        )


@dataclass(frozen=True)
class Hits:
    """Responses among the best persons of a campaign.

    Attributes
    ----------
    count : int
    persons : int
        How many were looked at.
    low, high : float
        Interval of the count at 95 %.
    by_chance : float
        Responses that as many persons drawn at random would hold.
    """

    count: int
    persons: int
    low: float
    high: float
    by_chance: float


@unless_absent
def rows(contacted: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """Contacts with what was known of each person, what was offered and by which channel.

    Parameters
    ----------
    contacted : DataFrame, one row per person and campaign
        From `responses.contacted`.
    profiles : DataFrame, one row per person and campaign
        What was known before the contact.

    Returns
    -------
    DataFrame, one row per person and campaign
        person_id, campaign, responded, [contacted_at], [offer], [channel], the columns of
        profiles; none that is empty throughout
    """
    told = [name for name in TOLD if name in contacted]
    return contacted[[*KEY, "responded", *told]].merge(profiles, on=KEY).dropna(axis=1, how="all")


@unless_absent
def study(
    rows: pd.DataFrame,
    settings: PropensitySettings,
    *,
    test_campaign: str,
    response_days: int,
    bootstraps: int,
) -> ResponseStudy:
    """Model of who responds: trained, and tested on persons that it has not seen.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        From `rows`.
    settings : PropensitySettings
    test_campaign : str
        Campaign that is judged once; empty takes the latest, or all in parts.
    response_days : int
        Days in which a response counts.
    bootstraps : int
        Resamples behind an interval.

    Returns
    -------
    ResponseStudy
        model (with test), evidence; propensity, scorer.
    """
    if "contacted_at" in rows:
        settings = replace(settings, snapshot_columns=undated_profile(list(rows.columns)))
    model = response_model(
        rows, settings=settings, test_campaign=test_campaign, response_days=response_days
    )
    found = evidence(model.test, customer="person_id", draws=bootstraps, seed=settings.seed)
    return ResponseStudy(model, found)


@unless_absent
def in_order(
    study: ResponseStudy,
    rows: pd.DataFrame,
    settings: PropensitySettings,
    *,
    rows_in_time_order: bool,
) -> Evidence | None:
    """Evidence on the last third of undated rows, learned on those before it.

    Parameters
    ----------
    study : ResponseStudy
        Where it is absent, so is this.
    rows : DataFrame, one row per contact, in the order of the file
    settings : PropensitySettings
    rows_in_time_order : bool

    Returns
    -------
    Evidence, or None where the order of the rows is not that of time
    """
    if not rows_in_time_order:
        return None
    test = in_file_order(rows, settings)
    return evidence(test, draws=IN_ORDER_DRAWS, seed=settings.seed)


@unless_absent
def likeliest(
    report: Report,
    study: ResponseStudy,
    in_order: Evidence | None,
    *,
    test_campaign: str,
    capacity: int,
) -> Section:
    """Model of the next response beside the best plain rule.

    Parameters
    ----------
    report : Report
    study : ResponseStudy
    in_order : Evidence or None
        From `in_order`.
    test_campaign : str
        Where one was named, the responses among its best persons are counted.
    capacity : int
        How many are the best.

    Returns
    -------
    Section
        data : one row per order (model, rule) and score, columns order, contacted_share,
        found_share; findings : hits_in_capacity and in_order_auc where asked for; those of the
        test come from `trust.response_findings`
    """
    curves = _curves(study.model.test)
    hits = hits_among_best(study.model.test, capacity) if test_campaign else None
    beside = [f"Tested on {judged_on(study.model)}."]
    beside += [_hits_words(hits, study)] if hits else []
    beside += [_order_words(in_order)] if in_order else []
    told = section(_says(study, curves), _chart(report, study, curves), " ".join(beside))
    return _with_order(_with_hits(told, hits), in_order)


def _curves(test: pd.DataFrame) -> list[pd.DataFrame]:
    """Gain curve of the model, and of its rule."""
    return [gain_curve(test["outcome"], test[name]) for name in ("probability", "rule_score")]


def _with_hits(told: Section, hits: Hits | None) -> Section:
    if hits is None:
        return told
    beside = {"n": hits.persons, "low": hits.low, "high": hits.high, "baseline": hits.by_chance}
    return told.finds("hits_in_capacity", hits.count, "responses", **beside)


def _with_order(told: Section, found: Evidence | None) -> Section:
    if found is None:
        return told
    low, high = found.auc_interval
    beside = {"low": low, "high": high, "level": CLAIM_LEVEL, "n": found.customers}
    return told.finds("in_order_auc", found.auc, **beside)


def hits_among_best(test: pd.DataFrame, capacity: int) -> Hits:
    """Responses among the best persons of a campaign judged once.

    Parameters
    ----------
    test : DataFrame, one row per person
        outcome, probability, [order].
    capacity : int
        How many are the best.

    Returns
    -------
    Hits
        count, persons, low, high, by_chance.
    """
    score = test["order"] if "order" in test else test["probability"]
    best = test["outcome"][score.rank(ascending=False, method="first") <= capacity]
    count = int(best.sum())
    spread = REACH * np.sqrt(max(best.sum() * (1 - best.mean()), 1))
    by_chance = float(test["outcome"].mean() * len(best))
    return Hits(count, len(best), float(count - spread), float(count + spread), by_chance)


def _hits_words(hits: Hits, study: ResponseStudy) -> str:
    return (
        f"Among the best {number(hits.persons)} of {number(len(study.model.test))} are "
        f"{number(hits.count)} of the {number(study.evidence.events)} responses "
        f"({number(hits.low)} to {number(hits.high)}); chance finds {number(hits.by_chance)}."
    )


def _order_words(found: Evidence) -> str:
    return (
        "The rows stand in the order of time: learned on the first two thirds and judged on "
        f"the last, where {number(100 * found.base_rate, 1)} of 100 responded, the likeliest "
        f"tenth holds {number(found.lift_top10, 1)} times the average. Expect that rather "
        "than the figure above."
    )


def _says(study: ResponseStudy, curves: list[pd.DataFrame]) -> str:
    if not study.evidence.finds_something:
        return "Who will respond cannot be told better than by chance"
    if study.evidence.loses_to_rule:
        rule = plain_rule(study.propensity.rule)
        return f"The plain rule '{rule}' beats the model and is used"
    tenth = [found_share_at(curve, 0.1) for curve in curves]
    return (
        f"Asking the likeliest tenth finds {percent(tenth[0])} of the responses, the rule "
        f"{percent(tenth[1])}"
    )


def _chart(report: Report, study: ResponseStudy, curves: list[pd.DataFrame]) -> Chart:
    found, tenth = study.evidence, [found_share_at(curve, 0.1) for curve in curves]
    half = found_share_at(curves[0], 0.5)
    return gain_chart(
        *curves,
        rule_name=plain_rule(study.propensity.rule),
        event="responses",
        title=f"The likeliest half holds {percent(half)} of the responses",
        subtitle=f"Share of all responses found, best score first; {number(found.customers)} "
        f"persons, {number(found.events)} responses",
        alt=f"Gain curve of the model beside the rule: {percent(tenth[0])} against "
        f"{percent(tenth[1])} found in the first tenth.",
        source=f"{report.source.title}, contacts",
    )
