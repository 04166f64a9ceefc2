"""Channels: what a customer costs and brings, first promotions, winning against keeping."""

from collections.abc import Callable
from functools import cached_property

import pandas as pd

from crm_helpers.features.first_purchase import first_purchases
from crm_helpers.features.won_customers import channel_months, won_customers
from crm_helpers.measures.effects.effect import Effect, mean_effect
from crm_helpers.measures.forecasts.evidence import CLAIMS_A_QUARTER, FALSE_QUARTERS
from crm_helpers.measures.statistics.mean_interval import mean_interval
from crm_helpers.measures.value.payback import payback_curve, payback_month
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html, number, percent, table
from crm_helpers.questions.acquisition.leads import Leads
from crm_helpers.questions.campaigns.numbers import UpliftNumbers
from crm_helpers.tables.needs import Skip


class Channels:
    """What channels cost and bring.

    Parameters
    ----------
    leads : Leads
    """

    def __init__(self, leads: Leads) -> None:
        self.leads, self.data, self.report = leads, leads.data, leads.report

    @cached_property
    def costs(self) -> pd.DataFrame:
        """Leads, customers and cost of each channel, index channel."""
        rows = self.leads.outcomes.assign(cost=self.leads.outcomes["cost"].astype(float))
        costs = rows.groupby("channel").agg(
            leads=("lead_id", "size"), customers=("is_converted", "sum"), cost=("cost", "sum")
        )
        costs = costs[costs["leads"] >= self.report.p.min_group]
        costs["conversion"] = costs["customers"] / costs["leads"]
        costs["cost_each"] = costs["cost"] / costs["customers"].where(costs["customers"] > 0)
        return costs

    @cached_property
    def won(self) -> pd.DataFrame:
        """Money of each customer won over the days followed."""
        need(self.report.tables, leads=["customer_id"], transactions=["customer_id", "ordered_at"])
        won = self.report.features(won_customers)
        money = next((c for c in ("followed_margin", "followed_revenue") if c in won), "")
        if not money or won.empty:
            raise Skip(
                f"No customer won as a lead could be followed for {self.report.p.follow_days} days "
                "with prices. Choose a shorter follow_days or add prices."
            )
        share = 1.0 if money == "followed_margin" else self.report.p.margin_share
        won = won.assign(money=won[money].astype(float) * share)
        if self.report.p.shuffle_outcomes:
            return shuffled(won, "money", seed=self.report.seed)
        return won

    @cached_property
    def customer_value(self) -> float:
        """Mean margin of a customer won, over the days followed."""
        return float(self.won["money"].mean())

    @cached_property
    def channel_value(self) -> pd.Series:
        """Mean margin of a customer won, by channel with enough of them."""
        sizes = self.won.groupby("channel")["money"].agg(["size", "mean"])
        return sizes.loc[sizes["size"] >= self.report.p.min_group, "mean"]

    @unless_skipped
    def table(self) -> Html:
        """Cost, conversion, later value, loss and payback of each channel."""
        costs = self.costs
        report, total = self.report, self.leads.outcomes
        if costs.empty:
            raise Skip(
                f"no channel has the {report.p.min_group} leads from which it is shown. Add leads, "
                "or lower min_group."
            )
        won = int(total["is_converted"].sum())
        if costs["cost"].sum() > 0 and won:
            report.find("cost_per_customer", float(total["cost"].astype(float).sum()) / won,
                        report.currency, n=won)  # fmt: skip
        shown = self._with_value(costs).sort_values("order", ascending=False).reset_index()
        form = lambda amount: number(amount, 0)  # noqa: E731
        columns = {
            "channel": "Channel",
            "leads": "Leads",
            "conversion": ("Became customers", percent),
            "cost_each": (f"Cost per customer, {report.currency}", lambda x: number(x, 1)),
            "money": (f"Margin in {report.p.follow_days} days, {report.currency}", form),
            "interval": "Interval at 95 %",
            "is_lost": ("Lost by then", percent),
            "payback": "Months to pay back",
        }
        kept = {c: h for c, h in columns.items() if c in shown and shown[c].notna().any()}
        if costs["cost"].sum() == 0:
            kept.pop("cost_each", None)
        return section(self._says(shown), table(shown.head(12), kept), self._beside(shown))

    def _with_value(self, costs: pd.DataFrame) -> pd.DataFrame:
        try:
            won = self.won
        except Skip:
            return costs.assign(order=costs["conversion"])
        by_channel = won.groupby("channel")
        value = pd.DataFrame(
            {c: mean_interval(rows["money"]) for c, rows in by_channel}, index=["money", "lo", "hi"]
        ).T
        value["interval"] = [f"{number(r.lo)} to {number(r.hi)}" for r in value.itertuples()]
        value["is_lost"] = by_channel["is_lost"].mean()
        value = value[by_channel.size() >= self.report.p.min_group]
        months = payback_curve(self.report.features(channel_months))
        payback = payback_month(months, costs["cost_each"].dropna(),
                                min_customers=self.report.p.min_group)  # fmt: skip
        table_ = costs.join(value).assign(payback=payback)
        return table_.assign(order=table_["money"].fillna(-1))

    def _says(self, shown: pd.DataFrame) -> str:
        if "money" not in shown or shown["money"].notna().sum() < 2:
            best = shown.sort_values("conversion", ascending=False).iloc[0]
            return f"{best['channel']} converts best: {percent(best['conversion'])} of its leads"
        known = shown.dropna(subset=["money"])
        poorest, best = known.iloc[-1], known.iloc[0]
        form = self.report.money
        if not self._is_poorer(str(poorest["channel"]), len(known)):
            return "No channel is shown to bring poorer customers than the others"
        self.report.find("poorest_channel", str(poorest["channel"]))
        if known["cost_each"].notna().any() and poorest["cost_each"] == known["cost_each"].min():
            return (
                f"{poorest['channel']} wins the cheapest customers, {form(poorest['cost_each'])} "
                f"each, and the poorest: {form(poorest['money'])} against "
                f"{form(best['money'])} of {best['channel']}"
            )
        return (
            f"Customers of {best['channel']} bring most, {form(best['money'])}; those of "
            f"{poorest['channel']} least, {form(poorest['money'])}"
        )

    def _is_poorer(self, channel: str, looked_at: int) -> bool:
        """Whether the poorest of so many channels is poorer than the rest beyond chance."""
        level = 1 - 2 * FALSE_QUARTERS / CLAIMS_A_QUARTER / looked_at
        mine = self.won["channel"] == channel
        return mean_effect(self.won["money"], mine, interval_level=level).high < 0

    def _beside(self, shown: pd.DataFrame) -> str:
        if "money" not in shown:
            return (
                "What customers brought later is not known: the source has no orders of customers "
                "won. Cost is that of the leads where the source has it."
            )
        young = shown.loc[shown["money"].isna(), "channel"].astype(str)
        waits = f" Too young to be followed: {', '.join(young)}." if len(young) else ""
        return (
            "Cost is that of all leads of the channel. Margin is before marketing; channels differ "
            f"in whom they reach, so moving money between them may change these figures.{waits}"
        )

    @unless_skipped
    def first_promotion(self) -> Html:
        """What customers did later who came with a promotion, and without."""
        need(self.report.tables, transactions=["customer_id", "ordered_at", "promotion"])
        rows = self.report.features(first_purchases)
        by_promotion = rows["promotion_share"] > 0
        smallest = min(by_promotion.sum(), (~by_promotion).sum())
        if smallest < self.report.p.min_group:
            raise Skip(
                f"Only {number(smallest)} customers came with, or without, a promotion and could "
                f"be followed for {self.report.p.follow_days} days."
            )
        money = next((c for c in ("later_margin", "later_revenue") if c in rows), "later_orders")
        gap = mean_effect(rows[money], by_promotion)
        names = by_promotion.map({True: "with a promotion", False: "without"})
        shown = rows.groupby(names.rename("first")).mean(numeric_only=True).reset_index()
        shown["customers"] = shown["first"].map(names.value_counts())
        columns = {
            "first": "First order",
            "customers": "Customers",
            "later_orders": ("Later orders", lambda x: number(x, 1)),
            "later_promotion_share": ("Later lines on promotion", percent),
            money: (f"Later {money[6:]}, {self.report.currency}", number),
        }
        says = _promotion_in_words(gap, self.report.money)
        beside = (
            f"In the {self.report.p.follow_days} days after the first order; difference "
            f"{self._between(gap)}. Nobody was drawn at "
            "random, so the promotion need not be the reason."
        )
        return section(says, table(shown, columns), beside)

    def _between(self, gap: Effect) -> str:
        form = self.report.money
        return f"{form(gap.difference)} ({form(gap.low)} to {form(gap.high)})"

    @unless_skipped
    def win_or_keep(self) -> Html:
        """Cost of winning a customer beside the cost of one more order of an old one."""
        costs = self.report.findings.get("cost_per_customer")
        if costs is None:
            raise Skip("What a customer costs is not known. Map the cost of leads in the source.")
        keep = UpliftNumbers(self.data, "retention")
        effect, money = keep.effect, keep.money
        if not effect.is_shown or effect.difference <= 0:
            raise Skip("Retention campaigns are not shown to keep anybody.")
        kept = (money.contact_cost + money.offer_cost * effect.treated_mean) / effect.difference
        form = lambda amount: self.report.money(amount, 2)  # noqa: E731
        lines = [
            ("win a new customer", costs["value"], self._worth(lambda: self.customer_value)),
            ("bring back one order of a customer", kept, money.response_value),
        ]
        shown = pd.DataFrame(lines, columns=["what", "cost", "worth"])
        columns = {"what": "To", "cost": ("Costs", form), "worth": ("Brings margin of", form)}
        dearer = "dearer" if costs["value"] > kept else "cheaper"
        says = (
            f"Winning a customer costs {form(costs['value'])}, {dearer} than {form(kept)} for one "
            "more order of a customer who is drifting away"
        )
        beside = (
            f"A new customer's margin is that of {self.report.p.follow_days} days, before other "
            "cost; the kept order's is that order alone."
        )
        return section(says, table(shown, columns), beside)

    def _worth(self, value: object) -> float | None:
        try:
            return value()
        except Skip:
            return None


def _promotion_in_words(gap: Effect, form: Callable[[float], str]) -> str:
    if not gap.is_shown:
        return "Customers won with a promotion are not shown to differ later"
    more = "more" if gap.difference > 0 else "less"
    return f"Customers won with a promotion bring {form(abs(gap.difference))} {more} later"
