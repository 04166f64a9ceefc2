"""Win-back without randomized contacts: lost customers who returned by themselves -> sections."""

import datetime as dt
from functools import cached_property

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.data_span import data_span
from crm_helpers.features.lost_customers import came_back, lost_customers
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL, Evidence, evidence
from crm_helpers.models.propensity.model import Propensity, fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html, number, table
from crm_helpers.questions.campaigns.data import ContactData
from crm_helpers.questions.retention.win_back import (
    returns_foreseen,
    second_life_value,
    too_late_in_words,
)
from crm_helpers.tables.needs import Skip

BANDS = 5


class NaturalReturns:
    """Who of the lost returns by himself; what a contact adds is an assumption.

    Parameters
    ----------
    data : ContactData
    """

    def __init__(self, data: ContactData) -> None:
        self.data, self.report = data, data.report

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Lost customers at each origin, and those of today (role score)."""
        need(self.report.tables, transactions=["customer_id", "ordered_at"])
        p = self.report.p
        start = pd.Timestamp(self.report.features(data_span)["data_from"].iloc[0]).date()
        moments = windows.origins(
            self.report.as_of,
            outcome_days=p.outcome_days,
            data_from=start,
            observation_days=p.memory_days,
        )
        if moments.observation_days <= p.lost_days:
            raise Skip(
                f"Lost customers are looked for {p.lost_days} days back and more, but the data "
                f"leave {moments.observation_days} days. Choose a shorter lost_days."
            )
        days = {"lost_days": p.lost_days, "memory_days": moments.observation_days}
        outcome = {"outcome_days": p.outcome_days}
        return origin_rows(
            self.report.features, moments, [lost_customers], came_back, **days, **outcome
        )

    @cached_property
    def model(self) -> Propensity:
        """Chance to return by himself, tested in time."""
        p = self.report.parameters
        settings = PropensitySettings(
            seed=self.report.seed, min_events=p["min_events"],
            exclude_columns=tuple(p.get("protected_columns", ())),
        )  # fmt: skip
        return fit_in_time(self.rows, outcome="returned", settings=settings)

    @cached_property
    def evidence(self) -> Evidence:
        """What the test shows of model and rule."""
        return evidence(self.model.test, draws=self.report.p.bootstraps, seed=self.report.seed)

    @unless_skipped
    def success(self) -> Html:
        """Who of the lost comes back by himself, and how well that is foreseen."""
        found = self.evidence
        self.report.find("winback_test_auc", found.auc, "", low=found.auc_interval.low,
                         high=found.auc_interval.high, level=CLAIM_LEVEL, n=found.customers,
                         baseline=found.rule_auc)  # fmt: skip
        says = (
            f"Of 100 lost customers {number(100 * found.base_rate, 1)} come back by themselves "
            f"within {self.report.p.outcome_days} days"
        )
        test = self.model.test
        band = 5 - pd.qcut(test["probability"].rank(method="first"), 5, labels=False)
        shown = test.groupby(band).agg(
            customers=("outcome", "size"), expected=("probability", "mean"),
            returned=("outcome", "mean"),
        ).rename_axis("fifth").reset_index()  # fmt: skip
        columns = {
            "fifth": "Fifth, likeliest first",
            "customers": "Customers",
            "expected": ("Expected back of 100", lambda x: number(100 * x, 1)),
            "returned": ("Came back of 100", lambda x: number(100 * x, 1)),
        }
        beside = (
            "No win-back campaign kept a control group drawn at random, so this says who returns, "
            "not what a contact changes. Tested on the last complete window."
        )
        return section(says, table(shown, columns), beside)

    @unless_skipped
    def foreseen(self) -> Html:
        """How well it was foreseen who of the lost comes back by himself."""
        return returns_foreseen(self.report, "the last complete window")

    @unless_skipped
    def too_late(self) -> Html:
        """Returns by days without an order, with the assumed gain of a contact."""
        bands = self._bands()
        columns = {
            "group": "Days without an order",
            "customers": "Customers",
            "rate": ("Came back of 100", lambda x: number(100 * x, 1)),
            "net": (f"Net per 100 contacts, {self.report.currency}", number),
        }
        lift = self.report.p.contact_lift
        beside = (
            f"Assumption: a contact raises the chance to return by {number(100 * lift)} % of "
            "itself. Net: that rise x worth of a second life, less the cost of the contact."
        )
        return section(too_late_in_words(bands), table(bands, columns), beside)

    def _bands(self) -> pd.DataFrame:
        rows = self.rows[self.rows["role"] != "score"]
        band = pd.qcut(rows["recency_days"], BANDS, duplicates="drop")
        bands = rows.groupby(band, observed=True)["returned"].agg(["size", "mean", "sem"])
        p, value = self.report.p, second_life_value(self.data)[0]
        worth = 100 * p.contact_lift * value
        return pd.DataFrame(
            {
                "group": [f"{i.left:,.0f} to {i.right:,.0f}" for i in bands.index],
                "from_days": [i.left for i in bands.index],
                "customers": bands["size"].to_numpy(),
                "rate": bands["mean"].astype(float).to_numpy(),
                "net": bands["mean"].astype(float).to_numpy() * worth - 100 * p.contact_cost,
                "net_high": (bands["mean"].astype(float) + 2 * bands["sem"].astype(float))
                .to_numpy() * worth - 100 * p.contact_cost,
            }
        )  # fmt: skip

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Lost customers of today; nobody when the order is no better than chance."""
        if not self.evidence.finds_something:
            return pd.DataFrame()
        p, now = self.report.p, self.rows[self.rows["role"] == "score"]
        if now.empty:
            return pd.DataFrame()
        model = self.model.by_rule() if self.evidence.loses_to_rule else self.model
        chance = pd.Series(model.probability(now), index=now.index)
        value = second_life_value(self.data)[0]
        return pd.DataFrame(
            {
                "customer_id": now["customer_id"],
                "what": "win-back contact",
                "why": "returns of customers like this one: "
                + (100 * chance).round().astype(int).astype(str) + " of 100; gain assumed",
                "probability": (chance * p.contact_lift).clip(0, 1),
                "value": value,
                "cost": p.contact_cost,
                "expected_net_value": chance * p.contact_lift * value - p.contact_cost,
                "if_left_alone": chance,
            }
        )  # fmt: skip

    @property
    def due_on(self) -> dt.date:
        """Last day of the window in which returns will be seen."""
        return self.report.as_of + self.report.p.outcome_days * windows.ONE_DAY
