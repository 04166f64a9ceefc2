"""The card beside other methods: a tested study -> evidence, what the card gives up, its errors."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.measures.credit.wrong_decision_cost import break_even_chance
from crm_helpers.measures.forecasts.fold_auc import fold_auc, fold_auc_difference
from crm_helpers.measures.forecasts.ks import ks
from crm_helpers.measures.statistics.bootstrap import Interval, interval_of_claim
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import capital, number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.credit.decision_costs import cheapest, wrong_costs
from crm_helpers.questions.credit.phrases import CHOSEN_BY, METHOD_WORDS, said
from crm_helpers.tables.needs import Skip


@dataclass(frozen=True, repr=False)
class CardEvidence:
    """What the test showed of the card and of the methods beside it.

    Attributes
    ----------
    areas : DataFrame, one row per method and the plain rule
        method : str; auc : float in the test; chosen : float, AUC when methods were chosen
    n : int
        Applications tested.
    best_method, rival : str
        Best of all, and best of the challengers.
    card, best : Interval
        Of the AUC of the card, and of the best method.
    ks : float
        Of the best method.
    gap : float
        AUC of the rival less that of the card; `between` is its interval.
    """

    areas: pd.DataFrame
    n: int
    best_method: str
    rival: str
    card: Interval
    best: Interval
    ks: float
    gap: float
    between: Interval

    def __repr__(self) -> str:
        """How well the card separates, in one line."""
        return (
            f"Evidence on {self.n:,} tested applications: AUC of the card {self.auc(CARD):.3f} "
            f"({self.card.low:.3f} to {self.card.high:.3f}), best method {self.best_method}"
        )

    def auc(self, method: str) -> float:
        """AUC of a method in the test; ``rule`` is the plain rule."""
        return float(self.areas.set_index("method")["auc"][method])

    @property
    def finds_something(self) -> bool:
        """Whether the card orders applications better than chance."""
        return self.card.low > 0.5

    @property
    def findings(self) -> dict[str, Finding]:
        """Findings of the test under their stable names."""
        n, card, best, rule = self.n, self.auc(CARD), self.auc(self.best_method), self.auc("rule")
        gap = {"low": self.between.low, "high": self.between.high, "level": CLAIM_LEVEL, "n": n}
        return {
            "test_auc": _auc("test_auc", best, self.best, rule, n),
            "test_gini": _gini("test_gini", best, self.best, rule, n),
            "test_ks": finding("test_ks", self.ks, n=n),
            "scorecard_auc": _auc("scorecard_auc", card, self.card, rule, n),
            "scorecard_gini": _gini("scorecard_gini", card, self.card, rule, n),
            "best_method": finding("best_method", self.best_method),
            "card_gives_up": finding("card_gives_up", self.gap, unit="AUC", **gap),
        }


def evidence(study: CreditStudy, *, bootstraps: int, seed: int) -> CardEvidence:
    """What the test showed, with intervals at the level of a claim, resampled by customer.

    Where folds chose the best challenger and tested it too, its gap to the card allows for all.

    Parameters
    ----------
    study : CreditStudy
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    CardEvidence
        areas : DataFrame of method, auc, chosen; findings : test_auc, test_gini, test_ks,
        scorecard_auc, scorecard_gini, best_method, card_gives_up
    """
    tested, once, best = study.tested, study.once, study.best_method
    bad, fold = tested["defaulted"], tested["fold"]
    gap = (bad, tested[study.rival], tested[CARD], fold)
    drawn = {"customer": tested["customer"], "draws": bootstraps, "seed": seed}
    rivals = 1 if study.in_time else max(1, len(study.settings.methods))
    return CardEvidence(
        areas=_areas(study),
        n=tested[KEY].nunique(),
        best_method=best,
        rival=study.rival,
        card=_inside(interval_of_claim(fold_auc, bad, tested[CARD], fold, **drawn)),
        best=_inside(interval_of_claim(fold_auc, bad, tested[best], fold, **drawn)),
        ks=ks(once["defaulted"], once[best]),
        gap=fold_auc_difference(*gap),
        between=interval_of_claim(fold_auc_difference, *gap, choices=rivals, **drawn),
    )


@unless_absent
def beyond_chance(rows: pd.DataFrame, evidence: CardEvidence) -> pd.DataFrame:
    """Rows scored by the card; absent where the card tells nothing beyond chance.

    Parameters
    ----------
    rows : DataFrame, one row per application
    evidence : CardEvidence

    Returns
    -------
    DataFrame, one row per application
        The same rows and columns:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
        points, chance, credit_class; of tested ones customer, fold, rule, scorecard, logistic,
        genetic_logistic, tree, naive_bayes, rough_rules, fuzzy_rules, mlp, lightgbm besides
    """
    if not evidence.finds_something:
        raise Skip("In the test the card did not tell good credits from bad beyond chance.")
    return rows


def verdict(evidence: CardEvidence) -> str:
    """Sentence that says whether the card beats its plain rule."""
    rule = evidence.auc("rule")
    if evidence.card.low > rule:
        return "The card beats its plain rule in the test, by more than noise."
    if evidence.auc(CARD) < rule:
        return "The card lost to its plain rule in the test: use the rule until there is more data."
    return "The card is not clearly better than its plain rule: the difference could be noise."


def rivals(study: CreditStudy, evidence: CardEvidence) -> Section:
    """The card beside its challengers, on the same test.

    Parameters
    ----------
    study : CreditStudy
    evidence : CardEvidence

    Returns
    -------
    Section
        data : one row per method and the plain rule, best first; columns method, words, auc,
        and of 100 pairs right : in the test, chosen : when the method was chosen
    """
    rival, gap, inside = METHOD_WORDS[evidence.rival], evidence.gap, evidence.between
    columns = {"words": "Method", "right": ("Pairs in the right order, of 100", _tenth)}
    when = (
        "All by the same repeated cross-validation: the best of so many looks slightly better "
        "than it is. "
    )
    if study.in_time:
        columns["chosen"] = ("When the method was chosen", _tenth)
        by = CHOSEN_BY[study.chosen_by]
        when = f"Chosen by {by} before the test, tested once on later applications. "
    beside = (
        "A pair is one credit repaid and one defaulted; 50 of 100 would be chance. "
        f"{when}{capital(rival)} less the card: {_tenth(100 * gap)} pairs of 100 "
        f"({_tenth(100 * inside.low)} to {_tenth(100 * inside.high)}, beyond which chance goes "
        "in fewer than one of 100 tests). The table does not show which method can explain a "
        "decline."
    )
    return section(_given_up(evidence), table(_ranked(study, evidence), columns), beside)


def _given_up(evidence: CardEvidence) -> str:
    rival, gap, inside = METHOD_WORDS[evidence.rival], evidence.gap, evidence.between
    if inside.high < 0:
        return f"The card is better than the best challenger, {rival}"
    if inside.low > 0:
        return f"The card gives up {_tenth(100 * gap)} pairs in 100 against {rival}"
    return f"The card gives up nothing that can be shown against {rival}"


def _ranked(study: CreditStudy, evidence: CardEvidence) -> pd.DataFrame:
    shown = evidence.areas.assign(
        right=lambda t: 100 * t["auc"], chosen=lambda t: 100 * t["chosen"]
    )
    shown["words"] = [_words(name, study) for name in shown["method"]]
    return shown.sort_values("right", ascending=False, kind="stable")


def _words(name: str, study: CreditStudy) -> str:
    words = METHOD_WORDS[name]
    if name == "rule":
        words = f"{words}: {said(study.rule.column)}, {study.rule.direction} first"
    return f"{words} (best when chosen)" if name == study.best_method else words


@unless_absent
def wrong_decisions(proven: pd.DataFrame, study: CreditStudy, *, bad_good_cost: float) -> Section:
    """Mean cost of wrong decisions beside approving and declining everybody.

    Parameters
    ----------
    proven : DataFrame, one row per tested application
    study : CreditStudy
    bad_good_cost : float
        Cost of a bad credit approved, a good one declined being 1.

    Returns
    -------
    Section
        data : one row per decider, the cheapest first; columns method, words, cost (per 100
        applications), approved (share); findings : wrong_decision_cost
    """
    limit = break_even_chance(bad_approved=bad_good_cost)
    shown = wrong_costs(proven, study, limit, bad_good_cost)
    columns = {
        "words": "Who decides",
        "cost": ("Cost per 100 applications", _tenth),
        "approved": ("Approved", percent),
    }
    beside = (
        f"A bad credit approved costs {_tenth(bad_good_cost)}, a good one declined 1; approved is "
        f"whoever has a default chance of up to {percent(limit)}, which follows from these "
        "costs. Tested credits alone; it does not show money."
    )
    cost = shown.set_index("method")["cost"]
    found = {"baseline": min(cost["all"], cost["none"]) / 100, "n": len(proven)}
    says = cheapest(shown, proven, study, limit, bad_good_cost)
    return section(says, table(shown, columns), beside).finds(
        "wrong_decision_cost", cost[CARD] / 100, "per application", **found
    )


def _areas(study: CreditStudy) -> pd.DataFrame:
    tested, tried = study.tested, study.tried.set_index("method")["auc"]
    names = [*tried.index, "rule"]
    found = [fold_auc(tested["defaulted"], tested[name], tested["fold"]) for name in names]
    shown = pd.DataFrame({"method": names, "auc": found})
    return shown.assign(chosen=shown["method"].map(tried))


def _auc(name: str, auc: float, inside: Interval, rule: float, n: int) -> Finding:
    ends = {"low": inside.low, "high": inside.high, "level": CLAIM_LEVEL}
    return finding(name, auc, **ends, n=n, baseline=rule)


def _gini(name: str, auc: float, inside: Interval, rule: float, n: int) -> Finding:
    low, high = 2 * inside.low - 1, 2 * inside.high - 1
    ends = {"low": low, "high": high, "level": CLAIM_LEVEL}
    return finding(name, 2 * auc - 1, **ends, n=n, baseline=2 * rule - 1)


def _inside(ends: Interval) -> Interval:
    return Interval(max(0.0, ends.low), min(1.0, ends.high))


def _tenth(value: float) -> str:
    return number(value, 1)
