"""Figures of satisfaction: answers -> main figure, changes, weighted figure, figures of groups."""

from functools import cached_property

import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from crm_helpers.measures.feedback.score_table import score_changes, score_table
from crm_helpers.measures.statistics.raking import raking_weights
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean
from crm_helpers.page.words import number
from crm_helpers.questions.satisfaction.data import QUESTION, FeedbackData
from crm_helpers.questions.satisfaction.words import HEADERS, figure_form, question, span
from crm_helpers.tables.needs import Skip

NAMES = {"nps": "nps", "csat": "csat", "stars": "stars_mean", "ces": "ces_mean"}


class ScoreNumbers:
    """Figures of the satisfaction report, each worked out when it is first asked for.

    Attributes
    ----------
    data : FeedbackData
    """

    def __init__(self, data: FeedbackData) -> None:
        self.data, self.report = data, data.report

    @cached_property
    def main(self) -> SurveyMean:
        """Main figure of the last period."""
        return self._mean(self.data.main[self.data.main["period"] == 0])

    @cached_property
    def changed(self) -> pd.DataFrame:
        """Change of every question since the period before, surest first."""
        rows = score_changes(self.data.answers, QUESTION, min_group=self.report.p.min_group)
        if rows.empty:
            raise Skip("No question has enough answers in the last period and the one before.")
        names = [question(*key) for key in rows[QUESTION].itertuples(index=False)]
        return rows.assign(question=names)

    @cached_property
    def weighted(self) -> SurveyMean:
        """Main figure of the last period, weighted to look like the customer base."""
        rows = self.data.main[self.data.main["period"] == 0]
        names = self.data.group_names
        joined = rows.merge(self.data.base[["customer_id", *names]], on="customer_id")
        if joined["person_id"].nunique() < max(2, self.report.p.min_group):
            raise Skip("Too few answers can be matched with customers who ordered.")
        known = joined[names].fillna("not known").astype(str)
        weight = raking_weights(known, self.data.base[names].fillna("not known").astype(str))
        return survey_mean(joined["answer_value"], weight=weight, person=joined["person_id"])

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Main figure of each group of customers, with whether it differs from the others."""
        names = self.data.group_names
        rows = self.data.main.merge(self.data.base[["customer_id", *names]], on="customer_id")
        rows = rows[rows["answer_age_days"] < self.report.p.observation_days]
        long = rows.melt(["person_id", "answer_value"], names, "kind", "group")
        long = long.dropna(subset="group")
        found = score_table(long, ["kind", "group"], min_group=self.report.p.min_group)
        if found.empty:
            raise Skip(f"No group has {self.report.p.min_group} answers.")
        whole = survey_mean(rows["answer_value"], person=rows["person_id"])
        surely = 2 * stats.norm.sf(((found["mean"] - whole.mean) / found["error"].clip(1e-9)).abs())
        differs = multipletests(surely, 0.05, "fdr_bh")[0]
        return found.assign(differs=differs, whole=whole.mean, whole_count=whole.n)

    @property
    def says(self) -> str:
        """Main figure in a sentence."""
        main, scale = self.main, self.data.main_scale
        form = figure_form(scale)
        name = HEADERS.get(scale, "Mean answer")
        if scale == "csat":
            return f"{form(main.mean)} customers are satisfied ({span(main.low, main.high, form)})"
        return (
            f"{name} {form(main.mean)}, between {form(main.low)} and {form(main.high)} by "
            f"{number(main.n)} answers"
        )

    def _mean(self, rows: pd.DataFrame) -> SurveyMean:
        if rows["person_id"].nunique() < 2:
            raise Skip(f"Fewer than two persons answered in the last {self._days()} days.")
        return survey_mean(rows["answer_value"], person=rows["person_id"])

    @staticmethod
    def _unit(scale: str) -> str:
        return {"nps": "points", "csat": "share", "stars": "stars"}.get(scale, "")

    def _name(self) -> str:
        return HEADERS.get(self.data.main_scale, "Mean answer")

    def _days(self) -> str:
        return number(self.report.p.period_days)

    @property
    def _source(self) -> str:
        return f"{self.report.source.title}, answers of surveys"
