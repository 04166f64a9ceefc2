"""Classes, terms and cut-off in words: a scored report -> sections on whom to approve, and how."""

import numpy as np
import pandas as pd

from crm_helpers.charts.approval_curve import credit_profit_chart, strategy_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.credit.class_rates import rising_steps
from crm_helpers.measures.credit.credit_money import expected_loss, profit
from crm_helpers.measures.credit.strategy_curve import bad_rate_at, strategy_curve
from crm_helpers.measures.credit.wrong_decision_cost import break_even_chance, wrong_decision_cost
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.models.credit.methods import CARD
from crm_helpers.page.numerals import interval, number, per_hundred, percent
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, table
from crm_helpers.questions.credit.card import METHOD_WORDS, rates_of, source_of
from crm_helpers.questions.credit.data import CreditSections


class ClassWords(CreditSections):
    """Sections on classes, terms, cut-off and money."""

    @unless_skipped
    def classes(self) -> Html:
        """Default rate of each class in the test, with intervals."""
        self.data.need_evidence()
        rates = rates_of(self.data)
        first, last = rates.iloc[0], rates.iloc[-1]
        n, steps = int(rates["n"].sum()), rising_steps(rates)
        self.report.find("classes", len(rates), "classes", n=n, baseline=steps + 1)
        says = (
            f"{per_hundred(first.event_rate)} in class {first.credit_class} went bad, "
            f"{per_hundred(last.event_rate)} in class {last.credit_class}"
        )
        said = ", ".join(f"{r.credit_class} {percent(r.expected)}" for r in rates.itertuples())
        beside = (
            f"Expected beforehand: {said}. Points: {self._floors()}. Where intervals overlap, two "
            "classes may be one. The chart does not show the declined: only approved credits have "
            "outcomes."
        )
        return section(says, self._class_chart(rates, steps), beside)

    def _class_chart(self, rates: pd.DataFrame, steps: int) -> Chart:
        first, last, possible = rates.iloc[0], rates.iloc[-1], len(rates) - 1
        lines = rates.rename(columns={"event_rate": "value"}).assign(
            label=rates["credit_class"] + " (n " + rates["n"].map(number) + ")"
        )
        rise = "from class to class" if steps == possible else f"in {steps} of {possible} steps"
        return interval_chart(
            lines, form=percent, x_label="Share that defaulted",
            title=f"The default rate rises {rise}",
            subtitle=f"Defaults by class in the test, {number(rates['n'].sum())} credits, "
            "intervals at 95 %",
            alt=f"Points with intervals for {len(rates)} classes: {percent(first.event_rate)} in "
            f"class {first.credit_class}, {percent(last.event_rate)} in {last.credit_class}.",
            source=source_of(self.data),
        )  # fmt: skip

    @unless_skipped
    def terms(self) -> Html:
        """Terms of each class from the parameters, and what credits on them would have brought."""
        self.data.need_evidence()
        shown = self.terms_table()
        pays = shown.loc[shown["profit"] > 0, "credit_class"]
        says = f"Credit pays in {_classes(list(pays))}" if len(pays) else "Credit pays in no class"
        columns = {
            "credit_class": "Class",
            "words": "Terms",
            "event_rate": ("Went bad", percent),
            "loss": (f"Expected loss per 100, {self.report.currency}", number),
            "profit": (f"Profit per 100, {self.report.currency}", number),
        }
        p = self.report.p
        beside = (
            "Limits, deposits, payments in advance and terms are the company's, from the "
            f"parameters. Profit: what 100 tested credits of the class brought on these terms; a "
            f"repaid one earns {percent(p.credit_margin_share)} of the amount, a default loses "
            f"{percent(p.loss_share)} of what is owed without cover. It does not show who would "
            "walk away from such terms, nor what a shorter term changes."
        )
        return section(says, table(shown, columns), beside)

    def terms_table(self) -> pd.DataFrame:
        """One row per class: terms, default rate, expected loss and profit per 100 credits."""
        tested = self.data.tested
        given = self.data.on_class_terms(tested)
        happened = tested["defaulted"].astype(float)
        lost = expected_loss(tested["chance"], given["exposure"], self.report.p.loss_share)
        earned = profit(happened, given, self.data.money)
        money = pd.DataFrame({"loss": 100 * lost, "profit": 100 * earned})
        money = money.groupby(tested["credit_class"].astype(str).to_numpy()).mean()
        rates = rates_of(self.data).set_index("credit_class")["event_rate"]
        terms = self.data.terms.rename_axis("credit_class")
        shown = terms.join(rates).join(money).dropna(subset=["profit"]).reset_index()
        return shown.assign(words=[self._terms(row) for row in shown.itertuples()])

    @unless_skipped
    def cut_off(self) -> Html:
        """The cut-off that pays most, chosen before the test and shown on it."""
        self.data.need_evidence()
        tested, cut = self.data.tested, self.data.cut_off
        curve, share = self.data.curve(tested), float((tested["points"] >= cut).mean())
        best, low, high = self.data.best
        at_cut, everybody = self._profit_at(cut), self._profit_at(-np.inf)
        chart = credit_profit_chart(
            curve, chosen=share, low=low, high=high, currency=self.report.currency,
            title=f"At the cut-off the tested credits brought {self.report.money(at_cut)}, all of "
            f"them {self.report.money(everybody)}",
            subtitle=f"Profit of approving the best first, {number(len(tested))} tested credits as "
            f"asked for; shaded: where the best share lay {self._when} (95 %)",
            alt=f"Curve of profit over the share approved; cut-off at {percent(share)}, profit "
            f"there {self.report.money(at_cut)}.",
            source=source_of(self.data),
        )  # fmt: skip
        gain_low, gain_high = self._gain_interval(cut)
        says = f"Approve from {number(cut)} points on: up to {percent(self.chance_at_cut)} default"
        beside = (
            f"A credit of mean size pays up to a default chance of "
            f"{percent(self.data.break_even)}; past outcomes put the best share of the credits "
            f"approved so far at {percent(best)} ({interval(low, high, percent)}). The cut-off "
            f"against approving all of these changed {self.report.money(at_cut - everybody)} "
            f"({interval(gain_low, gain_high, self.report.money)}). The chart does not show "
            "profits of applicants whom the old policy had declined."
        )
        return section(says, chart, beside)

    @property
    def chance_at_cut(self) -> float:
        """Default chance at the cut-off."""
        return float(self.data.settings.scale.chance(np.array([self.data.cut_off]))[0])

    @property
    def _when(self) -> str:
        return "before the test" if self.data.study.in_time else "over the folds"

    @unless_skipped
    def strategy(self) -> Html:
        """Approval rate against the default rate of the approved."""
        self.data.need_evidence()
        tested, cut = self.data.tested, self.data.cut_off
        curve = strategy_curve(tested["points"], tested["defaulted"])
        share = float((tested["points"] >= cut).mean())
        whole = float(tested["defaulted"].mean())
        kept = bad_rate_at(curve, share) if share > 0 else 0.0
        chart = strategy_chart(
            curve, chosen=share,
            title=f"Approving {percent(share)} of these credits leaves {percent(kept)} bad, "
            f"all of them {percent(whole)}",
            subtitle=f"Defaults among the approved by share approved, {number(len(tested))} tested "
            "credits, band at 95 %",
            alt=f"Curve of the default rate over the share approved, {percent(whole)} at the right "
            f"end, {percent(kept)} at the cut-off.",
            source=source_of(self.data),
        )  # fmt: skip
        approved = self.data.scored["points"] >= cut
        rate = self.report.find("approval_rate", float(approved.mean()), "share", n=len(approved))
        says = f"The card would approve {per_hundred(rate, 'applications')}"
        beside = (
            f"Of all {number(len(approved))} applications, declined ones among them if any. The "
            "curve does not show what approving those would bring: nobody has seen it."
        )
        return section(says, chart, beside)

    @unless_skipped
    def wrong_decisions(self) -> Html:
        """Mean cost of wrong decisions beside approving and declining everybody."""
        self.data.need_evidence()
        shown = self.wrong_table()
        best = shown.iloc[0]
        ratio = self.report.p.bad_good_cost
        says = f"Wrong decisions cost least by: {best['words']}"
        columns = {
            "words": "Who decides",
            "cost": ("Cost per 100 applications", lambda x: number(x, 1)),
            "approved": ("Approved", percent),
        }
        card = shown.set_index("method")["cost"]
        plain = min(card["all"], card["none"]) / 100
        self.report.find("wrong_decision_cost", card[CARD] / 100, "per application",
                         baseline=plain, n=len(self.data.tested))  # fmt: skip
        beside = (
            f"A bad credit approved costs {number(ratio, 1)}, a good one declined 1; approved is "
            f"whoever has a default chance of up to {percent(self._cheap_chance())}, which follows "
            "from these costs. Tested credits alone; it does not show money."
        )
        return section(says, table(shown, columns), beside)

    def wrong_table(self) -> pd.DataFrame:
        """Cost per 100 applications of card, best method, approve-all and decline-all."""
        once, limit = self.data.study.once, self._cheap_chance()
        bad = once["defaulted"].to_numpy(bool)
        names = dict.fromkeys([CARD, self.data.study.best_method, self.data.study.rival])
        rows = {name: once[name].to_numpy(float) <= limit for name in names}
        rows |= {"all": np.ones(len(bad), bool), "none": np.zeros(len(bad), bool)}
        words = METHOD_WORDS | {"all": "approve everybody", "none": "decline everybody"}
        ratio = self.report.p.bad_good_cost
        lines = [
            (name, words[name], 100 * wrong_decision_cost(bad, yes, bad_approved=ratio), yes.mean())
            for name, yes in rows.items()
        ]
        frame = pd.DataFrame(lines, columns=["method", "words", "cost", "approved"])
        return frame.sort_values("cost", kind="stable").reset_index(drop=True)

    def _terms(self, row: object) -> str:
        """Terms of a class as one phrase: a table of five columns is read on a phone too."""
        if row.limit == 0:
            return "no credit: full payment in advance"
        parts = [f"up to {self.report.money(row.limit)}", f"{row.term:.0f} months at most"]
        parts += [f"deposit {percent(row.deposit)}"] * (row.deposit > 0)
        parts += [f"{percent(row.prepayment)} in advance"] * (row.prepayment > 0)
        return ", ".join(parts)

    def _cheap_chance(self) -> float:
        return break_even_chance(bad_approved=self.report.p.bad_good_cost)

    def _floors(self) -> str:
        floors = self.data.terms["floor"]
        known = [f"{name} from {number(floor)}" for name, floor in floors.iloc[:-1].items()]
        return f"{', '.join(known)}, {floors.index[-1]} below"

    def _profits(self) -> np.ndarray:
        tested = self.data.tested
        amount = self.data.amount(tested)
        asked = pd.DataFrame({"granted": amount, "exposure": amount})
        return profit(tested["defaulted"].astype(float), asked, self.data.money)

    def _profit_at(self, cut: float) -> float:
        return float(self._profits()[(self.data.tested["points"] >= cut).to_numpy()].sum())

    def _gain_interval(self, cut: float) -> tuple[float, float]:
        """Interval of what the cut-off changed against approving all of the test."""
        left_out = np.where(self.data.tested["points"] >= cut, 0.0, -self._profits())
        return bootstrap_interval(
            np.sum, left_out, customer=self.data.tested["customer"],
            draws=self.report.p.bootstraps, seed=self.report.seed,
        )  # fmt: skip


def _classes(names: list[str]) -> str:
    return f"class {names[0]}" if len(names) == 1 else f"classes {', '.join(names)}"
