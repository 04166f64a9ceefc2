"""Leads: which become customers, when, and who looks like our best -> answers and charts."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.charts.conversion import conversion_chart
from crm_helpers.features import windows
from crm_helpers.features.leads import lead_outcomes, new_leads
from crm_helpers.features.won_customers import won_customers
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL, Evidence, evidence
from crm_helpers.models.propensity.leads import chance_ahead, lead_rows, with_enough_training
from crm_helpers.models.propensity.model import Propensity, fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.models.survival.conversion import ConversionTime, conversion_curve, conversion_time
from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html, answer, number, paragraph, percent, table
from crm_helpers.questions.acquisition.campaigns import Acquisition, evidence_lines
from crm_helpers.tables.needs import Skip

MOST_LINES = 6
NOT_PREDICTORS = ("lead_id", "role", "origin_on", "converted")


class Leads:
    """Conversion of leads, and leads that look like golden customers.

    Parameters
    ----------
    story : Acquisition
        Gives data, report and settings.
    """

    def __init__(self, story: Acquisition) -> None:
        self.data, self.report, self.story = story.data, story.report, story

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """What became of each lead so far."""
        need(self.report.tables, leads=["lead_id", "created_on", "converted_on"])
        return self.report.features(lead_outcomes)

    @cached_property
    def time(self) -> ConversionTime:
        """Time to conversion of all leads."""
        return conversion_time(self.outcomes["open_days"], self.outcomes["is_converted"])

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Leads of successive origins, and the new ones of today (role score)."""
        need(self.report.tables, leads=["lead_id", "created_on", "converted_on"])
        days = self.report.p.outcome_days
        first = self.report.tables["leads"].created_on.min().to_pyarrow().as_py()
        moments = windows.origins(
            self.report.as_of, outcome_days=days, data_from=first, observation_days=days
        )
        rows = lead_rows(self.report.features, moments, outcome_days=days)
        rows = with_enough_training(rows, self.report.p.min_events)
        return self._dealt(rows, "converted")

    def _dealt(self, rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
        """Rows as they are, or with their outcomes dealt out anew when that is asked for."""
        if not self.report.p.shuffle_outcomes:
            return rows
        return shuffled(rows, outcome, seed=self.report.seed)

    @property
    def settings(self) -> PropensitySettings:
        """Settings of the lead models: all attributes of leads are watched by the alarm."""
        watched = tuple(c for c in self.rows if c not in NOT_PREDICTORS)
        base = self.story.settings
        return PropensitySettings(base.method, base.seed, base.min_events, base.exclude_columns,
                                  watched)  # fmt: skip

    @cached_property
    def model(self) -> Propensity:
        """Chance that a new lead converts in time."""
        return fit_in_time(self.rows, outcome="converted", key="lead_id", settings=self.settings)

    @cached_property
    def evidence(self) -> Evidence:
        """What the test shows of model and rule."""
        return evidence(self.model.test, draws=self.report.p.bootstraps, seed=self.report.seed)

    @unless_skipped
    def when(self) -> Html:
        """How many leads become customers, and when."""
        rows, days = self.outcomes, 2 * self.report.p.outcome_days
        largest = rows["channel"].value_counts()
        largest = largest[largest >= self.report.p.min_group].index[:MOST_LINES]
        curves = {}
        for channel in largest:
            part = rows[rows["channel"] == channel]
            curves[channel] = conversion_curve(part["open_days"], part["is_converted"])
        time = self.time
        says = (
            f"Of 100 leads {number(100 * time.final_share, 0)} become customers sooner or later, "
            f"half of them within {number(time.median_days())} days"
        )
        last = {c: float(k["converted_share"].iloc[-1]) for c, k in curves.items()}
        best, worst = max(last, key=last.get), min(last, key=last.get)
        chart = conversion_chart(
            curves, days=days,
            title=f"{best} converts best ({percent(last[best])}), {worst} least "
            f"({percent(last[worst])})",
            subtitle=f"Share of leads converted, by days since they came in; {number(len(rows))} "
            "leads, those still open counted for as long as they were watched",
            alt=f"Rising steps, one line per channel, highest {best} at {percent(last[best])}, "
            f"lowest {worst} at {percent(last[worst])}.",
            source=f"{self.report.source.title}, leads",
        )  # fmt: skip
        self.report.find("final_conversion", time.final_share, "share", n=len(rows))
        return section(says, chart, self._late_words())

    def _late_words(self) -> str:
        days = np.array([0.0, 30.0, 90.0])
        ahead = 100 * self.time.chance_ahead(days, 30.0)
        return (
            f"A new lead converts within 30 days with a chance of {number(ahead[0], 1)} of 100, "
            f"one open for 30 days with {number(ahead[1], 1)}, one open for 90 days with "
            f"{number(ahead[2], 1)}. Who brings them, and what they ask for, differs by channel."
        )

    @unless_skipped
    def which(self) -> Html:
        """Which of the new leads become customers: model beside the best plain rule."""
        found = self.evidence
        self._find(found)
        test = self.model.test
        tenth = pd.qcut(test["probability"].rank(method="first"), 5, labels=False)
        shown = test.groupby(5 - tenth).agg(
            leads=("outcome", "size"), expected=("probability", "mean"), won=("outcome", "mean")
        ).rename_axis("fifth").reset_index()  # fmt: skip
        first, last = shown["won"].iloc[0], shown["won"].iloc[-1]
        says = (
            f"Of the likeliest fifth of new leads {percent(first)} became customers in "
            f"{self.report.p.outcome_days} days, of the last {percent(last)}"
        )
        if not found.finds_something:
            says = "Which leads become customers cannot be told better than by chance"
        columns = {
            "fifth": "Fifth, likeliest first",
            "leads": "Leads",
            "expected": ("Expected", percent),
            "won": ("Became customers", percent),
        }
        verdict = "beats" if found.beats_rule else "is not shown to beat"
        beside = (
            f"Tested on the leads of the last complete window. The model {verdict} the plain rule "
            f"'{self.model.rule.words}'."
        )
        return section(says, table(shown, columns), beside)

    def _find(self, found: Evidence) -> None:
        """The lead model gives the stable findings where there are no contacts to respond to."""
        report = self.report
        alone = "test_auc" not in report.findings
        prefix = "" if alone else "lead_"
        report.find(f"{prefix}test_auc", found.auc, low=found.auc_interval.low,
                    high=found.auc_interval.high, level=CLAIM_LEVEL,
                    n=found.customers, baseline=0.5)  # fmt: skip
        report.find(f"{prefix}rule_auc", found.rule_auc, n=found.customers)
        report.find(f"{prefix}test_lift_top10", found.lift_top10, "times",
                    low=found.lift_interval.low, high=found.lift_interval.high,
                    n=found.customers, baseline=found.rule_lift_top10)  # fmt: skip

    def trust_lines(self) -> list[tuple[str, str]]:
        """What was tested and how well the lead model did, line by line."""
        found = self.evidence
        tested = f"{number(found.customers)}, {number(found.events)}"
        return [
            ("Leads tested, and those who became customers", tested),
            *evidence_lines("lead", found, self.model.rule.words),
            ("Method of the lead model", f"{self.model.method}, {self.model.calibration}"),
        ]

    @cached_property
    def open_leads(self) -> pd.DataFrame:
        """Leads that are still open, with their chance to convert in the days ahead."""
        new = self.report.features(new_leads, outcome_days=self.report.p.follow_days)
        rows = new.merge(self.outcomes[["lead_id", "is_converted", "open_days"]], on="lead_id")
        rows = rows[~rows["is_converted"]].reset_index(drop=True)
        if rows.empty:
            return rows.assign(chance=[])
        model = self.model.by_rule() if self.evidence.loses_to_rule else self.model
        days = self.report.p.outcome_days
        ahead = chance_ahead(
            model.probability(rows), rows["open_days"].to_numpy(float), self.time,
            window=days, ahead=days,
        )  # fmt: skip
        return rows.assign(chance=ahead)

    @unless_skipped
    def look_alikes(self) -> Html:
        """New leads that look like golden customers when those were leads."""
        need(self.report.tables, leads=["customer_id"], transactions=["customer_id", "ordered_at"])
        model, won = self.golden
        found = evidence(model.test, draws=self.report.p.bootstraps, seed=self.report.seed)
        self.report.find("golden_auc", found.auc, low=found.auc_interval.low,
                         high=found.auc_interval.high, level=CLAIM_LEVEL,
                         n=found.customers)  # fmt: skip
        if not found.finds_something:
            return answer("Golden customers do not look different when they are leads") + paragraph(
                f"Tested by cross-validation on {number(len(won))} customers won."
            )
        now = self.open_leads
        chance = model.probability(now) if len(now) else np.zeros(0)
        alike = int((chance >= 2 * self.report.p.golden_share).sum())
        return answer(
            f"{number(alike)} of {number(len(now))} open leads are twice as likely as the "
            "average to become golden customers"
        ) + paragraph(
            f"Golden are the best {percent(self.report.p.golden_share)} of "
            f"{number(len(won))} customers won, by margin in {self.report.p.follow_days} days. "
            f"Among the tenth of leads most like them, golden customers were "
            f"{number(found.lift_top10, 1)} times as common as on average (cross-validation; "
            "it could not be tested in time)."
        )

    @cached_property
    def golden(self) -> tuple[Propensity, pd.DataFrame]:
        """Model of becoming a golden customer, from what was known of the lead."""
        won = self.report.features(won_customers)
        money = next((c for c in ("followed_margin", "followed_revenue") if c in won), "")
        if not money or len(won) < self.report.p.min_group:
            raise Skip("Too few customers won as leads could be followed. Add orders or history.")
        known = self._lead_attributes(won)
        cut = known[money].astype(float).quantile(1 - self.report.p.golden_share)
        rows = known.assign(is_golden=known[money].astype(float) > cut)
        rows = self._dealt(rows, "is_golden")
        kept = [c for c in self.model.columns if c in rows]
        settings = PropensitySettings("logistic", self.report.seed, self.report.p.min_events)
        model = fit_undated(rows[["lead_id", "is_golden", *kept]], outcome="is_golden",
                            key="lead_id", settings=settings)  # fmt: skip
        return model, won

    def _lead_attributes(self, won: pd.DataFrame) -> pd.DataFrame:
        span = self.report.as_of - windows.parse_date("1970-01-01")
        every = self.report.features(new_leads, outcome_days=span.days)
        leads = self.report.tables["leads"].select("lead_id", "customer_id").to_pandas()
        pairs = leads.dropna().drop_duplicates("customer_id").merge(won, on="customer_id")
        return every.merge(pairs.drop(columns=["customer_id", "channel"]), on="lead_id")
