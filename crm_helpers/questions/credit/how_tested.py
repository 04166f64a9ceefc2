"""How the card was tested, how good and how honest its chances are: a study -> sentences."""

import pandas as pd

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds
from crm_helpers.measures.forecasts.calibration import (
    calibration_bound,
    calibration_error,
    calibration_slope,
)
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import KEY, TIME, CreditStudy
from crm_helpers.page.numerals import counted, day, interval, number, percent
from crm_helpers.page.report import Report
from crm_helpers.questions.credit.applications import is_dated
from crm_helpers.questions.credit.methods import CardEvidence
from crm_helpers.questions.credit.phrases import METHOD_WORDS


def how_tested(report: Report, study: CreditStudy, learned_from: int) -> str:
    """Sentence on the applications that tested the card, and on those it was learned from."""
    n, once, settings = number(study.tested[KEY].nunique()), study.once, study.settings
    if not study.in_time:
        why = "Too few outcomes are known"
        why = why if is_dated(report) else "The applications have no dates"
        return (
            f"{why}, so the card could not be tested in time: {n} were tested by "
            f"{settings.folds}-fold stratified cross-validation, repeated "
            f"{counted(settings.repeats, 'time')}, with bins, reducts and selections learned "
            "inside the folds."
        )
    chosen = "a period" if study.chosen_by == TIME else "cross-validation"
    return (
        f"Tested once on {n} later applications ({once['quarter'].min()} to "
        f"{once['quarter'].max()}), learned from what was known before the first of them; methods "
        f"were chosen by {chosen} before the test. The card in use is then learned anew from all "
        f"{number(learned_from)} known outcomes up to {day(report.as_of)}."
    )


def how_good(evidence: CardEvidence) -> str:
    """Sentence on Gini and KS of the card, of the best method and of the plain rule."""
    card, best, rule = (2 * evidence.auc(name) - 1 for name in (CARD, evidence.best_method, "rule"))
    ends = interval(2 * evidence.card.low - 1, 2 * evidence.card.high - 1, _third)
    return (
        f"Gini of the card {_third(card)} ({ends} at {percent(CLAIM_LEVEL, 1)}), of the best "
        f"method ({METHOD_WORDS[evidence.best_method]}) {_third(best)}, of the plain rule "
        f"{_third(rule)}; KS of the best {_third(evidence.ks)}."
    )


def how_calibrated(study: CreditStudy, seed: int) -> str:
    """Sentence on the default chances of the test beside what happened."""
    happened = study.once["defaulted"]
    chance = pd.Series(study.card.scale.chance(study.once["points"].to_numpy()))
    check_both_kinds(happened, "calibration")
    error, bound = calibration_error(happened, chance), calibration_bound(chance, seed=seed)
    return (
        f"Chances: {percent(chance.mean())} expected and {percent(happened.mean())} seen in the "
        f"test; calibration error {_third(error)}, a perfect card of this size stays below "
        f"{_third(bound)}; slope {number(calibration_slope(happened, chance), 2)} (1 is right)."
    )


def _third(value: float) -> str:
    return number(value, 3)
