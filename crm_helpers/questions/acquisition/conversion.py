"""Conversion: which of the new leads become customers -> a tested study, one section, chances."""

from dataclasses import dataclass, replace

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.leads import leads_of_customers, new_leads
from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.models.propensity.leads import chance_ahead, lead_rows, with_enough_training
from crm_helpers.models.propensity.model import Propensity, fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.models.survival.conversion import ConversionTime
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.acquisition.phrases import plain_rule

NOT_PREDICTORS = ("lead_id", "role", "origin_on", "converted")
GROUPS = 5


@dataclass(frozen=True, repr=False)
class LeadStudy:
    """Model of which leads convert in time, and what its test says.

    Attributes
    ----------
    propensity : Propensity
        Its test rows are the leads of the last complete window.
    evidence : Evidence
        Of the model, with the plain rule beside it.
    """

    propensity: Propensity
    evidence: Evidence

    @property
    def scorer(self) -> Propensity:
        """What gives chances: the model, or its plain rule where the model lost to it."""
        return self.propensity.by_rule() if self.evidence.loses_to_rule else self.propensity

    def __repr__(self) -> str:
        """Method, size and order of the test, in one line."""
        found = self.evidence
        return (
            f"Study of leads that convert: {self.propensity.method}, {found.customers:,} leads "
            f"tested, {found.events:,} converted, AUC {found.auc:.2f}"
        )


@unless_absent
def rows(
    report: Report, *, outcome_days: int, min_events: int, shuffle_outcomes: bool, seed: int
) -> pd.DataFrame:
    """Leads of successive origins with what became of them, and the new ones of today.

    Parameters
    ----------
    report : Report
    outcome_days : int
        Days after a lead came in, in which a conversion counts.
    min_events : int
        With fewer conversions in training the validation origin is learned from as well.
    shuffle_outcomes : bool
        Deals the outcomes out anew at each origin.
    seed : int
        For dealing out.

    Returns
    -------
    DataFrame, one row per lead and origin
        lead_id, role (train, validation, test or score), origin_on, converted (missing where
        role is score), attributes of the lead
    """
    need(report.tables, leads=["lead_id", "created_on", "converted_on"])
    first = report.tables["leads"].created_on.min().to_pyarrow().as_py()
    moments = windows.origins(
        report.as_of, outcome_days=outcome_days, data_from=first, observation_days=outcome_days
    )
    known = lead_rows(report.features, moments, outcome_days=outcome_days)
    known = with_enough_training(known, min_events)
    return shuffled(known, "converted", seed=seed) if shuffle_outcomes else known


@unless_absent
def study(rows: pd.DataFrame, settings: PropensitySettings, *, bootstraps: int) -> LeadStudy:
    """Chance that a new lead converts in time: trained, and tested on the last window.

    Parameters
    ----------
    rows : DataFrame, one row per lead and origin
        From `rows`.
    settings : PropensitySettings
        All attributes of leads are watched by the leakage alarm besides.
    bootstraps : int
        Resamples behind an interval.

    Returns
    -------
    LeadStudy
        propensity, evidence.
    """
    watched = tuple(c for c in rows if c not in NOT_PREDICTORS)
    settings = replace(settings, snapshot_columns=watched)
    propensity = fit_in_time(rows, outcome="converted", key="lead_id", settings=settings)
    found = evidence(propensity.test, draws=bootstraps, seed=settings.seed)
    return LeadStudy(propensity, found)


@unless_absent
def fifths(study: LeadStudy, *, outcome_days: int) -> Section:
    """Leads of the test in fifths, likeliest first, with what became of them.

    Parameters
    ----------
    study : LeadStudy
    outcome_days : int
        Days in which a conversion counted.

    Returns
    -------
    Section
        data : one row per fifth, columns fifth (1 is the likeliest), leads, expected and won
        (shares); findings : none, those of the test come from `trust.lead_findings`
    """
    shown = _fifths(study.propensity.test)
    first, last = shown["won"].iloc[0], shown["won"].iloc[-1]
    says = (
        f"Of the likeliest fifth of new leads {percent(first)} became customers in "
        f"{outcome_days} days, of the last {percent(last)}"
    )
    if not study.evidence.finds_something:
        says = "Which leads become customers cannot be told better than by chance"
    columns = {
        "fifth": "Fifth, likeliest first",
        "leads": "Leads",
        "expected": ("Expected", percent),
        "won": ("Became customers", percent),
    }
    verdict = "beats" if study.evidence.beats_rule else "is not shown to beat"
    beside = (
        f"Tested on the leads of the last complete window. The model {verdict} the plain rule "
        f"'{plain_rule(study.propensity.rule)}'."
    )
    return section(says, table(shown, columns), beside)


def _fifths(test: pd.DataFrame) -> pd.DataFrame:
    place = pd.qcut(test["probability"].rank(method="first"), GROUPS, labels=False)
    counted = test.groupby(GROUPS - place).agg(
        leads=("outcome", "size"), expected=("probability", "mean"), won=("outcome", "mean")
    )
    return counted.rename_axis("fifth").reset_index()


@unless_absent
def open_leads(
    report: Report,
    outcomes: pd.DataFrame,
    study: LeadStudy,
    waiting: ConversionTime,
    *,
    follow_days: int,
    outcome_days: int,
) -> pd.DataFrame:
    """Leads that are still open, with their chance to convert in the days ahead.

    A lead of somebody who is a customer already is nobody to win and left out.

    Parameters
    ----------
    report : Report
    outcomes : DataFrame, one row per lead
        From `leads.outcomes`.
    study : LeadStudy
    waiting : ConversionTime
        Says how much of the chance is still to come for a lead open for so long.
    follow_days : int
        Leads that came in within so many days count.
    outcome_days : int
        Days ahead, as many as the model was learned for.

    Returns
    -------
    DataFrame, one row per open lead
        lead_id, channel, attributes, is_converted (False), open_days; chance : float in [0, 1]
    """
    fresh = report.features(new_leads, outcome_days=follow_days)
    known = fresh.merge(outcomes[["lead_id", "is_converted", "open_days"]], on="lead_id")
    customers = report.features(leads_of_customers)["lead_id"]
    still = ~known["is_converted"] & ~known["lead_id"].isin(customers)
    known = known[still].reset_index(drop=True)
    if known.empty:
        return known.assign(chance=[])
    ahead = chance_ahead(
        study.scorer.probability(known),
        known["open_days"].to_numpy(float),
        waiting,
        window=outcome_days,
        ahead=outcome_days,
    )
    return known.assign(chance=ahead)
