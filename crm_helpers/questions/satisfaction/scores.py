"""Satisfaction in figures: answers -> sections on level, change and time."""

import pandas as pd

from crm_helpers.charts.control_chart import control_chart_of
from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.measures.statistics.control_chart import control_chart
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, table
from crm_helpers.questions.satisfaction.data import QUESTION
from crm_helpers.questions.satisfaction.groups import GroupSections
from crm_helpers.questions.satisfaction.numbers import NAMES
from crm_helpers.questions.satisfaction.words import (
    MEANINGS,
    change_form,
    figure_form,
    moved,
    question,
    span,
)
from crm_helpers.tables.needs import Skip

LEVELS = {
    "question": "Asked",
    "figure": "Figure",
    "interval": "Interval at 95 %",
    "n": ("Answers", number),
    "meaning": "What it counts",
}
CHANGES = {
    "question": "Asked",
    "before": "Before",
    "now": "Now",
    "moved": "Change",
    "interval": "Interval at 95 %",
    "n_now": ("Answers now", number),
    "verdict": "Verdict",
}


class Scores(GroupSections):
    """Sections of the satisfaction report on how satisfied customers are."""

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
        beside = (
            f"Last {self._days()} days; the scales are never mixed, and ratings of those who write "
            "of themselves (reviews, tickets) say less about all customers than a survey does."
        )
        return section(self.says, table(shown.head(12), LEVELS), beside)

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
        beside = (
            f"Two periods of {self._days()} days. The verdict allows for {len(rows)} questions "
            "looked at (of the changes called real at most 5 in 100 by chance). It does not say "
            "why."
        )
        return section(says, table(shown.head(12), CHANGES), beside)

    @unless_skipped
    def over_time(self) -> Html:
        """Control chart of the main figure."""
        try:
            chart = control_chart(self.data.main, min_group=self.report.p.min_group)
        except ValueError:
            raise Skip(
                "Fewer than three periods have enough answers for limits to be drawn."
            ) from None
        last = chart.iloc[-1]
        form, name = figure_form(self.data.main_scale), self._name()
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
        return section(self._in_range(chart), shown, beside)

    def _in_range(self, chart: pd.DataFrame) -> str:
        last, name = chart.iloc[-1], self._name()
        if last["is_outside"]:
            return f"{name} left its usual range: {figure_form(self.data.main_scale)(last['mean'])}"
        outside = int(chart["is_outside"].sum())
        earlier = f" now; {outside} earlier periods were not" if outside else ""
        return f"{name} is within its usual range{earlier}"

    def _is_overall(self, rows: pd.DataFrame) -> pd.Series:
        overall = self.report.p.overall_item
        return (rows["scale"] == "nps") | (rows["item"] == overall) | (rows["item"] == "")

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
