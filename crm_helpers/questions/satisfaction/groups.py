"""Satisfaction by who answers and where: figures -> sections on weights, groups and occasions."""

import pandas as pd

from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, per_hundred, table
from crm_helpers.questions.satisfaction.numbers import NAMES, ScoreNumbers
from crm_helpers.questions.satisfaction.words import change_form, figure_form, span
from crm_helpers.tables.needs import Skip

MOST_LINES = 11
OCCASIONS = {
    "touchpoint": "Occasion",
    "collected_by": "From",
    "figure": "Figure",
    "interval": "Interval at 95 %",
    "n": ("Answers", number),
}


class GroupSections(ScoreNumbers):
    """Sections of the satisfaction report on who answers, and on groups and occasions."""

    @unless_skipped
    def who_answers(self) -> Html:
        """Response rate, and the main figure with and without weights."""
        plain, weighted = self.main, self.weighted
        rate = self.response_rate()
        apart = weighted.mean - plain.mean
        move = change_form(self.data.main_scale)(apart)
        says = f"Weighted to look like all customers, the figure moves by {move}"
        if abs(apart) < plain.error:
            says = "Who answers hardly changes the figure: weighting moves it by " + move
        scale = self.data.main_scale
        self.report.find(f"{NAMES.get(scale, 'answer')}_weighted", weighted.mean,
                         self._unit(scale), low=weighted.low, high=weighted.high, n=weighted.n,
                         baseline=plain.mean)  # fmt: skip
        beside = (
            f"{rate}Weighted by {', '.join(self.data.group_names)} of the customers with an order "
            "in the window. Weights cannot make up for those who keep silent because they are "
            "unhappy: among alike customers the silent may think otherwise."
        )
        return section(says, self._beside_each_other(plain, weighted), beside)

    def _beside_each_other(self, plain: SurveyMean, weighted: SurveyMean) -> Html:
        form = figure_form(self.data.main_scale)
        rows = pd.DataFrame(
            [(label, form(m.mean), span(m.low, m.high, form), m.n, m.design_effect)
             for label, m in (("as answered", plain), ("weighted", weighted))],
            columns=["figure", "value", "interval", "n", "design_effect"],
        )  # fmt: skip
        columns = {
            "figure": "Figure",
            "value": self._name(),
            "interval": "Interval at 95 %",
            "n": ("Answers", number),
            "design_effect": ("Design effect", lambda x: number(x, 2)),
        }
        return table(rows, columns)

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

    @unless_skipped
    def by_group(self) -> Html:
        """Main figure of groups of customers."""
        found, form = self.groups, figure_form(self.data.main_scale)
        asked = number(found["whole_count"].iloc[0])
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
        return section(self._least_and_most(), chart, beside)

    def _least_and_most(self) -> str:
        form = figure_form(self.data.main_scale)
        apart = self.groups[self.groups["differs"]].sort_values("mean")
        if apart.empty:
            return "No group of customers differs from the others by more than noise"
        least, most = apart.iloc[0], apart.iloc[-1]
        both = f"; most: {most['group']} ({form(most['mean'])})" if len(apart) > 1 else ""
        kind = "Least satisfied" if least["mean"] < least["whole"] else "More satisfied than others"
        return f"{kind}: {least['group']} ({form(least['mean'])}){both}"

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
        forms = [figure_form(scale) for scale in found["scale"]]
        shown = found.assign(
            figure=[f(v) for f, v in zip(forms, found["mean"], strict=True)],
            interval=[span(a, b, f) for f, a, b in
                      zip(forms, found["low"], found["high"], strict=True)],
        )  # fmt: skip
        beside = (
            f"Last {self.report.p.observation_days} days; stars are of 5, effort is of 7 (7 is "
            "easy). Compare occasions within a scale only; who has trouble writes more often."
        )
        return section(_lowest(found), table(shown.head(12), OCCASIONS), beside)


def _lowest(found: pd.DataFrame) -> str:
    """Lowest and highest occasion on the scale with most answers."""
    most = found.groupby("scale")["n"].sum().idxmax()
    rows = found[found["scale"] == most]
    form = figure_form(most)
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Lowest: {first['touchpoint']} ({form(first['mean'])}); highest: {last['touchpoint']} "
        f"({form(last['mean'])})"
    )
