"""Satisfaction in figures: answers -> sections on level, change, time, who answers and groups."""

from functools import cached_property

import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from crm_helpers.charts.control_chart import control_chart_of
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.control_chart import control_chart
from crm_helpers.measures.raking import raking_weights
from crm_helpers.measures.score_table import score_changes, score_table
from crm_helpers.measures.weighted_mean import SurveyMean, survey_mean
from crm_helpers.reporting.satisfaction_data import QUESTION, FeedbackData
from crm_helpers.reporting.satisfaction_words import (
    HEADERS,
    MEANINGS,
    change_form,
    figure_form,
    moved,
    question,
    span,
)
from crm_helpers.reporting.sections import section, unless_skipped
from crm_helpers.reporting.words import Html, number, per_hundred, table
from crm_helpers.tables.needs import Skip

NAMES = {"nps": "nps", "csat": "csat", "stars": "stars_mean", "ces": "ces_mean"}
MOST_LINES = 11


class Scores:
    """Sections of the satisfaction report on how satisfied customers are.

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

    @unless_skipped
    def now(self) -> Html:
        """Every scale, with what it counts, interval and answers."""
        rows = self.data.answers
        last = rows[(rows["period"] == 0) & self._is_overall(rows)]
        shown = score_table(last, QUESTION).sort_values("n", ascending=False)
        if shown.empty:
            raise Skip(f"Fewer than two persons answered in the last {self._days()} days.")
        self._keep(shown)
        # The question that stands for all comes first.
        is_main = shown["scale"] == self.data.main_scale
        shown = pd.concat([shown[is_main], shown[~is_main]], ignore_index=True)
        forms = [figure_form(scale) for scale in shown["scale"]]
        shown = shown.assign(
            question=[question(*key) for key in shown[QUESTION].itertuples(index=False)],
            figure=[form(v) for form, v in zip(forms, shown["mean"], strict=True)],
            interval=[span(a, b, f) for f, a, b in
                      zip(forms, shown["low"], shown["high"], strict=True)],
            meaning=shown["scale"].map(MEANINGS),
        )  # fmt: skip
        columns = {
            "question": "Asked",
            "figure": "Figure",
            "interval": "Interval at 95 %",
            "n": ("Answers", number),
            "meaning": "What it counts",
        }
        beside = (
            f"Last {self._days()} days; the scales are never mixed, and ratings of those who write "
            "of themselves (reviews, tickets) say less about all customers than a survey does."
        )
        return section(self.says, table(shown.head(12), columns), beside)

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

    @unless_skipped
    def changes(self) -> Html:
        """Change of every question since the period before, with a verdict."""
        rows = self.changed
        self._keep_change(rows)
        sure = rows[rows["is_change"]]
        says = "No question moved by more than noise since the period before"
        if len(sure):
            told = [moved(r.question, r.scale, r.mean_change) for r in sure.head(3).itertuples()]
            worst = "; ".join(told)
            says = f"Moved by more than noise: {worst}"
        forms = [(figure_form(s), change_form(s)) for s in rows["scale"]]
        shown = rows.assign(
            before=[f(v) for (f, _), v in zip(forms, rows["mean_before"], strict=True)],
            now=[f(v) for (f, _), v in zip(forms, rows["mean_now"], strict=True)],
            moved=[f(v) for (_, f), v in zip(forms, rows["mean_change"], strict=True)],
            interval=[span(a, b, f) for (_, f), a, b in
                      zip(forms, rows["low"], rows["high"], strict=True)],
            verdict=rows["is_change"].map({True: "more than noise", False: "noise"}),
        )  # fmt: skip
        columns = {
            "question": "Asked", "before": "Before", "now": "Now", "moved": "Change",
            "interval": "Interval at 95 %", "n_now": ("Answers now", number), "verdict": "Verdict",
        }  # fmt: skip
        beside = (
            f"Two periods of {self._days()} days. The verdict allows for {len(rows)} questions "
            "looked at (of the changes called real at most 5 in 100 by chance). It does not say "
            "why."
        )
        return section(says, table(shown.head(12), columns), beside)

    @unless_skipped
    def over_time(self) -> Html:
        """Control chart of the main figure."""
        try:
            chart = control_chart(self.data.main, min_group=self.report.p.min_group)
        except ValueError:
            raise Skip(
                "Fewer than three periods have enough answers for limits to be drawn."
            ) from None
        outside = int(chart["is_outside"].sum())
        last = chart.iloc[-1]
        form, name = figure_form(self.data.main_scale), self._name()
        says = f"{name} is within its usual range"
        if last["is_outside"]:
            says = f"{name} left its usual range: {form(last['mean'])}"
        elif outside:
            says = f"{name} is within its usual range now; {outside} earlier periods were not"
        ends = [self.report.as_of - pd.Timedelta(days=int(p) * self.report.p.period_days)
                for p in chart["period"]]  # fmt: skip
        shown = control_chart_of(
            chart, labels=[f"{end:%b %y}" for end in ends], form=form,
            title=f"{name}: {form(last['mean'])} in the last period, usual "
            f"{form(last['lower_limit'])} to {form(last['upper_limit'])}",
            subtitle=f"Periods of {self._days()} days by their last month; grey: three standard "
            f"errors around the mean of the periods before; {number(chart['n'].sum())} answers",
            alt=f"Line over {len(chart)} periods, {form(chart['mean'].min())} to "
            f"{form(chart['mean'].max())}, last {form(last['mean'])}, with limits "
            f"{form(last['lower_limit'])} to {form(last['upper_limit'])}.",
            source=self._source,
        )  # fmt: skip
        beside = (
            "Chance alone leaves the range about three times in a thousand periods. Small steps "
            "in the same direction over several periods may stay unnoticed here."
        )
        return section(says, shown, beside)

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

    @unless_skipped
    def who_answers(self) -> Html:
        """Response rate, and the main figure with and without weights."""
        plain, weighted, form = self.main, self.weighted, figure_form(self.data.main_scale)
        rate = self.response_rate()
        apart = weighted.mean - plain.mean
        move = change_form(self.data.main_scale)(apart)
        says = f"Weighted to look like all customers, the figure moves by {move}"
        if abs(apart) < plain.error:
            says = "Who answers hardly changes the figure: weighting moves it by " + move
        name = "nps_weighted" if self.data.main_scale == "nps" else "csat_weighted"
        self.report.find(name, weighted.mean, self._unit(self.data.main_scale), low=weighted.low,
                         high=weighted.high, n=weighted.n, baseline=plain.mean)  # fmt: skip
        rows = pd.DataFrame(
            [(label, form(m.mean), span(m.low, m.high, form), m.n, m.design_effect)
             for label, m in (("as answered", plain), ("weighted", weighted))],
            columns=["figure", "value", "interval", "n", "design_effect"],
        )  # fmt: skip
        columns = {
            "figure": "Figure", "value": self._name(), "interval": "Interval at 95 %",
            "n": ("Answers", number), "design_effect": ("Design effect", lambda x: number(x, 2)),
        }  # fmt: skip
        beside = (
            f"{rate}Weighted by {', '.join(self.data.group_names)} of the customers with an order "
            "in the window. Weights cannot make up for those who keep silent because they are "
            "unhappy: among alike customers the silent may think otherwise."
        )
        return section(says, table(rows, columns), beside)

    def response_rate(self) -> str:
        """Sentence on how many of those invited answered; keeps the finding."""
        try:
            rows = self.data.invitations[self.data.invitations["period"] == 0]
            rate = survey_mean(rows["has_answered"].astype(float), person=rows["person_id"])
        except (Skip, ValueError):
            return ""
        self.report.find("response_rate", rate.mean, "share", low=max(rate.low, 0.0),
                         high=min(rate.high, 1.0), n=rate.n)  # fmt: skip
        return f"{per_hundred(rate.mean)} of {number(rate.n)} invited answered. "

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
        self.whole_count = whole.n
        surely = 2 * stats.norm.sf(((found["mean"] - whole.mean) / found["error"].clip(1e-9)).abs())
        differs = multipletests(surely, 0.05, "fdr_bh")[0]
        return found.assign(differs=differs, whole=whole.mean)

    @unless_skipped
    def by_group(self) -> Html:
        """Main figure of groups of customers."""
        found, form = self.groups, figure_form(self.data.main_scale)
        apart = found[found["differs"]].sort_values("mean")
        says = "No group of customers differs from the others by more than noise"
        if len(apart):
            least, most = apart.iloc[0], apart.iloc[-1]
            says = f"Least satisfied: {least['group']} ({form(least['mean'])})"
            if len(apart) > 1:
                says += f"; most: {most['group']} ({form(most['mean'])})"
        asked = number(self.whole_count)
        shown = found.nlargest(MOST_LINES, "n").sort_values("mean")
        shown = shown.rename(columns={"group": "label", "mean": "value"})
        chart = interval_chart(
            shown[["label", "value", "low", "high"]], form=form, x_label=self._name(),
            reference=float(found["whole"].iloc[0]),
            title=f"{self._name()} from {form(shown['value'].min())} to "
            f"{form(shown['value'].max())} by group",
            subtitle=f"Last {self.report.p.observation_days} days, largest groups, intervals at "
            f"95 %; dashed: all {asked} answers",
            alt=f"Points with intervals for {len(shown)} groups, from {form(shown['value'].min())} "
            f"to {form(shown['value'].max())}.",
            source=self._source,
        )  # fmt: skip
        beside = (
            f"Groups overlap, and {number(len(found))} were looked at, which the verdict allows "
            "for. A group that differs may do so because of something else that its members share."
        )
        return section(says, chart, beside)

    @unless_skipped
    def by_occasion(self) -> Html:
        """Scores by occasion and scale, least first."""
        rows = self.data.recent
        rows = rows[(rows["touchpoint"] != "") & (rows["collected_by"] != "survey")]
        found = score_table(rows, ["touchpoint", "scale", "collected_by"],
                            min_group=self.report.p.min_group)  # fmt: skip
        if found.empty:
            raise Skip("No occasion has enough scores outside of surveys.")
        found = found.sort_values(["scale", "mean"], ignore_index=True)
        stars = found[found["scale"] == found["scale"].mode().iloc[0]]
        form = figure_form(stars["scale"].iloc[0])
        says = (
            f"Lowest: {stars['touchpoint'].iloc[0]} ({form(stars['mean'].iloc[0])}); highest: "
            f"{stars['touchpoint'].iloc[-1]} ({form(stars['mean'].iloc[-1])})"
        )
        forms = [figure_form(scale) for scale in found["scale"]]
        shown = found.assign(
            figure=[f(v) for f, v in zip(forms, found["mean"], strict=True)],
            interval=[span(a, b, f) for f, a, b in
                      zip(forms, found["low"], found["high"], strict=True)],
        )  # fmt: skip
        columns = {"touchpoint": "Occasion", "collected_by": "From", "figure": "Figure",
                   "interval": "Interval at 95 %", "n": ("Answers", number)}  # fmt: skip
        beside = (
            f"Last {self.report.p.observation_days} days; stars are of 5, effort is of 7 (7 is "
            "easy). Compare occasions within a scale only; who has trouble writes more often."
        )
        return section(says, table(shown.head(12), columns), beside)

    def _is_overall(self, rows: pd.DataFrame) -> pd.Series:
        overall = self.report.p.overall_item
        return (rows["scale"] == "nps") | (rows["item"] == overall) | (rows["item"] == "")

    def _mean(self, rows: pd.DataFrame) -> SurveyMean:
        if rows["person_id"].nunique() < 2:
            raise Skip(f"Fewer than two persons answered in the last {self._days()} days.")
        return survey_mean(rows["answer_value"], person=rows["person_id"])

    def _keep(self, shown: pd.DataFrame) -> None:
        largest = shown.sort_values("n").drop_duplicates("scale", keep="last")
        for row in largest[largest["scale"].isin(NAMES)].itertuples():
            self.report.find(NAMES[row.scale], row.mean, self._unit(row.scale), low=row.low,
                             high=row.high, n=row.n)  # fmt: skip

    def _keep_change(self, rows: pd.DataFrame) -> None:
        for row in rows[rows["scale"] == "nps"].head(1).itertuples():
            n = row.n_now + row.n_before
            self.report.find(
                "nps_change", row.mean_change, "points", low=row.low, high=row.high, n=n
            )

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
