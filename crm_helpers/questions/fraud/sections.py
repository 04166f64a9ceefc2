"""Fraud in words and charts: a study -> sections of the page."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.measures.fraud.benford import benford_applies, benford_distance, first_digits
from crm_helpers.page.numerals import counted, number, per_hundred, percent
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, answer, note, table
from crm_helpers.questions.fraud.numbers import FraudNumbers
from crm_helpers.questions.fraud.study import TOGETHER
from crm_helpers.tables.needs import Skip

CASES_SHOWN = 8


class Fraud(FraudNumbers):
    """Sections of the fraud report.

    Parameters
    ----------
    report : Report
    """

    @unless_skipped
    def first(self) -> Html:
        """Payments to open first, with reasons and history, without any id."""
        rows = self.cases
        if rows.empty:
            return answer("No payment under review is worth opening") + note(
                "Either every payment was examined already, or opening one would cost more than "
                "it is expected to save."
            )
        money = rows["value"].sum()
        says = (
            f"Open {counted(len(rows), 'payment')} of the last {self.p.review_days} days: "
            f"{self.report.money(money)} are at risk in them"
        )
        shown = rows.head(CASES_SHOWN)
        columns = {
            "value": (f"Amount, {self.report.currency}", number),
            "probability": ("Chance of fraud", _chance),
            "why": "Why",
            "history": "The customer before",
            "expected_net_value": (f"Expected net, {self.report.currency}", number),
        }
        beside = (
            "The first of the list; which payments they are stands in the file alone. A reason "
            "says what is unusual, it proves nothing: only the check does."
        )
        return section(says, table(shown, columns), beside)

    def _members_in_words(self) -> str:
        members = self.study.refunds.loc[self.study.members.index]
        people = members["customer_id"].nunique() if "customer_id" in members else 0
        return (
            f"Found without labels, comparing shops over a year: {counted(len(members), 'refund')} "
            f"to {counted(people, 'customer')} who had two or more of them. It may have an honest "
            "cause, such as one product at that price: ask the shop before accusing anybody."
        )

    @unless_skipped
    def detectors(self) -> Html:
        """What each detector finds alone, and all together, at the same capacity."""
        rows = self.by_detector
        best, rule = rows.iloc[0], rows.iloc[-1]
        says = (
            f"Of {number(best['known'])} known frauds they find {number(best['found'])} together "
            f"in {counted(best['cases'], 'case')}, {rule['detector']} {number(rule['found'])} in "
            f"{number(rule['cases'])}"
        )
        beside = (
            "Fraud that nobody examined counts as honest here, for every way of looking: a way "
            "that finds new kinds is shown too low. Who costs more than it saves stands in the "
            "table alone."
        )
        return section(says, self._detector_chart(rows), beside)

    def _detector_chart(self, rows: pd.DataFrame) -> Chart:
        best, rule = rows.iloc[0], rows.iloc[-1]
        column, form, unit = "found", number, " known frauds found"
        if self.study.has_money:
            column, form, unit = "net_value", self.report.money, " saved, cost taken off,"
        title = f"{form(best[column])}{unit} by all together, {form(rule[column])} by "
        # A bar to the left would cover the names; who loses money stands in the table.
        shown = rows[(rows[column] >= 0) | rows["detector"].eq(TOGETHER)]
        return bar_chart(
            shown[["detector", column]], form=number, highlight=TOGETHER,
            title=title + rule["detector"],
            subtitle=self._unit_words() + f", {self._capacity_words()}; "
            f"{number(len(self.study.test))} payments of the test",
            alt=f"Bars by way of looking: {best['detector']} {form(best[column])}, "
            f"{rule['detector']} {form(rule[column])}.",
            source=self.source,
        )  # fmt: skip

    def _unit_words(self) -> str:
        if self.study.has_money:
            return f"Money saved by known frauds, less cost of checking, {self.report.currency}"
        return "Known frauds among the payments opened"

    def money_by_detector(self) -> Html:
        """The same in money and in customers disturbed."""
        rows = self.by_detector
        columns = {
            "detector": "Way of looking",
            "cases": ("Payments opened", number),
            "found_share": ("Known frauds found", percent),
            "only_here": ("Found by no other", number),
            "disturbed": ("Others opened per fraud", _disturbed),
        }
        if self.study.has_money:
            columns["money_found"] = (f"Money found, {self.report.currency}", number)
            columns["net_value"] = (f"Saved less cost, {self.report.currency}", number)
        return table(rows, columns) + note(
            "Others opened are good customers disturbed, as far as anybody knows: some of them "
            "were never examined. 'Found by no other' sets aside all together and largest first."
        )

    @unless_skipped
    def kinds(self) -> Html:
        """Known frauds of the test by kind, and how many of each were opened."""
        rows = self.by_kind
        low = rows.sort_values("found_share").iloc[0]
        says = (
            f"Least is found of: {low['kind']} ({number(low['found'])} of {number(low['known'])})"
        )
        columns = {
            "kind": "Kind of fraud, by what it broke",
            "known": ("Known frauds", number),
            "found": ("Opened", number),
            "found_share": ("Share opened", percent),
        }
        beside = (
            "Kinds are told by fixed rules, because the labels do not name them; small numbers: "
            "a few cases more or less change the shares."
        )
        return section(says, table(rows, columns), beside)

    @unless_skipped
    def new_patterns(self) -> Html:
        """Refund clusters, found without any label."""
        found = self.study.clusters
        if self.study.refunds.empty:
            raise Skip("the source has no dated refunds with shop and amount.")
        if found.empty:
            return answer("No shop has too many refunds just below a limit") + note(
                "Groups that keep their refunds well away from every limit would not be seen."
            )
        top = found.iloc[0]
        says = (
            f"Shop {top['shop_id']}: {number(top['near_refunds'])} refunds just below "
            f"{self.report.money(top['limit'])}, where "
            f"{number(top['expected_refunds'], 1)} would be usual"
        )
        columns = {
            "shop_id": "Shop",
            "limit": (f"Just below, {self.report.currency}", number),
            "near_refunds": ("Refunds there", number),
            "expected_refunds": ("Usual", lambda one: number(one, 1)),
            "near_sum": (f"Paid out, {self.report.currency}", number),
        }
        return section(says, table(found.head(10), columns), self._members_in_words())

    @unless_skipped
    def rules(self) -> Html:
        """What each fixed rule would have caught in the test."""
        rows = self.by_rule
        if rows.empty:
            raise Skip("no payment breaks a fixed rule: the columns that they need are missing.")
        best = rows.iloc[0]
        says = (
            f"Switch on first: {best['rule']} ({per_hundred(best['precision'], 'hits')} are fraud)"
        )
        columns = {
            "rule": "Rule",
            "cases": ("Payments that break it", number),
            "found": ("Known frauds", number),
            "precision": ("Fraud per hit", percent),
            "net_value": (f"Saved less cost, {self.report.currency}", number),
        }
        beside = (
            "Counted in the test, with fraud nobody examined taken for honest: the share of fraud "
            "is at least this. Limits of the rules were fixed beforehand, not fitted to labels."
        )
        return section(says, table(rows, columns), beside)

    @unless_skipped
    def how_many(self) -> Html:
        """Money saved less cost at several numbers of cases a day."""
        if not (self.study.is_dated and self.study.has_money):
            raise Skip("without dates and amounts no day's work can be weighed against its cost.")
        rows = self.by_capacity
        best = rows.loc[rows["net_value"].idxmax()]
        says = f"Most is saved with {number(best['daily'])} cases a day, by known fraud"
        shown = pd.DataFrame(
            {"label": rows["daily"].map("{:,.0f} a day".format), "net": rows["net_value"]}
        )
        chart = bar_chart(
            shown, form=number, highlight=f"{best['daily']:,.0f} a day",
            title=f"{self.report.money(best['net_value'])} saved at {number(best['daily'])} a day",
            subtitle=f"{self.report.currency} saved less cost of checking in {self.p.test_days} "
            f"days of test; {number(len(self.study.test))} payments",
            alt="Bars by cases opened a day: "
            + ", ".join(f"{r.daily} {number(r.net_value)}" for r in rows.itertuples()) + ".",
            source=self.source,
        )  # fmt: skip
        beside = (
            f"A check costs {self.report.money(self.p.check_cost)} and saves "
            f"{percent(self.p.recoverable_share)} of a fraud: both are parameters. What the fear "
            "of being checked prevents is not counted."
        )
        return section(says, chart, beside)

    @unless_skipped
    def digits(self) -> Html:
        """Whether first digits of amounts can tell anything here."""
        if "amount" not in self.study.rows:
            raise Skip("the payments have no amounts.")
        amount = self.study.rows["amount"]
        distance = benford_distance(amount)
        if not benford_applies(amount):
            return answer(
                "First digits tell nothing here: the honest amounts do not follow the law"
            ) + note(
                f"Mean distance from Benford's law {number(distance, 4)} (it applies below 0.015, "
                "to amounts that span two orders of magnitude). No payment is judged by its digits."
            )
        rows = first_digits(amount)
        columns = {
            "digit": "First digit",
            "digit_share": ("Found", lambda one: percent(one, 1)),
            "benford_share": ("By the law", lambda one: percent(one, 1)),
        }
        says = f"The amounts follow Benford's law (mean distance {number(distance, 4)})"
        return section(
            says, table(rows, columns), "It tells of whole groups, never of one payment."
        )

    def _capacity_words(self) -> str:
        if self.study.is_dated:
            return f"at most {number(self.p.cases_per_day)} opened a day"
        return f"the first {number(self.study.capacity)} of one list"


def _chance(share: float) -> str:
    return f"{min(round(100 * share), 99):d} of 100"


def _disturbed(count: float) -> str:
    return number(count, 1) if count != float("inf") else "no fraud found"
