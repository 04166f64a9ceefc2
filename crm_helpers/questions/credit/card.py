"""The card in words: a tested card -> its points, its files, what it gives up against others."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.charts.card_points import card_points_chart
from crm_helpers.measures.credit.class_rates import class_rates
from crm_helpers.measures.forecasts.fold_auc import fold_auc, fold_auc_difference
from crm_helpers.measures.forecasts.ks import ks
from crm_helpers.measures.statistics.bootstrap import Interval, bootstrap_interval
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.scorecard_sql import scorecard_sql
from crm_helpers.models.credit.study import TIME, CreditStudy
from crm_helpers.page.actions import neutral
from crm_helpers.page.files import write_whole
from crm_helpers.page.numerals import counted, day, number, per_hundred
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, answer, note, table
from crm_helpers.questions.credit.data import CreditData, CreditSections

METHOD_WORDS = {
    CARD: "the card",
    "logistic": "logistic regression",
    "genetic_logistic": "logistic regression, attributes chosen by a genetic algorithm",
    "tree": "decision tree",
    "naive_bayes": "naive Bayes",
    "rough_rules": "rough-set rules",
    "fuzzy_rules": "fuzzy rules",
    "mlp": "neural network",
    "lightgbm": "gradient-boosted trees",
    "rule": "plain rule",
}


class CardWords(CreditSections):
    """Sections on the card itself."""

    @property
    def study(self) -> CreditStudy:
        """The tested card."""
        return self.data.study

    def bad(self) -> Html:
        """What bad means, and how many of the approved went bad."""
        rows, known = self.data.applications, self.data.known
        rate = float(known["defaulted"].mean())
        counts = rows["state"].value_counts()
        lines = [(words, int(counts.get(state, 0))) for state, words in STATES.items()]
        shown = pd.DataFrame(lines, columns=["state", "n"])
        days = self.report.p.outcome_days
        within = f" within {days} days of the decision; younger credits are not counted, because "
        within += "a default is often known before a good ending is"
        within = within if self.data.dated else ""
        beside = (
            f"Bad means: marked as defaulted in the source{within}. What the declined would have "
            f"done nobody has seen. {_left_out(self.data)}"
        )
        says = f"{per_hundred(rate, 'approved credits')} went bad"
        columns = {"state": "Applications", "n": ("Count", number)}
        return section(says, table(shown[shown["n"] > 0], columns), beside)

    def card(self) -> Html:
        """The card as a picture, and its files."""
        card = self.study.card
        table = card.card()
        seen = table[table["n"] > 0]
        self._write(table)
        scale = card.scale
        spread = seen.groupby("attribute", sort=False)["points"].agg(np.ptp)
        widest = spread.idxmax()
        chart = card_points_chart(
            seen[["attribute", "bin", "points"]],
            title=f"{_cap(_said(widest))} moves most: {counted(int(spread.max()), 'point')} apart",
            subtitle=f"Points per answer, learned from {number(len(self.data.known))} credits; "
            "the sum is the score, higher is safer",
            alt=f"Bars of points for {len(seen)} answers to {len(card.bins)} questions; "
            f"{_said(widest)} spans {spread.max()} points.",
            source=_source(self.data),
        )  # fmt: skip
        says = f"{counted(len(card.bins), 'question')} make the score; add the points by pencil"
        beside = (
            f"{scale.base_score} points mean {number(scale.base_odds)} repaid for each default; "
            f"{scale.double_odds} more double the odds. Answers never seen, and missing ones where "
            f"none was seen, get neutral points. Left out because they tell too little: "
            f"{_too_little(card)}. The same card for machines: files/credit_card.csv and "
            "files/credit_card.sql beside this page. It does not show how sure the bars are."
        )
        return section(says, chart, beside)

    def methods(self) -> Html:
        """The card beside its challengers, on the same test."""
        shown = self.areas.sort_values("right", ascending=False, kind="stable")
        gap, inside = self.given_up
        rival = METHOD_WORDS[self.study.rival]
        says = f"The card gives up nothing that can be shown against {rival}"
        if inside.low > 0:
            says = f"The card gives up {number(100 * gap, 1)} pairs in 100 against {rival}"
        if inside.high < 0:
            says = f"The card is better than the best challenger, {rival}"
        columns = {
            "words": "Method",
            "right": ("Pairs in the right order, of 100", _tenth),
        }
        if self.study.in_time:
            columns["chosen"] = ("When the method was chosen", _tenth)
        when = (
            f"Chosen by {self.study.chosen_by} before the test, tested once on later applications. "
            if self.study.in_time
            else "All by the same repeated cross-validation: the best of so many looks slightly "
            "better than it is. "
        )
        beside = (
            "A pair is one credit repaid and one defaulted; 50 of 100 would be chance. "
            f"{when}{_cap(rival)} less the card: {number(100 * gap, 1)} pairs of 100 "
            f"({number(100 * inside.low, 1)} to {number(100 * inside.high, 1)} in 95 of 100 "
            "resamples). The table does not show which method can explain a decline."
        )
        return section(says, table(shown, columns), beside)

    @unless_skipped
    def stability_of_bins(self) -> Html:
        """Whether the answers of the card kept their order in the test."""
        kept = self.kept_order
        wrong = [_said(name) for name, holds in kept.items() if not holds]
        words = "All questions" if not wrong else f"{len(kept) - len(wrong)} of {len(kept)}"
        return note(
            f"{words} kept the direction of their points in the test"
            f"{': not ' + ', '.join(wrong) if wrong else ''}."
        )

    @cached_property
    def kept_order(self) -> dict[str, bool]:
        """Whether points of each question fall as defaults rise in the test."""
        tested = self.data.tested
        rows = self.data.known.set_index("application_id").loc[tested["application_id"]]
        then = self.study.card_then
        points = then.point_array(rows)
        bad = tested["defaulted"].to_numpy(float)
        return {
            bins.name: bool(np.cov(points[:, place], bad)[0, 1] <= 0)
            for place, bins in enumerate(then.bins)
        }

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Method, words, AUC in the test and when chosen, per 100 pairs."""
        tested, tried = self.study.tested, self.study.tried.set_index("method")["auc"]
        names = [*tried.index, "rule"]
        found = [fold_auc(tested["defaulted"], tested[name], tested["fold"]) for name in names]
        shown = pd.DataFrame({"method": names, "auc": found})
        shown["right"] = 100 * shown["auc"]
        shown["chosen"] = 100 * shown["method"].map(tried)
        return shown.assign(words=[self._words(name) for name in names])

    @cached_property
    def given_up(self) -> tuple[float, Interval]:
        """AUC of the best challenger less that of the card, with its paired interval."""
        tested = self.study.tested
        columns = (tested["defaulted"], tested[self.study.rival], tested[CARD], tested["fold"])
        return fold_auc_difference(*columns), self.interval(fold_auc_difference, *columns)

    def interval(self, measure: object, *columns: pd.Series) -> Interval:
        """Interval of a measure of the test, resampled by customer."""
        return bootstrap_interval(
            measure, *columns, customer=self.study.tested["customer"],
            draws=self.report.p.bootstraps, seed=self.report.seed,
        )  # fmt: skip

    def record(self) -> None:
        """Findings of the test."""
        tested, best, find = self.study.tested, self.study.best_method, self.report.find
        area = self.areas.set_index("method")["auc"]
        inside = self.interval(fold_auc, tested["defaulted"], tested[best], tested["fold"])
        by_card = self.interval(fold_auc, tested["defaulted"], tested[CARD], tested["fold"])
        n = tested["application_id"].nunique()
        rule = area["rule"]
        find("test_auc", area[best], low=inside.low, high=inside.high, n=n, baseline=rule)
        find("test_gini", 2 * area[best] - 1, low=2 * inside.low - 1, high=2 * inside.high - 1,
             n=n, baseline=2 * rule - 1)  # fmt: skip
        once = self.study.once
        find("test_ks", ks(once["defaulted"], once[best]), n=n)
        find("scorecard_auc", area[CARD], low=by_card.low, high=by_card.high, n=n, baseline=rule)
        find("scorecard_gini", 2 * area[CARD] - 1, low=2 * by_card.low - 1,
             high=2 * by_card.high - 1, n=n, baseline=2 * rule - 1)  # fmt: skip
        find("best_method", best)
        gap, between = self.given_up
        find("card_gives_up", gap, "AUC", low=between.low, high=between.high, n=n)

    @property
    def finds_something(self) -> bool:
        """Whether the card orders applications better than chance."""
        return self.report.findings["scorecard_auc"]["low"] > 0.5

    def _words(self, name: str) -> str:
        words = METHOD_WORDS[name]
        if name == "rule":
            rule = self.study.rule
            words = f"{words}: {_said(rule.column)}, {rule.direction} first"
        return f"{words} (best when chosen)" if name == self.study.best_method else words

    def _write(self, table: pd.DataFrame) -> None:
        # A picture shortens long lists of answers; who applies the card needs them all.
        answers = [
            " | ".join(sorted(level for level, code in bins.levels.items() if code == place))
            for bins in self.study.card.bins
            for place in range(len(bins.labels) + 1)
        ]
        safe = table.assign(answers=answers).apply(lambda column: column.map(neutral))
        text = safe.to_csv(index=False, lineterminator="\n", float_format="%.10g")
        write_whole(self.report.folder / "files/credit_card.csv", text)
        write_whole(self.report.folder / "files/credit_card.sql", scorecard_sql(self.study.card))


STATES = {
    "known": "approved, outcome known",
    "running": "approved, outcome not known yet",
    "declined": "declined",
    "open": "not decided yet",
}


def test_in_words(data: CreditData) -> str:
    """How the card was tested."""
    study = data.study
    n = number(study.tested["application_id"].nunique())
    if not study.in_time:
        why = "Too few outcomes are known" if data.dated else "The applications have no dates"
        return (
            f"{why}, so the card could not be tested in time: {n} were "
            f"tested by {data.settings.folds}-fold stratified cross-validation, repeated "
            f"{counted(data.report.p.repeats, 'time')}, with bins, reducts and selections learned "
            "inside the folds."
        )
    first, last = study.once["quarter"].min(), study.once["quarter"].max()
    chosen = "a period before" if study.chosen_by == TIME else "cross-validation before"
    return (
        f"Tested once on {n} later applications ({first} to {last}), learned from what was known "
        f"before the first of them; methods were chosen by {chosen} the test. The card in use is "
        f"then learned anew from all {number(len(data.known))} known outcomes up to "
        f"{day(data.report.as_of)}."
    )


def rates_of(data: CreditData) -> pd.DataFrame:
    """Default rate of each class in the test."""
    tested = data.tested
    return class_rates(tested["credit_class"], tested["defaulted"], tested["chance"])


def nothing_found() -> Html:
    """What is said where the card is no better than chance."""
    return answer("The data do not tell good credits from bad, so no class is given")


def _left_out(data: CreditData) -> str:
    if not data.refused:
        return "Nobody was left out for having refused to be profiled."
    return (
        f"{counted(data.refused, 'application')} of customers who refused to be profiled, or whose "
        "consent is not known, are left out: a person decides on them without a score."
    )


def _too_little(card: object) -> str:
    used = {bins.name for bins in card.bins}
    left = [_said(name) for name in card.values.index if name not in used]
    return ", ".join(left) if left else "none"


def _said(name: str) -> str:
    return str(name).replace("_", " ")


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tenth(value: float) -> str:
    return number(value, 1)


def _source(data: CreditData) -> str:
    until = f", applications until {day(data.report.as_of)}" if data.dated else ", undated"
    return f"{data.report.source.title}{until}"


def source_of(data: CreditData) -> str:
    """Source line of the charts."""
    return _source(data)
