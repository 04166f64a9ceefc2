"""Feedback of a report: tables -> answers with values, consent respected, groups of customers."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.customer_attributes import customer_attributes
from crm_helpers.features.customer_value import customer_value
from crm_helpers.features.rfm import rfm
from crm_helpers.features.survey_answers import survey_answers, survey_invitations
from crm_helpers.measures.feedback.answer_values import answer_values
from crm_helpers.page.parts import has_columns
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.tables.needs import Skip

QUESTION = ["collected_by", "item", "scale"]


class FeedbackData:
    """Answers of a report, of those who did not refuse to be profiled.

    Attributes
    ----------
    report : Report
    """

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def agreed(self) -> pd.DataFrame:
        """Consent of each customer."""
        return consents(self.report)

    @cached_property
    def _all(self) -> pd.DataFrame:
        rows = self.report.features(survey_answers)
        if rows.empty:
            raise Skip("There is no answer on any scale by this day.")
        return rows

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Every answer that counts, with its value on its scale."""
        rows = who_may_be_grouped(self._all, self.agreed)
        return rows.assign(answer_value=answer_values(rows["score"], rows["scale"]))

    @property
    def refused(self) -> int:
        """Customers left out because they refused to be profiled."""
        return self._all["person_id"].nunique() - self.answers["person_id"].nunique()

    @cached_property
    def recent(self) -> pd.DataFrame:
        """Answers of the observation window, by which drivers are judged."""
        return self.answers[self.answers["answer_age_days"] < self.report.p.observation_days]

    @cached_property
    def main(self) -> pd.DataFrame:
        """Answers to the question that stands for all: recommendation, else overall, else most."""
        rows = self.answers
        for one in (rows["scale"] == "nps", rows["item"] == self.report.p.overall_item):
            if one.any():
                return rows[one]
        return rows[rows["scale"] == rows["scale"].mode().iloc[0]]

    @property
    def main_scale(self) -> str:
        """Scale of the question that stands for all."""
        return str(self.main["scale"].iloc[0])

    @cached_property
    def invitations(self) -> pd.DataFrame:
        """Everyone invited, and whether he answered."""
        if not has_columns(self.report.tables, "feedback", "invited_at", "given_at"):
            raise Skip("The source does not say who was invited.")
        rows = who_may_be_grouped(self.report.features(survey_invitations), self.agreed)
        if rows.empty:
            raise Skip("Nobody was invited by this day.")
        return rows

    @cached_property
    def base(self) -> pd.DataFrame:
        """Customers with an order in the observation window, and the groups they belong to."""
        if not has_columns(self.report.tables, "transactions", "customer_id", "ordered_at"):
            raise Skip("Without orders the customer base is not known.")
        rows = who_may_be_grouped(self.report.features(rfm), self.agreed)
        if "customers" in self.report.tables:
            known = self.report.features(customer_attributes)
            rows = rows.merge(known, on="customer_id", how="left")
        return rows.assign(**_groups(rows, self.report))

    @property
    def group_names(self) -> list[str]:
        """Columns of `base` that hold groups."""
        protected = {"gender"}
        texts = [c for c in ("channel", "region") if c in self.base and c not in protected]
        made = [c for c in ("orders group", "age group", "customer since") if c in self.base]
        return [*made, *texts]

    def money_of(self) -> pd.DataFrame:
        """Revenue and margin of each customer in the observation window."""
        if not has_columns(self.report.tables, "transactions", "revenue"):
            raise Skip("The orders have no prices, so nobody's value is known.")
        return self.report.features(customer_value)

    @cached_property
    def margin_share(self) -> float:
        """Margin / revenue where cost is known, else the parameter."""
        value = self.money_of()
        revenue = float(value["net_revenue_sum"].sum())
        if "margin_sum" not in value or revenue <= 0:
            return self.report.p.margin_share
        return float(value["margin_sum"].sum()) / revenue


def _groups(rows: pd.DataFrame, report: Report) -> dict[str, pd.Series]:
    """Customers by number of orders, age and year of joining, as texts."""
    named = ["one order", "2 to 4 orders", "5 or more orders"]
    orders = pd.cut(rows["frequency_orders"], [0, 1, 4, np.inf], labels=named)
    made = {"orders group": orders.astype(str)}
    if "birth_year" in rows:
        age = report.as_of.year - rows["birth_year"].astype(float)
        named = ["to 34", "35 to 49", "50 to 64", "from 65"]
        bands = pd.cut(age, [0, 34, 49, 64, 130], labels=named)
        made["age group"] = ("age " + bands.astype(str)).where(bands.notna(), "age not known")
    years = (rows["tenure_days"] // 365).clip(upper=2)
    words = {0: "customer under one year", 1: "customer for 1 to 2 years"}
    made["customer since"] = years.map(words).fillna("customer for 2 years or more")
    return made
