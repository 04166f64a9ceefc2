"""How well it is foreseen who of the lost comes back: tested chances -> AUC beside a plain rule."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.forecasts.evidence import Evidence, claim_interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.uplift.study import KEY, UpliftStudy
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import paragraph

NOT_TESTED = "Who of the lost comes back could not be tested."


@dataclass(frozen=True)
class Foresight:
    """Test of who of the lost comes back.

    Attributes
    ----------
    auc, low, high : float
        AUC with the interval of a claim.
    rule_auc : float
        AUC of the plain rule: the shorter away, the likelier.
    customers : int
        Customers it was tested on.
    tested_on : str
        What the test part is, in words.
    """

    auc: float
    low: float
    high: float
    rule_auc: float
    customers: int
    tested_on: str

    @property
    def findings(self) -> dict[str, Finding]:
        """Finding winback_test_auc."""
        beside = {"low": self.low, "high": self.high, "level": CLAIM_LEVEL}
        sized = {"n": self.customers, "baseline": self.rule_auc}
        return {"winback_test_auc": finding("winback_test_auc", self.auc, **beside, **sized)}


@unless_absent
def of_contacts(study: UpliftStudy, profiles: pd.DataFrame, *, bootstraps: int) -> Foresight:
    """How well the study foresees who comes back when contacted.

    Parameters
    ----------
    study : UpliftStudy
        Learned on win-back campaigns.
    profiles : DataFrame, one row per person and campaign
        person_id, campaign, [recency_days], for the plain rule.
    bootstraps : int
        Resamples behind the interval.

    Returns
    -------
    Foresight
    """
    test = study.test[study.test["is_treated"]]
    happened, chance = test["outcome"].to_numpy(bool), test["treated_rate"].to_numpy(float)
    found = claim_interval(happened, chance, customer=test["person"], draws=bootstraps)
    area, rule_area = auc(happened, chance), auc(happened, _rule(test, profiles))
    return Foresight(area, found.low, found.high, rule_area, len(test), study.tested_on)


def _rule(test: pd.DataFrame, profiles: pd.DataFrame) -> np.ndarray:
    """Score of the plain rule: the shorter away, the likelier."""
    rows = test.rename(columns={"person": "person_id"})[KEY].merge(profiles, on=KEY, how="left")
    if "recency_days" not in rows:
        return np.zeros(len(test))
    return -rows["recency_days"].astype(float).fillna(rows["recency_days"].max()).to_numpy()


def of_returns(evidence: Evidence | Section) -> Foresight | Section:
    """How well the model foresees who comes back by himself, from its evidence.

    Parameters
    ----------
    evidence : Evidence
        Of `natural_returns`; may be absent.

    Returns
    -------
    Foresight
    """
    if is_absent(evidence):
        return Section.absent(NOT_TESTED)
    low, high = evidence.auc_interval
    known = (evidence.rule_auc, evidence.customers, "the last complete window")
    return Foresight(evidence.auc, low, high, *known)


def either(measured: Foresight | Section, natural: Foresight | Section) -> Foresight | Section:
    """Foresight of contacts; of returns where no lost customer was contacted at random."""
    return natural if is_absent(measured) and measured.is_silent else measured


@unless_absent
def told(foresight: Foresight) -> Section:
    """How well it was foreseen who of the lost comes back, in words for the part on trust.

    Parameters
    ----------
    foresight : Foresight

    Returns
    -------
    Section
        Words alone; the finding is that of the foresight.
    """
    three = [number(x, 3) for x in (foresight.auc, foresight.low, foresight.high)]
    told = (
        f"Who of the lost comes back: AUC {three[0]} ({three[1]} to {three[2]}), "
        f"against {number(foresight.rule_auc, 3)} of the plain rule; "
        f"tested on {foresight.tested_on}, {number(foresight.customers)} customers."
    )
    return Section.of(paragraph(told))
