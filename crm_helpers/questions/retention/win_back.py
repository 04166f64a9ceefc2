"""Win-back in words and charts: campaigns to lost customers -> sections of the page."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.lost_customers import second_lives
from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL, claim_interval
from crm_helpers.measures.statistics.mean_interval import mean_interval
from crm_helpers.measures.value.contact_money import ContactMoney, contact_money
from crm_helpers.page.report import Report
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, paragraph, percent, table
from crm_helpers.questions.campaigns.data import ContactData
from crm_helpers.questions.campaigns.sections import Retention
from crm_helpers.questions.campaigns.words import points
from crm_helpers.tables.needs import Skip

BANDS = 5
FEWEST_LIVES = 30


class WinBack(Retention):
    """Sections on winning lost customers back, where past contacts were drawn at random."""

    def __init__(self, data: ContactData) -> None:
        super().__init__(data, "win_back")

    @property
    def _offer(self) -> str:
        return ""

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """What was known of each person, looked back for as long as lost customers need."""
        return self.data.profiles(observation_days=self.report.p.memory_days)

    def today(self) -> pd.DataFrame:
        """What is known of each person now, looked back as far."""
        return self.data.today(observation_days=self.report.p.memory_days)

    @cached_property
    def second_life(self) -> tuple[float, float, float]:
        """Margin of a second life: mean, low, high over the days followed."""
        return second_life_value(self.data)

    @cached_property
    def money(self) -> ContactMoney:
        """Cost of a contact, and the second life that a success is worth."""
        p = self.report.p
        return contact_money(
            self.contacts,
            contact_cost=p.contact_cost,
            offer_cost=p.offer_cost,
            outcome_value=self.second_life[0],
            margin_share=self.data.margin_share,
        )

    @unless_skipped
    def success(self) -> Html:
        """Who of the lost comes back when contacted, and how well that is foreseen."""
        test = self.study.test[self.study.test["is_treated"]]
        happened, chance = test["outcome"].to_numpy(bool), test["treated_rate"].to_numpy(float)
        rule = self._rule(test)
        area = auc(happened, chance)
        found = claim_interval(
            happened, chance, customer=test["person"], draws=self.report.p.bootstraps
        )
        self.report.find("winback_test_auc", area, "", low=found.low, high=found.high,
                         level=CLAIM_LEVEL, n=len(test), baseline=auc(happened, rule))  # fmt: skip
        best = test[test["treated_rate"] >= test["treated_rate"].quantile(0.8)]
        says = (
            f"Of 100 lost customers contacted {number(100 * happened.mean(), 1)} came back, of "
            f"the likeliest fifth {number(100 * best['outcome'].mean(), 1)}"
        )
        shown = group_effects(self.study.test, self.study.test["group"])
        shown = shown.sort_values("treated_mean", ascending=False)
        columns = {
            "group": "Group",
            "share": ("Share", percent),
            "treated_mean": ("Back when contacted", percent),
            "control_mean": ("Back anyway", percent),
            "difference": ("Change per 100", points),
        }
        mean, low, high = self.second_life
        beside = (
            f"Tested on {self.study.tested_on}. A second life brought "
            f"{self.report.money(mean)} of margin in {self.report.p.follow_days} days "
            f"({self.report.money(low)} to {self.report.money(high)})."
        )
        return section(says, table(shown, columns), beside)

    def _rule(self, test: pd.DataFrame) -> np.ndarray:
        """Score of the plain rule: the shorter away, the likelier."""
        keys = test[["person", "campaign"]].rename(columns={"person": "person_id"})
        rows = keys.merge(self.profiles, on=["person_id", "campaign"], how="left")
        if "recency_days" not in rows:
            return np.zeros(len(test))
        return -rows["recency_days"].astype(float).fillna(rows["recency_days"].max()).to_numpy()

    @unless_skipped
    def foreseen(self) -> Html:
        """How well it was foreseen who of the lost comes back."""
        return returns_foreseen(self.report, self.study.tested_on)

    @unless_skipped
    def too_late(self) -> Html:
        """Change, worth and cost by days without an order, to see from when it no longer pays."""
        bands = self._bands()
        says = too_late_in_words(bands)
        columns = {
            "group": "Days without an order",
            "treated_count": "Contacted",
            "control_count": "Control",
            "difference": ("Change per 100", points),
            "interval": "Interval at 95 %",
            "net": (f"Net per 100 contacts, {self.report.currency}", number),
        }
        beside = (
            "All randomized win-back campaigns. Net: change x worth of a second life, less the "
            "cost of contact and offer. Bands with wide intervals may hide a group that pays."
        )
        return section(says, table(bands, columns), beside)

    def _bands(self) -> pd.DataFrame:
        keys = ["person_id", "campaign"]
        rows = self.contacts.merge(self.profiles[[*keys, *self._days()]], on=keys, how="left")
        rows = rows[rows["recency_days"].notna()].reset_index(drop=True)
        cuts = np.unique(np.quantile(rows["recency_days"], np.linspace(0, 1, BANDS + 1)).round())
        band = pd.cut(rows["recency_days"], cuts, include_lowest=True, labels=False)
        trial = rows.assign(outcome=rows["responded"].astype(int))
        bands = group_effects(trial, band.astype(int)).sort_values("group")
        money = self.money
        cost = money.expected_cost(bands["treated_mean"])
        bands["net"] = 100 * (bands["difference"] * money.response_value - cost)
        bands["net_high"] = 100 * (bands["high"] * money.response_value - cost)
        bands["from_days"] = [int(cuts[band]) for band in bands["group"]]
        bands["interval"] = [f"{points(r.low)} to {points(r.high)}" for r in bands.itertuples()]
        bands["group"] = [f"{cuts[band]:,.0f} to {cuts[band + 1]:,.0f}" for band in bands["group"]]
        return bands

    def _days(self) -> list[str]:
        if "recency_days" not in self.profiles:
            raise Skip(
                "How long the lost have been away is not known. Add transactions to the source."
            )
        return ["recency_days"]


def returns_foreseen(report: Report, tested_on: str) -> Html:
    """Sentence on the test of who comes back, for the part on trust.

    Raises
    ------
    Skip
        If it was not tested.
    """
    found = report.findings.get("winback_test_auc")
    if found is None:
        raise Skip("Who of the lost comes back could not be tested.")
    return paragraph(
        f"Who of the lost comes back: AUC {number(found['value'], 3)} ({number(found['low'], 3)} "
        f"to {number(found['high'], 3)}), against {number(found['baseline'], 3)} of the plain "
        f"rule; tested on {tested_on}, {number(found['n'])} customers."
    )


def second_life_value(data: ContactData) -> tuple[float, float, float]:
    """Mean margin of customers who came back, over the days followed, with its interval.

    Raises
    ------
    Skip
        If too few came back, or the source has no prices.
    """
    if "transactions" not in data.report.tables:
        raise Skip("What a second life is worth is not known. Add transactions to the source.")
    lives = data.report.features(second_lives)
    column = next((c for c in ("second_margin", "second_revenue") if c in lives), "")
    if not column or len(lives) < FEWEST_LIVES:
        raise Skip(
            f"{len(lives):,} customers came back and could be followed for "
            f"{data.report.p.follow_days} days; at least {FEWEST_LIVES} with prices are needed. "
            "Choose a shorter follow_days or add history."
        )
    share = 1.0 if column == "second_margin" else data.report.p.margin_share
    amounts = lives[column].astype(float) * share
    mean, low, high = mean_interval(amounts, person=lives["customer_id"])
    return mean, low, high


def too_late_in_words(bands: pd.DataFrame) -> str:
    """Heading on when it is too late, from bands in order of days with net and net_high."""
    pays = bands["net"] > 0
    if not pays.any():
        return "Winning back is not expected to pay, however short customers have been away"
    last = int(np.flatnonzero(pays.to_numpy())[-1])
    if last == len(bands) - 1:
        return "It is not too late yet: a contact pays in the longest band as well"
    days = number(bands["from_days"].iloc[last + 1])
    sure = " for sure" if (bands["net_high"].iloc[last + 1 :] < 0).all() else ", as far as is known"
    return f"After {days} days without an order a contact no longer pays{sure}"
