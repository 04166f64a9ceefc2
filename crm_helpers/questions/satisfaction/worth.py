"""Satisfaction and behaviour: answers with later orders, cases, last list -> sections."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.answers_and_orders import answers_and_orders
from crm_helpers.features.rfm import rfm
from crm_helpers.features.survey_answers import service_cases
from crm_helpers.measures.effects.effect import Effect, rate_effect
from crm_helpers.measures.feedback.answer_values import answer_values, is_unhappy
from crm_helpers.models.satisfaction.behaviour_link import Link, behaviour_link
from crm_helpers.page import trends
from crm_helpers.page.actions import read_list
from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html, day, number, per_hundred, percent, table
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.tables.needs import Skip

AFTERWARDS = {
    "what": "What",
    "plain": "Difference as it is",
    "adjusted": "Among alike customers",
    "interval": "Interval at 95 %",
    "smallest": "Smallest that would show",
}
VOLUMES = {
    "label": "Period",
    "cases": ("Tickets and calls", number),
    "repeats": ("Again within 30 days", percent),
}
TIMES = {
    "days": ("Days until closed, median", lambda x: number(x, 1)),
    "slow": ("Slowest tenth from, days", lambda x: number(x, 1)),
    "open_cases": ("Still open", number),
}


class Worth:
    """Sections of the satisfaction report on what follows an answer.

    Attributes
    ----------
    data : FeedbackData
    """

    def __init__(self, data: FeedbackData) -> None:
        self.data, self.report = data, data.report

    @cached_property
    def followed(self) -> pd.DataFrame:
        """Answers to the main question whose following days are over, with what was bought."""
        need(self.report.tables, feedback=["given_at", "customer_id", "score"],
             transactions=["customer_id", "ordered_at"])  # fmt: skip
        rows = who_may_be_grouped(self.report.features(answers_and_orders), self.data.agreed)
        main = self.data.main[["item", "scale"]].iloc[0]
        rows = rows[(rows["item"] == main["item"]) & (rows["scale"] == main["scale"])]
        rows = rows.assign(
            unhappy=is_unhappy(rows["score"], rows["scale"]),
            answer_value=answer_values(rows["score"], rows["scale"]),
            lapsed=rows["orders_after"] == 0,
            wave=rows["answer_age_days"] // self.report.p.period_days,
        ).reset_index(drop=True)
        if not self.report.parameters.get("shuffle_outcomes"):
            return rows
        order = np.random.default_rng(self.report.seed).permutation(len(rows))
        mixed = rows[["lapsed", "orders_after", "revenue_after"]].iloc[order]
        return rows.assign(**mixed.reset_index(drop=True))

    @cached_property
    def lapse_link(self) -> Link:
        """Difference of the share without an order afterwards: unhappy less others."""
        return behaviour_link(
            self.followed, "unhappy", "lapsed", min_answers=self.report.p.min_answers
        )

    @cached_property
    def point_worth(self) -> Link:
        """Margin that goes with one point of NPS, over all customers and the following days.

        Raises
        ------
        Skip
            If the main question is no recommendation or the orders have no prices.
        """
        if self.data.main_scale != "nps":
            raise Skip("Without a question of recommendation there is no NPS to be worth anything.")
        self.data.money_of()
        rows = self.followed
        # Revenue is bounded at its 99th percentile: one large buyer must not decide.
        bound = rows["revenue_after"].quantile(0.99)
        rows = rows.assign(bounded=rows["revenue_after"].clip(0, bound))
        link = behaviour_link(
            rows, "answer_value", "bounded", min_answers=self.report.p.min_answers
        )
        factor = self.data.margin_share * len(self.data.base)
        amounts = (link.plain, link.adjusted, link.low, link.high)
        scaled = [factor * amount for amount in amounts]
        return Link(*scaled, link.answers, link.customers, factor * link.smallest_detectable)

    @unless_skipped
    def after_the_answer(self) -> Html:
        """Whether the unhappy buy less afterwards, and what a point of NPS goes with."""
        link, days = self.lapse_link, number(self.report.p.outcome_days)
        found = {"low": link.low, "high": link.high, "n": link.answers, "baseline": link.plain}
        self.report.find("unhappy_lapse_difference", link.adjusted, "share", **found)
        rates = self.followed.groupby("unhappy")["lapsed"].mean()
        said = f"{100 * abs(link.adjusted):.0f} more of 100"
        says = f"It is not shown that unhappy customers buy less in the {days} days that follow"
        if link.is_shown:
            more = "do not order" if link.adjusted > 0 else "order"
            says = f"Of unhappy customers {said} {more} in the {days} days that follow"
        lines = [_line("Customers without an order, of 100", link, lambda x: number(100 * x, 1))]
        lines += self._worth_line()
        beside = (
            f"{number(link.answers)} answers of {number(link.customers)} customers; without an "
            f"order afterwards: {per_hundred(rates.get(True))} unhappy, "
            f"{per_hundred(rates.get(False))} others. Alike: as many orders, as much money and as "
            "recent before the answer. Nobody was made unhappy by lot, so this is no proof that "
            "raising the score would bring the money."
        )
        return section(says, table(pd.DataFrame(lines), AFTERWARDS), beside)

    def _worth_line(self) -> list[dict[str, str]]:
        try:
            worth = self.point_worth
        except Skip:
            return []
        found = {"low": worth.low, "high": worth.high, "n": worth.answers, "baseline": worth.plain}
        unit = self.report.currency
        self.report.find("nps_point_value", worth.adjusted, unit, **found)
        label = f"Margin of all customers with one point of NPS, {self.report.currency}"
        return [_line(label, worth, lambda x: number(x, 0))]

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Tickets and calls with repeats and time until closed."""
        need(self.report.tables, feedback=["given_at", "collected_by"])
        rows = who_may_be_grouped(self.report.features(service_cases), self.data.agreed)
        if rows[rows["period"] == 0].empty:
            raise Skip("The source has no tickets or calls of the last period.")
        return rows

    @unless_skipped
    def service(self) -> Html:
        """Contacts, repeats, time until closed and open cases, now and before."""
        rows = self.cases[self.cases["period"] <= 1]
        timed = "resolved_at" in self.report.tables["feedback"].columns
        counts = rows.groupby("period").agg(
            cases=("feedback_id", "size"), repeats=("is_repeat", "mean"),
            days=("case_days", "median"), slow=("case_days", lambda d: d.quantile(0.9)),
            open_cases=("is_open", "sum"),
        )  # fmt: skip
        now = counts.loc[0]
        self.report.find("service_cases", int(now["cases"]), "cases")
        says = f"{number(now['cases'])} tickets and calls"
        if 1 in counts.index:
            says += f", {number(counts.loc[1, 'cases'])} in the period before"
        if timed:
            self.report.find("open_cases", int(now["open_cases"]), "cases", n=int(now["cases"]))
            says += f"; {number(now['open_cases'])} of them still open"
        labels = {0: "last period", 1: "period before"}
        shown = counts.sort_index(ascending=False).reset_index()
        shown = shown.assign(label=shown["period"].map(labels))
        columns = VOLUMES | TIMES if timed else VOLUMES
        beside = (
            f"Periods of {number(self.report.p.period_days)} days. Times are of closed cases, so "
            "the last period looks a little quicker than it is while slow cases are open."
        )
        return section(says, table(shown, columns), beside)

    @cached_property
    def calls_effect(self) -> tuple[Effect, str]:
        """Share with an order since the last list: called less control group, and its day."""
        before = trends.earlier_report(self.report.history, self.report.as_of, self.report.stem)
        path = self.report.history / (before or {"as_of": "none"})["as_of"]
        path = path / "actions" / f"{self.report.stem}.csv"
        if not path.exists():
            raise Skip(
                "There is no list of the last quarter. When this one has been worked off, the next "
                "report compares those called with its control group."
            )
        need(self.report.tables, transactions=["customer_id", "ordered_at"])
        listed = read_list(path, "customer_id")
        since = windows.parse_date(before["as_of"])
        days = (self.report.as_of - since).days
        bought = self.report.features(rfm, observation_days=days)["customer_id"]
        listed = listed.assign(bought=listed["customer_id"].isin(bought))
        called = ~listed["is_control"].astype(str).eq("True")
        if min(called.sum(), (~called).sum()) < self.report.p.min_group:
            counts = int(called.sum()), int((~called).sum())
            raise Skip(
                f"The last list has {counts[0]} customers to call and {counts[1]} "
                f"in its control group; {self.report.p.min_group} of each are needed to compare."
            )
        return rate_effect(listed["bought"], called), day(since)

    @unless_skipped
    def last_calls(self) -> Html:
        """Whether the last list helped, against its control group."""
        effect, since = self.calls_effect
        found = {"low": effect.low, "high": effect.high}
        n = effect.treated_count + effect.control_count
        self.report.find("callback_effect", effect.difference, "share", **found, n=n)
        said = number(100 * abs(effect.difference), 1)
        says = "It is not shown that the last calls changed who orders"
        if effect.is_shown:
            more = "more" if effect.difference > 0 else "fewer"
            says = f"Of those on the last list to be called, {said} of 100 {more} ordered since"
        rows = pd.DataFrame([
            ("to be called", effect.treated_count, effect.treated_mean),
            ("control group", effect.control_count, effect.control_mean),
        ], columns=["group", "n", "share"])  # fmt: skip
        columns = {
            "group": "Group",
            "n": ("Customers", number),
            "share": ("Ordered since", percent),
        }
        low, high = number(100 * effect.low, 1), number(100 * effect.high, 1)
        beside = (
            f"List of {since}. Difference between {low} and {high} of 100 at 95 %; a true one of "
            f"{number(100 * effect.smallest_detectable, 1)} would have been seen in four of five "
            "tries. Everyone on the list counts, called in fact or not."
        )
        return section(says, table(rows, columns), beside)


def _line(what: str, link: Link, form: Callable[[float], str]) -> dict[str, str]:
    return {
        "what": what,
        "plain": form(link.plain),
        "adjusted": form(link.adjusted),
        "interval": f"{form(link.low)} to {form(link.high)}",
        "smallest": form(link.smallest_detectable),
    }
