"""Drivers in words and charts: complete answers -> sections on shares, slopes, what to mend."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.feedback.answer_values import answer_values
from crm_helpers.measures.feedback.low_answers import lost_to_low_answers
from crm_helpers.measures.statistics.weighted_mean import survey_mean
from crm_helpers.models.satisfaction.driver_study import DriverStudy, complete_answers, driver_study
from crm_helpers.models.satisfaction.path_model import PathModel, path_model
from crm_helpers.models.satisfaction.path_text import path_arrows, path_blocks
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, percent, table
from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.questions.satisfaction.words import figure_form, opening
from crm_helpers.tables.needs import Skip

NO_CAUSE = "What goes together need not cause each other: try a change on some customers first."


class Drivers:
    """Sections of the satisfaction report on what goes with overall satisfaction.

    Attributes
    ----------
    data : FeedbackData
    """

    def __init__(self, data: FeedbackData) -> None:
        self.data, self.report = data, data.report

    @cached_property
    def wide(self) -> pd.DataFrame:
        """Complete answers of the observation window."""
        p = self.report.p
        # Who recommends does so because he is satisfied: a result, unless named as a driver.
        rows = self.data.recent
        rows = rows[(rows["scale"] != "nps") | rows["item"].isin(p.driver_items)]
        wide = complete_answers(rows, p.overall_item, p.driver_items)
        if not self.report.parameters.get("shuffle_outcomes"):
            return wide
        mixed = np.random.default_rng(self.report.seed).permutation(wide[p.overall_item])
        return wide.assign(**{p.overall_item: mixed})

    @cached_property
    def study(self) -> DriverStudy:
        """Shares and slopes of the drivers."""
        p = self.report.p
        return driver_study(
            self.wide, p.overall_item, min_answers=p.min_answers, draws=p.bootstraps, seed=p.seed
        )

    @cached_property
    def top(self) -> str:
        """Driver with the largest share; kept as a finding.

        Raises
        ------
        Skip
            If the questions do not go with overall satisfaction beyond chance.
        """
        study = self.study
        if not study.explains:
            raise Skip("The questions do not go with overall satisfaction beyond chance.")
        first = study.table.iloc[0]
        self.report.find("top_driver", str(first["driver"]), n=study.answers)
        self.report.find("top_driver_share", first["share"], "share", low=first["share_low"],
                         high=first["share_high"], n=study.answers)  # fmt: skip
        return str(first["driver"])

    @unless_skipped
    def shares(self) -> Html:
        """Share of each driver with its interval."""
        top, study = _plain(self.top), self.study
        rows = study.table.head(12)
        says = f"{opening(top)} goes with overall satisfaction most: {percent(rows['share'][0])}"
        if not study.has_leader:
            second = _plain(rows["driver"][1])
            says = f"{opening(top)} and {second} go with overall satisfaction most, in a tie"
        shown = pd.DataFrame({"label": rows["driver"].map(_plain), "value": rows["share"],
                              "low": rows["share_low"], "high": rows["share_high"]})  # fmt: skip
        chart = interval_chart(
            shown, form=percent, x_label="Part of the explained differences", title=says,
            subtitle=f"Shapley-Owen shares, intervals at 95 %, {number(study.answers)} answers of "
            f"{number(study.persons)} customers; together the questions account for "
            f"{percent(study.r_squared)} of the differences",
            alt=f"Points with intervals for {len(shown)} questions: {top} "
            f"{percent(shown['value'].iloc[0])}, last {percent(shown['value'].iloc[-1])}.",
            source=self._source,
        )  # fmt: skip
        return section(says, chart, NO_CAUSE)

    @unless_skipped
    def asymmetric(self) -> Html:
        """Slopes below and above the middle: what disappoints, what delights."""
        _ = self.top  # no claim where the questions do not go with the overall answer
        rows, study = self.study.table, self.study
        kinds = {kind: [_plain(d) for d in part["driver"]] for kind, part in rows.groupby("kind")}
        told = [f"{', '.join(kinds[k])} {verb}" for k, verb in (
            ("disappoints when bad", "mostly disappoints when bad"),
            ("delights when good", "mostly delights when good")) if k in kinds]  # fmt: skip
        says = "No question works only one way beyond noise"
        if told:
            says = "; ".join(told)
            says = opening(says)
        shown = rows.head(12).assign(
            question=rows["driver"].map(_plain),
            below_words=[_slope(r.below, r.below_low, r.below_high) for r in rows.itertuples()],
            above_words=[_slope(r.above, r.above_low, r.above_high) for r in rows.itertuples()],
        )
        columns = {"question": "Question", "below_words": f"One step below {study.middle:g}",
                   "above_words": f"One step above {study.middle:g}", "kind": "Works"}  # fmt: skip
        beside = (
            "Change of the overall answer by one step of the question, the others equal, with "
            f"intervals at 95 %. {NO_CAUSE}"
        )
        return section(says, table(shown, columns), beside)

    @cached_property
    def priority(self) -> pd.DataFrame:
        """Drivers by what low answers of the last period take away, with their figure now."""
        _ = self.top
        rows = self.data.recent
        last = rows[(rows["period"] == 0) & rows["item"].isin(self.study.table["driver"])]
        values = last.assign(answer_value=answer_values(last["score"], last["scale"]))
        found = [
            (item, group["scale"].iloc[0], survey_mean(group["answer_value"],
                                                       person=group["person_id"]))
            for item, group in values.groupby("item") if group["person_id"].nunique() > 1
        ]  # fmt: skip
        if not found:
            raise Skip("The questions had too few answers in the last period.")
        now = pd.DataFrame(
            [(item, scale, m.mean, m.low, m.high) for item, scale, m in found],
            columns=["driver", "scale", "now", "now_low", "now_high"],
        )
        return lost_to_low_answers(self.study.table.merge(now, on="driver"), last,
                                   self.study.middle)  # fmt: skip

    @cached_property
    def to_mend(self) -> str:
        """Question whose low answers take most, or nothing where that may be chance."""
        first = self.priority.iloc[0]
        if first["lost_low"] <= 0:
            return ""
        self.report.find("mend_first", str(first["driver"]), n=int(first["answers"]))
        self.report.find("lost_to_low_answers", first["lost"], "steps", low=first["lost_low"],
                         high=first["lost_high"], n=int(first["answers"]))  # fmt: skip
        return str(first["driver"])

    @unless_skipped
    def priorities(self) -> Html:
        """Importance against performance: what to mend first."""
        rows = self.priority
        says = "Nothing is clearly to be mended first"
        if self.to_mend:
            low = number(100 * rows["low_share"][0], 0)
            says = f"Mend {_plain(self.to_mend)} first: {low} of 100 answers are low"
        shown = rows.assign(
            question=rows["driver"].map(_plain),
            figure=[figure_form(s)(v) for s, v in zip(rows["scale"], rows["now"], strict=True)],
            lost_words=[_slope(r.lost, r.lost_low, r.lost_high) for r in rows.itertuples()],
        )
        columns = {
            "question": "Question", "share": ("Goes with satisfaction", percent),
            "figure": "Rated now", "low_share": ("Answers that are low", percent),
            "lost_words": "Taken from the overall answer",
        }  # fmt: skip
        beside = (
            f"Low is below {self.study.middle:g}. Taken: how far answers of the last period fall "
            "below it, times what one such step goes with (intervals at 95 %). It knows nothing "
            "of what mending costs, and is no proof of a cause."
        )
        return section(says, table(shown.head(12), columns), beside)

    @cached_property
    def path(self) -> PathModel:
        """Path model of the blocks that the source gives."""
        p = self.report.p
        if not p.path_blocks:
            raise Skip("The source gives no blocks of questions (path_blocks, path_links).")
        blocks, arrows = path_blocks(p.path_blocks), path_arrows(p.path_links)
        rows = self.data.recent
        wide = rows.pivot_table(index=["person_id", "period"], columns="item", values="score")
        try:
            return path_model(wide, blocks, arrows)
        except ValueError as reason:
            raise Skip(str(reason)) from None

    @unless_skipped
    def paths(self) -> Html:
        """Arrows between blocks, each a finding."""
        model = self.path
        for row in model.paths.itertuples():
            name = f"path_{row.cause}_{row.effect}"
            self.report.find(name, row.coefficient, n=len(model.scores))
        rows = model.paths.sort_values("coefficient", ascending=False, ignore_index=True)
        best = rows.iloc[0]
        says = f"The strongest arrow leads from {best['cause']} to {best['effect']}"
        columns = {"cause": "From", "effect": "To",
                   "coefficient": ("Path coefficient", lambda x: number(x, 3))}  # fmt: skip
        beside = (
            f"Partial least squares (centroid scheme, mode A), {number(len(model.scores))} "
            "complete answers, everything in standard deviations. The arrows were drawn by hand: "
            "the model says how strong each would be, not that it points the right way."
        )
        return section(says, table(rows.head(12), columns), beside)

    @property
    def _source(self) -> str:
        return f"{self.report.source.title}, surveys"


def _plain(driver: str) -> str:
    return str(driver).replace("_", " ")


def _slope(value: float, low: float, high: float) -> str:
    return f"{number(value, 2)} ({number(low, 2)} to {number(high, 2)})"
