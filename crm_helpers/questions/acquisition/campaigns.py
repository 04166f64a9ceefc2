"""Campaigns that win customers: contacts of a report -> answers, charts, candidates."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.charts.gain import gain_chart
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL, Evidence, evidence
from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve
from crm_helpers.measures.statistics.rate_table import rate_table
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.response import ResponseModel, in_file_order, response_model
from crm_helpers.models.rules.attribute_rules import attribute_rules
from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html, number, percent, table
from crm_helpers.questions.campaigns.data import ContactData
from crm_helpers.tables.needs import Skip

KEY = ["person_id", "campaign"]
PURPOSE = "acquisition"
LATER_SHARE = 1 / 3


class Acquisition:
    """Who answers campaigns that are to win customers.

    Parameters
    ----------
    data : ContactData
    """

    def __init__(self, data: ContactData) -> None:
        self.data, self.report = data, data.report
        if "leads" not in data.report.tables:
            _ = self.asked  # raises Skip where there is no campaign to win customers either

    @cached_property
    def asked(self) -> pd.DataFrame:
        """Persons contacted in campaigns that were to win customers."""
        need(self.report.tables, contacts=["person_id", "campaign", "responded"])
        rows = self.data.contacts
        rows = rows[rows["is_treated"] & (rows["purpose"] == PURPOSE)]
        if rows.empty:
            raise Skip("No campaign had the purpose acquisition. Map purpose in the contacts.")
        return rows.reset_index(drop=True)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Contacts with what was known of each person, what was offered and by which channel."""
        told = [c for c in ("contacted_at", "offer", "channel") if c in self.asked]
        rows = self.asked[[*KEY, "responded", *told]].merge(self.data.profiles(), on=KEY)
        return rows.dropna(axis=1, how="all")

    @property
    def settings(self) -> PropensitySettings:
        """Settings of the models from the parameters."""
        p = self.report.parameters
        return PropensitySettings(
            method=p["method"],
            seed=self.report.seed,
            min_events=p["min_events"],
            exclude_columns=(*p["protected_columns"], *p.get("exclude_columns", ())),
        )

    @cached_property
    def model(self) -> ResponseModel:
        """Model of who responds when contacted."""
        p = self.report.p
        return response_model(
            self.rows,
            settings=self.settings,
            test_campaign=p.test_campaign,
            response_days=p.response_days,
        )

    @cached_property
    def evidence(self) -> Evidence:
        """What the test rows show of model and rule."""
        draws, seed = self.report.p.bootstraps, self.report.seed
        return evidence(self.model.test, customer="person_id", draws=draws, seed=seed)

    @unless_skipped
    def who_was_asked(self) -> Html:
        """Responses by campaign, channel and offer, with their intervals."""
        rates = rate_table(self.asked, ["offer", "channel", "campaign"], "responded")
        rates = rates[rates["count"] >= self.report.p.min_group].head(12)
        rate = float(self.asked["responded"].mean())
        says = f"Of 100 persons contacted {number(100 * rate, 1)} responded"
        columns = {
            "kind": "By",
            "group": "Group",
            "count": "Contacted",
            "rate": ("Responded", percent),
            "interval": "Interval at 95 %",
        }
        shown = rates.assign(
            interval=[f"{percent(r.low)} to {percent(r.high)}" for r in rates.itertuples()]
        )
        beside = (
            "Groups were not drawn at random against each other: this is who responded, no more."
        )
        return section(says, table(shown, columns), beside)

    @unless_skipped
    def next_response(self) -> Html:
        """Model of the next response beside the best plain rule."""
        found = self.evidence
        self._find(found)
        test = self.model.test
        curves = [gain_curve(test["outcome"], test[c]) for c in ("probability", "rule_score")]
        tenth = [found_share_at(curve, 0.1) for curve in curves]
        says = (
            f"Asking the likeliest tenth finds {percent(tenth[0])} of the responses, the rule "
            f"{percent(tenth[1])}"
        )
        if not found.finds_something:
            says = "Who will respond cannot be told better than by chance"
        elif found.loses_to_rule:
            says = f"The plain rule '{self.model.model.rule.words}' beats the model and is used"
        chart = gain_chart(
            *curves, rule_name=self.model.model.rule.words, event="responses",
            title=f"The likeliest half holds {percent(found_share_at(curves[0], 0.5))} of the "
            "responses",
            subtitle=f"Share of all responses found, best score first; {number(found.customers)} "
            f"persons, {number(found.events)} responses",
            alt=f"Gain curve of the model beside the rule: {percent(tenth[0])} against "
            f"{percent(tenth[1])} found in the first tenth.",
            source=f"{self.report.source.title}, contacts",
        )  # fmt: skip
        beside = f"Tested on {self.model.tested_on}.{self._capacity_words()}{self._order_words()}"
        return section(says, chart, beside)

    def _find(self, found: Evidence) -> None:
        report, n = self.report, found.customers
        report.find("test_auc", found.auc, low=found.auc_interval.low,
                    high=found.auc_interval.high, level=CLAIM_LEVEL, n=n, baseline=0.5)  # fmt: skip
        report.find("rule_auc", found.rule_auc, n=n)
        report.find("test_lift_top10", found.lift_top10, "times", low=found.lift_interval.low,
                    high=found.lift_interval.high, n=n, baseline=found.rule_lift_top10)  # fmt: skip

    def _capacity_words(self) -> str:
        """What the best persons of a campaign judged once held, in words; else nothing."""
        if not self.report.p.test_campaign:
            return ""
        test, best = self.model.test, self.report.p.capacity
        score = test["order"] if "order" in test else test["probability"]
        hits = test["outcome"][score.rank(ascending=False, method="first") <= best]
        spread = 1.96 * np.sqrt(max(hits.sum() * (1 - hits.mean()), 1))
        self.report.find("hits_in_capacity", int(hits.sum()), "responses", n=len(hits),
                         low=float(hits.sum() - spread), high=float(hits.sum() + spread),
                         baseline=float(test["outcome"].mean() * len(hits)))  # fmt: skip
        return (
            f" Among the best {number(len(hits))} of {number(len(test))} are "
            f"{number(int(hits.sum()))} of the {number(int(test['outcome'].sum()))} responses "
            f"({number(hits.sum() - spread)} to {number(hits.sum() + spread)}); chance finds "
            f"{number(test['outcome'].mean() * len(hits))}."
        )

    @cached_property
    def rules(self) -> pd.DataFrame:
        """Attributes that go with a response, counted again among later contacts."""
        rows = self.rows
        left_out = {*KEY, "responded", "contacted_at", *self.settings.exclude_columns}
        frame = rows[[c for c in rows if c not in left_out and c in self._usable]]
        if "contacted_at" in rows:
            later = rows["contacted_at"].rank(pct=True) > 1 - LATER_SHARE
        else:
            later = pd.Series(np.random.default_rng(self.report.seed).uniform(size=len(rows)))
            later = later < LATER_SHARE
        return attribute_rules(frame, rows["responded"], later.to_numpy())

    @property
    def _usable(self) -> set[str]:
        return set(self.model.model.columns)

    @unless_skipped
    def associations(self) -> Html:
        """Rules "persons like this respond more often"."""
        rules = self.rules
        if rules.empty:
            raise Skip("No attribute goes with a response beyond chance.")
        best = rules.iloc[0]
        says = (
            f"Of 100 with {best['rule']} {number(100 * best['confidence'], 1)} responded, "
            f"{number(best['rule_lift'], 1)} times the average"
        )
        columns = {
            "rule": "Attributes",
            "antecedent_count": "Persons",
            "confidence": ("Responded", percent),
            "rule_lift": ("Times the average", lambda x: number(x, 2)),
            "later_count": "Persons counted again",
            "later_rate": ("Responded then", percent),
            "later_lift": ("Times then", lambda x: number(x, 2)),
        }
        beside = (
            "Rules were found on one part of the contacts and counted again on the rest. They say "
            "who responds, not why."
        )
        return section(says, table(rules, columns), beside)

    def trust_lines(self) -> list[tuple[str, str]]:
        """What was tested and how well the response model did, line by line."""
        found, model = self.evidence, self.model.model
        return [
            ("Persons tested, and their responses",
             f"{number(found.customers)}, {number(found.events)}"),
            *evidence_lines("response", found, model.rule.words),
            ("Method of the response model", f"{model.method}, calibration {model.calibration}"),
            *self._order_line(),
        ]  # fmt: skip

    def left_out(self) -> str:
        """Columns that the response model may not use, with their reasons."""
        excluded = self.model.model.excluded
        same = excluded["reason"].str.startswith("the same value")
        told = [f"{row.column}: {row.reason}" for row in excluded[~same].itertuples()]
        return f"Left out of the response model: {'; '.join(told) or 'nothing'}."

    @cached_property
    def in_order(self) -> Evidence:
        """Evidence on the last third of undated rows that stand in the order of time."""
        test = in_file_order(self.rows, self.settings)
        found = evidence(test, draws=100, seed=self.report.seed)
        self.report.find("in_order_auc", found.auc, low=found.auc_interval.low,
                         high=found.auc_interval.high, level=CLAIM_LEVEL,
                         n=found.customers)  # fmt: skip
        return found

    def _order_words(self) -> str:
        if not self.report.p.rows_in_time_order:
            return ""
        found = self.in_order
        return (
            " The rows stand in the order of time: learned on the first two thirds and judged on "
            f"the last, where {number(100 * found.base_rate, 1)} of 100 responded, the likeliest "
            f"tenth holds {number(found.lift_top10, 1)} times the average. Expect that rather "
            "than the figure above."
        )

    def _order_line(self) -> list[tuple[str, str]]:
        if not self.report.p.rows_in_time_order:
            return []
        name = "AUC on the last third of the file, whose order is time"
        return [(name, _with(self.in_order.auc, self.in_order.auc_interval))]


def evidence_lines(name: str, found: Evidence, rule: str) -> list[tuple[str, str]]:
    """Numbers of a model beside its rule, in words for a table."""
    return [
        (f"AUC of the {name} model", _with(found.auc, found.auc_interval)),
        (f"AUC of its rule ({rule})", number(found.rule_auc, 3)),
        ("Lift in its likeliest tenth", _with(found.lift_top10, found.lift_interval)),
        ("Its calibration error, and the bound",
         f"{number(found.calibration_error, 3)}, {number(found.calibration_bound, 3)}"),
    ]  # fmt: skip


def _with(value: float, between: tuple[float, float]) -> str:
    return f"{number(value, 3)} ({number(between[0], 3)} to {number(between[1], 3)})"
