"""Evidence in words: a tested model of a yes/no outcome -> sentences, findings, a table."""

import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.propensity.model import Propensity
from crm_helpers.models.propensity.study import Study
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.names import column_words
from crm_helpers.page.numerals import interval, number, percent
from crm_helpers.page.words import Html, table
from crm_helpers.questions.left_out import columns_said

MOST_AT_RISK = 0.2
METHOD_WORDS = {
    "logistic": "logistic regression",
    "tree": "a decision tree",
    "naive_bayes": "naive Bayes",
    "mlp": "a neural network",
    "lightgbm": "gradient-boosted trees",
    "plain rule": "the plain rule",
}
CALIBRATION_WORDS = {
    "none": "as they came",
    "logistic": "straightened by a logistic line",
    "isotonic": "straightened by isotonic steps",
}


def rule_words(propensity: Propensity) -> str:
    """The plain rule as a reader says it.

    Parameters
    ----------
    propensity : Propensity

    Returns
    -------
    str
    """
    column, direction = propensity.rule.column, propensity.rule.direction
    ends = {"high": "most first", "low": "fewest first", "likeliest": "likeliest group first"}
    return f"{column_words(column)}, {ends[direction]}"


def verdict(evidence: Evidence) -> str:
    """Sentence that says whether the model beats the plain rule.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    str
    """
    if not evidence.finds_something:
        return "The model does not order the customers better than chance: nothing is claimed."
    if evidence.beats_rule:
        return "The model beats its plain rule in the test, by more than noise."
    if evidence.loses_to_rule:
        return "The model lost to its plain rule in the test, so the rule is used instead."
    return "The model is not clearly better than its plain rule: the difference could be noise."


def worth_beside_rule(test: pd.DataFrame, found: Evidence, events: str) -> str:
    """What the model is worth beside its plain rule: events among equally many most at risk.

    Parameters
    ----------
    test : DataFrame, one row per customer of the test
        outcome, probability, rule_score.
    found : Evidence
        Of the same test.
    events : str
        Plural, such as "lapses".

    Returns
    -------
    str
        Empty where the model does not beat its rule.

    Examples
    --------
    Of ten customers the two most at risk are asked.

    >>> scores = range(10, 0, -1)
    >>> test = pd.DataFrame({"outcome": [1, 1, 0, 0, 1, 0, 0, 0, 0, 0], "probability": scores,
    ...                      "rule_score": scores[::-1]})
    >>> print(_more_found(test, "lapses"))
    Among the 2 most at risk it finds 2 more lapses than the rule (2, not 0).
    """
    return _more_found(test, events) if found.beats_rule else ""


def _more_found(test: pd.DataFrame, events: str) -> str:
    asked = number(round(MOST_AT_RISK * len(test)))
    by_model, by_rule = (round(count) for count in found_among(test))
    if by_model <= by_rule:
        return f"Among the {asked} most at risk both find equally many {events}: {number(by_rule)}."
    return (
        f"Among the {asked} most at risk it finds {number(by_model - by_rule)} more {events} than "
        f"the rule ({number(by_model)}, not {number(by_rule)})."
    )


def found_among(test: pd.DataFrame, share: float = MOST_AT_RISK) -> tuple[float, float]:
    """Events among the share most at risk by the model, and by the plain rule.

    Parameters
    ----------
    test : DataFrame, one row per customer of the test
        outcome, probability, rule_score.
    share : float, default 0.2

    Returns
    -------
    float, float
        Customers with equal scores count in proportion.
    """
    events = float(test["outcome"].sum())
    curves = [gain_curve(test["outcome"], test[score]) for score in ("probability", "rule_score")]
    by_model, by_rule = (events * found_share_at(curve, share) for curve in curves)
    return by_model, by_rule


def trust(study: Study | CompetingStudy) -> list[str]:
    """What a reader must know before trusting the probabilities; of competing causes the first.

    Parameters
    ----------
    study : Study or CompetingStudy

    Returns
    -------
    list of str
    """
    return trust_in(study.evidence, study.propensity)


def trust_in(evidence: Evidence, propensity: Propensity) -> list[str]:
    """What a reader must know before trusting probabilities, from evidence and model apart.

    Parameters
    ----------
    evidence : Evidence
    propensity : Propensity

    Returns
    -------
    list of str
    """
    return [*_how_tested(evidence, propensity), *_how_good(evidence), *_how_calibrated(evidence)]


def _how_tested(found: Evidence, propensity: Propensity) -> list[str]:
    size = f"{number(found.customers)} customers, {number(found.events)} with the outcome"
    where = f"Tested once, on {size}, at an origin later than everything learned from."
    if not propensity.tested_in_time:
        where = (
            "It could not be tested in time, but was cross-validated on "
            f"{size}. Expect less on new ones."
        )
    method = METHOD_WORDS.get(propensity.method, propensity.method)
    tried = propensity.tried["method"].nunique()
    how = f"Method: {method}, the best of {number(tried)} tried before the test"
    how = f"{how}; probabilities {CALIBRATION_WORDS[propensity.calibration]}."
    return [where, how if tried > 1 else f"Method: {method}, as the parameters say."]


def _how_good(found: Evidence) -> list[str]:
    return [
        f"AUC {number(found.auc, 3)} (99.5 % interval "
        f"{interval(*found.auc_interval, form=_three)}), plain rule "
        f"{number(found.rule_auc, 3)}; difference, at the same level, "
        f"{interval(*found.difference_interval, form=_three)}. {verdict(found)}",
        f"The likeliest tenth holds {number(found.lift_top10, 2)} times as many as chance "
        f"({interval(*found.lift_interval, form=_two)}), by the rule "
        f"{number(found.rule_lift_top10, 2)}; largest gap between both kinds (KS) "
        f"{number(found.ks, 3)}.",
        f"Brier score {number(found.brier, 4)} against {number(found.base_brier, 4)} of the base "
        f"rate alone; log loss {number(found.log_loss, 4)} against "
        f"{number(found.base_log_loss, 4)}.",
    ]


def _how_calibrated(found: Evidence) -> list[str]:
    meaning = (
        "within what a perfect model of this size could show"
        if found.is_calibrated
        else "more than a perfect model of this size would show: read probabilities as rough"
    )
    return [
        f"Calibration error {number(found.calibration_error, 4)}, bound "
        f"{number(found.calibration_bound, 4)}: {meaning}. Slope "
        f"{number(found.calibration_slope, 2)} (1 is right)."
    ]


def left_out(study: Study | CompetingStudy) -> list[str]:
    """Predictors left out, each with its reason, and strong ones that were kept.

    Parameters
    ----------
    study : Study or CompetingStudy

    Returns
    -------
    list of str
    """
    return columns_said(study.propensity.allowed)


def findings(e: Evidence, *, prefix: str) -> dict[str, Finding]:
    """Findings that stay of a study: <prefix>_test_auc and its kind.

    Parameters
    ----------
    e : Evidence
    prefix : str
        lapse or contract.

    Returns
    -------
    mapping of name to finding
        <prefix>_test_auc, _rule_auc, _test_brier, _calibration_error, _test_lift_top10, _base_rate
    """
    n, bound = e.customers, e.calibration_bound
    auc, brier, lift = (_ends(i) for i in (e.auc_interval, e.brier_interval, e.lift_interval))
    told = {
        "test_auc": {"value": e.auc, **auc, "level": CLAIM_LEVEL, "n": n, "baseline": e.rule_auc},
        "rule_auc": {"value": e.rule_auc, "n": n},
        "test_brier": {"value": e.brier, **brier, "n": n, "baseline": e.base_brier},
        "calibration_error": {"value": e.calibration_error, "n": n, "baseline": bound},
        "test_lift_top10": {"value": e.lift_top10, **lift, "n": n, "baseline": 1.0},
        "base_rate": {"value": e.base_rate, "unit": "share", "n": n},
    }
    named = {f"{prefix}_{name}": about for name, about in told.items()}
    return {name: finding(name, **about) for name, about in named.items()}


def base_rates(study: Study | CompetingStudy) -> Html:
    """Table of the share with the outcome at each origin.

    Parameters
    ----------
    study : Study or CompetingStudy

    Returns
    -------
    Html
    """
    rows = study.propensity.base_rates.tail(12)
    columns = {
        "origin_on": "Seen from",
        "role": "Used for",
        "customers": ("Customers", number),
        "event_rate": ("Share with the outcome", lambda share: percent(share, 1)),
    }
    return table(rows, columns)


def _ends(interval: Interval) -> dict[str, float]:
    return {"low": interval.low, "high": interval.high}


def _three(value: float) -> str:
    return number(value, 3)


def _two(value: float) -> str:
    return number(value, 2)
