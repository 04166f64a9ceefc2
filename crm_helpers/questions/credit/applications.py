"""What the credit report works on: a report -> applications, a tested card, points, classes."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.applications import AFTERWARDS, applicants, known_applications
from crm_helpers.measures.credit.credit_money import on_terms
from crm_helpers.measures.forecasts.profit_curve import best_cut_off, cut_off_interval, profit_curve
from crm_helpers.models.credit.classes import credit_classes
from crm_helpers.models.credit.study import (
    BEFORE,
    KEY,
    CreditStudy,
    credit_study,
    enough_in_time,
)
from crm_helpers.models.propensity.parts import PropensitySettings, model_columns
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents
from crm_helpers.questions.credit.terms import class_terms, credit_money, credit_settings
from crm_helpers.tables.needs import Skip

NO_ATTRIBUTES = (
    KEY, *AFTERWARDS, "customer_id", "customer", "state", "role", "quarter", "approved_quarter",
    "default_days",
)  # fmt: skip


class CreditData:
    """Applications of those who did not refuse to be profiled, scored by a card.

    Parameters
    ----------
    report : Report
    """

    def __init__(self, report: Report):
        self.report, self.terms = report, class_terms(report)
        self.settings, self.money = credit_settings(report), credit_money(report)

    @cached_property
    def applications(self) -> pd.DataFrame:
        """One row per application by as_of; outcomes dealt out anew where that is asked for."""
        rows = self.report.features(known_applications)
        agreed = consents(self.report)
        if "may_profile" in agreed and "customer_id" in rows:
            # A customer whose row was set aside may have refused: then nobody knows.
            allowed = agreed.loc[agreed["may_profile"], "customer_id"]
            rows = rows[rows["customer_id"].isna() | rows["customer_id"].isin(allowed)]
        if self.report.p.shuffle_outcomes:
            rows = self._dealt(rows)
        return rows.reset_index(drop=True)

    @cached_property
    def refused(self) -> int:
        """Applications of customers who refused to be profiled, or may have."""
        return len(self.report.features(known_applications)) - len(self.applications)

    @property
    def dated(self) -> bool:
        """Whether the source says when applications were made."""
        return "role" in self.applications

    @cached_property
    def known(self) -> pd.DataFrame:
        """Applications whose outcome is known."""
        rows = self.applications[self.applications["state"] == "known"]
        if rows.empty:
            raise Skip(
                "No application has a known outcome: `defaulted` is empty everywhere. "
                "Wait for outcomes or map them under `applications:`."
            )
        rows = rows.assign(defaulted=rows["defaulted"].astype(bool)).reset_index(drop=True)
        # Too few outcomes for a test in time are still enough for folds, and the page says so.
        thin = self.dated and not enough_in_time(rows, self.settings)
        return rows.drop(columns="role") if thin else rows

    def need_evidence(self) -> None:
        """Stop a section that would rest on a card no better than chance.

        Raises
        ------
        Skip
            If the interval of its AUC holds 0.5.
        """
        if self.report.findings["scorecard_auc"]["low"] <= 0.5:
            raise Skip("In the test the card did not tell good credits from bad beyond chance.")

    @cached_property
    def attributes(self) -> list[str]:
        """All attributes of an application but the protected ones."""
        left = {*NO_ATTRIBUTES, *self.report.p.protected_columns}
        return [name for name in self.applications if name not in left]

    @cached_property
    def usable(self) -> tuple[list[str], pd.DataFrame]:
        """Attributes the methods may use, and those left out with their reason."""
        rows = self.known
        if "role" in rows:
            rows = rows[rows["role"].isin(BEFORE)]
        settings = PropensitySettings(
            seed=self.report.seed, exclude_columns=tuple(self.report.p.exclude_columns)
        )
        frame = rows[[KEY, *self.attributes]]
        watched = () if self.dated else tuple(self.attributes)
        return model_columns(frame, rows["defaulted"].to_numpy(), [KEY], settings, watched=watched)

    @cached_property
    def study(self) -> CreditStudy:
        """Card and challengers, learned and tested."""
        return credit_study(self.known, self.usable[0], self.settings)

    @cached_property
    def scored(self) -> pd.DataFrame:
        """All applications with points, chance and credit_class by the card of today.

        Where folds tested the card a known application keeps the points of the fold that had
        not seen it.
        """
        points = self.study.card.score(self.applications[self.study.columns]).astype(float)
        if not self.study.in_time:
            unseen = self.study.once.set_index(KEY)["points"]
            own = self.applications[KEY].map(unseen).to_numpy(dtype=float)
            points = np.where(np.isnan(own), points, own)
        return self.applications.assign(**self.said(points))

    def said(self, points: np.ndarray) -> dict[str, object]:
        """Points, the chance of default they stand for, and the class."""
        floors = self.terms["floor"]
        return {
            "points": np.asarray(points, dtype=int),
            "chance": self.settings.scale.chance(points),
            "credit_class": credit_classes(points, floors).array,
        }

    @cached_property
    def tested(self) -> pd.DataFrame:
        """Test rows, each application once, with what they asked for, chance and class."""
        once = self.study.once
        asked = self.known.set_index(KEY)[self.money_columns].loc[once[KEY]].reset_index(drop=True)
        return pd.concat([once, asked], axis=1).assign(**self.said(once["points"].to_numpy()))

    @property
    def money_columns(self) -> list[str]:
        """The amount, where the source has one."""
        return [c for c in ("amount",) if c in self.known]

    def amount(self, rows: pd.DataFrame) -> pd.Series:
        """Amount asked for; Skip where the source has none."""
        if "amount" not in rows:
            raise Skip("The applications have no amount, so no money can be put beside them.")
        return rows["amount"].astype(float).fillna(float(self.known["amount"].mean()))

    def on_class_terms(self, rows: pd.DataFrame) -> pd.DataFrame:
        """What each would be granted on the terms of its class, and what is at risk."""
        terms = self.terms.loc[rows["credit_class"].astype(str)].reset_index(drop=True)
        return on_terms(self.amount(rows).reset_index(drop=True), terms)

    @cached_property
    def choice_rows(self) -> pd.DataFrame:
        """Applications that the cut-off is chosen by: those before the test, where there is one."""
        rows = self.study.learned.drop_duplicates(KEY).reset_index(drop=True)
        asked = self.known.set_index(KEY)["amount"].loc[rows[KEY]].to_numpy(float)
        return rows.assign(amount=asked)

    def curve(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Profit of approving the best first, as asked for."""
        return profit_curve(~rows["defaulted"], rows["points"], **self._stakes(rows))

    @cached_property
    def best(self) -> tuple[float, float, float]:
        """Most profitable share of the applications before the test, with its interval."""
        _ = self.amount(self.known)
        rows = self.choice_rows
        found = best_cut_off(self.curve(rows))
        low, high = cut_off_interval(
            ~rows["defaulted"], rows["points"], **self._stakes(rows),
            draws=self.report.p.bootstraps, seed=self.report.seed,
        )  # fmt: skip
        share = found.contacted_share
        return share, min(low, share), max(high, share)

    @cached_property
    def break_even(self) -> float:
        """Default probability up to which approving pays, for the mean amount."""
        return self.money.break_even(float(self.amount(self.known).mean()))

    @cached_property
    def cut_off(self) -> int:
        """Least points approved.

        Arithmetic gives it; where past outcomes contradict it by more than noise, they decide.
        """
        by_hand = self.settings.scale.points_at(min(max(self.break_even, 1e-6), 1 - 1e-6))
        share, low, high = self.best
        points = self.choice_rows["points"]
        if low <= float((points >= by_hand).mean()) <= high:
            return by_hand
        return int(points.quantile(1 - share)) if share > 0 else int(points.max()) + 1

    @cached_property
    def protected(self) -> pd.DataFrame:
        """Protected attributes of each application scored, in its order; for the audit alone."""
        named, rows = self.report.p.protected_columns, self.scored
        found = {name: self.applications[name] for name in named if name in self.applications}
        tables = self.report.tables
        if "customers" in tables and "customer_id" in rows:
            people = self.report.features(applicants).set_index(KEY)
            more = [name for name in named if name in people and name not in found]
            found |= {name: people[name].reindex(rows[KEY]).to_numpy() for name in more}
        return pd.DataFrame(found, index=rows.index)

    def _stakes(self, rows: pd.DataFrame) -> dict[str, np.ndarray]:
        amount = rows["amount"].to_numpy(float)
        lost = self.money.loss_share * amount
        return {
            "gain": self.money.margin_share * amount + lost,
            "cost": lost + self.money.handling_cost,
        }

    def _dealt(self, rows: pd.DataFrame) -> pd.DataFrame:
        by_role = rows.assign(origin_on=rows["role"] if "role" in rows else "all")
        dealt = shuffled(by_role, "defaulted", seed=self.report.seed)
        return dealt.drop(columns="origin_on")


class CreditSections:
    """Sections of the credit report that rest on its data.

    Parameters
    ----------
    data : CreditData
    """

    def __init__(self, data: CreditData):
        self.data, self.report = data, data.report
