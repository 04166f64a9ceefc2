"""Numbers of the fraud report that stay: a detection -> findings under stable names."""

import pandas as pd

from crm_helpers.measures.forecasts.average_precision import average_precision
from crm_helpers.measures.fraud.fraud_count import FraudCount
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.measures.value.capacity import CapacityResult
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.report import Report
from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.opened import YEAR_DAYS, in_opened, most_findable


def findings(
    report: Report,
    found: Detection,
    year: FraudCount | None,
    *,
    bootstraps: int,
    seed: int,
) -> dict[str, Finding]:
    """Findings of the report that stay: precision, recall and money at the capacity.

    Parameters
    ----------
    report : Report
    found : Detection
    year : FraudCount, or None
        From `opened.in_a_year`.
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    dict of name to finding
        rule_average_precision, average_precision, fraud_test_auc, precision_at_capacity (known
        and not yet known fraud per payment opened, by the random audit), known_precision (a lower
        bound of it), recall_at_capacity, recall_limit (known frauds that so many cases could hold
        at most), value_at_risk_found, audit_recall_at_capacity,
        cases_a_year, frauds_a_year: those that can be told.
    """
    told = {} if is_absent(found.model) else _precision(found, bootstraps, seed)
    told |= _a_year(found, year)
    one = found.result(TOGETHER)
    if not one.known or not one.cases:
        return told
    told |= _at_capacity(found, one)
    if found.has_money:
        told["value_at_risk_found"] = finding(
            "value_at_risk_found",
            one.money_found,
            unit=report.currency,
            n=one.found,
            baseline=one.money_known,
        )
    return told | _audited(audit(found))


def audit(found: Detection) -> CapacityResult | None:
    """What the list finds among payments that chance picked for examination; None without them."""
    test = found.test
    if "sampled_at_random" not in test:
        return None
    picked = test["sampled_at_random"].eq(True).fillna(False) & test["is_fraud"].notna()
    return found.result(TOGETHER, picked.astype(bool)) if picked.any() else None


def _precision(found: Detection, bootstraps: int, seed: int) -> dict[str, Finding]:
    test = found.model.test
    rule = _averaged(test, "rule_score", bootstraps, seed)
    own = _averaged(test, "probability", bootstraps, seed)
    e = found.model.evidence
    low, high = e.auc_interval
    auc = finding(
        "fraud_test_auc",
        e.auc,
        low=low,
        high=high,
        level=CLAIM_LEVEL,
        n=e.customers,
        baseline=e.rule_auc,
    )
    return {
        "rule_average_precision": finding("rule_average_precision", **rule),
        "average_precision": finding("average_precision", **own, baseline=rule["value"]),
        "fraud_test_auc": auc,
    }


def _averaged(test: pd.DataFrame, column: str, bootstraps: int, seed: int) -> dict[str, float]:
    fraud, score = test["outcome"].to_numpy(dtype=bool), test[column].to_numpy(dtype=float)
    owner = test["owner"].astype(str)
    low, high = bootstrap_interval(
        average_precision, fraud, score, seed=seed, customer=owner, draws=bootstraps
    )
    return {"value": average_precision(fraud, score), "low": low, "high": high, "n": len(test)}


def _at_capacity(found: Detection, one: CapacityResult) -> dict[str, Finding]:
    held = in_opened(found)
    told = {
        "known_precision": finding(
            "known_precision",
            held.known_share,
            unit="share",
            n=held.payments,
            baseline=one.known / len(found.test),
        ),
        "recall_at_capacity": _recall("recall_at_capacity", one),
        "recall_limit": finding(
            "recall_limit", most_findable(found) / one.known, unit="share", n=one.known
        ),
    }
    if not held.is_estimated:
        return told
    beside = {"low": held.low / held.payments, "high": held.high / held.payments}
    said = finding("precision_at_capacity", held.share, unit="share", n=held.audited, **beside)
    return told | {"precision_at_capacity": said}


def _a_year(found: Detection, year: FraudCount | None) -> dict[str, Finding]:
    """Capacity of a year beside the frauds to be expected in it."""
    if year is None or not year.payments:
        return {}
    cases = found.capacity.cases_per_day * YEAR_DAYS
    told = {"cases_a_year": finding("cases_a_year", cases, unit="cases")}
    if not year.is_estimated:
        return told
    beside = {"low": year.low, "high": year.high, "n": year.audited, "baseline": year.known}
    frauds = finding("frauds_a_year", year.estimate, unit="payments", **beside)
    return told | {"frauds_a_year": frauds}


def _audited(one: CapacityResult | None) -> dict[str, Finding]:
    if one is None or not one.known:
        return {}
    return {"audit_recall_at_capacity": _recall("audit_recall_at_capacity", one)}


def _recall(name: str, one: CapacityResult) -> Finding:
    low, high = share_interval(one.found, one.known)
    return finding(name, one.recall, unit="share", low=low, high=high, n=one.known)
