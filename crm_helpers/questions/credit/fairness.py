"""Fairness in words: decisions of the card + protected attributes -> sections of the audit."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.credit.group_approval import (
    disparate_impact,
    disparate_impact_interval,
    group_approval,
    group_errors,
)
from crm_helpers.measures.forecasts.fold_auc import fold_auc_difference
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.stand_ins import protected_groups, stand_ins
from crm_helpers.models.credit.study import KEY, splits_for_test, tested_rows
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, note, table
from crm_helpers.questions.credit.card import source_of
from crm_helpers.questions.credit.data import CreditData, CreditSections
from crm_helpers.tables.needs import Skip

MOST_LINES = 10
MOST_PRICED = 3
MIN_GROUP = 30
LIMIT = 0.70


class FairWords(CreditSections):
    """Sections on whether anybody is treated unfairly."""

    @unless_skipped
    def approvals(self) -> Html:
        """Approval rate by group, and the disparate impact."""
        self.data.need_evidence()
        impacts = self.impacts
        worst = impacts.loc[impacts["ratio"].idxmin()]
        self.report.find("disparate_impact", worst["ratio"], low=worst["low"], high=worst["high"],
                         n=len(self.approved))  # fmt: skip
        wide = worst["low"] <= 1 <= worst["high"]
        says = f"Approval differs most by {_said(worst['protected'])}: " + (
            "within noise" if wide else f"{number(100 * worst['ratio'])} approved for every 100 of "
            "the group approved most"
        )  # fmt: skip
        each = "; ".join(
            f"{_said(r.protected)} {number(r.ratio, 2)} ({number(r.low, 2)} to {number(r.high, 2)})"
            for r in impacts.itertuples()
        )
        return section(says, self._approval_chart(worst), (
            f"Ratio lowest over highest: {each}. Below 0.80 US authorities look closer, a habit "
            "and no law of statistics. The protected attributes enter no model; a difference can "
            "come from attributes that differ between groups, which the chart does not tell apart "
            "from unfair treatment."
        ))  # fmt: skip

    def _approval_chart(self, worst: pd.Series) -> Chart:
        shown = self.lines.head(MOST_LINES)
        return interval_chart(
            shown.rename(columns={"approved_share": "value"}), form=percent,
            x_label="Approved by the card",
            title=f"Lowest over highest approval rate by {_said(worst['protected'])}: "
            f"{number(worst['ratio'], 2)}",
            subtitle=f"Share approved at the cut-off by group, {number(len(self.approved))} "
            "applications, intervals at 95 %",
            alt=f"Points with intervals for {len(shown)} groups, from "
            f"{percent(shown['approved_share'].min())} to "
            f"{percent(shown['approved_share'].max())}.",
            source=source_of(self.data),
        )  # fmt: skip

    @unless_skipped
    def errors(self) -> Html:
        """Errors by group, of tested credits."""
        self.data.need_evidence()
        shown = self.error_table.head(MOST_LINES)
        first = shown.groupby("protected")["good_declined"].agg(np.ptp).idxmax()
        part = shown[shown["protected"] == first]
        apart = part["good_low"].max() > part["good_high"].min()
        says = (
            f"Good applicants are declined unlike by {_said(first)}"
            if apart
            else "Good applicants are declined alike in all groups, as far as can be told"
        )
        columns = {
            "label": "Group",
            "n": ("Tested credits", number),
            "good_declined": ("Good ones declined", percent),
            "good": "Interval",
            "bad_approved": ("Bad ones approved", percent),
            "bad": "Interval ",
        }
        return section(says, table(shown, columns), (
            "At the cut-off, intervals at 95 %. Only credits that were approved have outcomes, so "
            "errors among the declined cannot be seen here."
        ))  # fmt: skip

    @unless_skipped
    def proxies(self) -> Html:
        """Attributes that give a protected one away, and what leaving them out costs."""
        found = self.stand_ins
        shown = found.head(6).assign(right=lambda t: 100 * t["auc"])
        priced = self.prices
        shown["cost"] = [priced.get(a, ("",))[0] for a in shown["attribute"]]
        shown["use"] = [self._use(a) for a in shown["attribute"]]
        named = found[found["is_stand_in"]]
        says = "No attribute gives a protected one away"
        if len(named):
            pairs = [f"{_said(r.attribute)} gives {_said(r.protected)} away"
                     for r in named.drop_duplicates("attribute").itertuples()]  # fmt: skip
            says = "; ".join(pairs)
            says = says[:1].upper() + says[1:]
        for column in ("attribute", "protected"):
            shown[column] = shown[column].map(_said)
        columns = {
            "attribute": "Attribute", "protected": "Gives away", "group": "Group told best",
            "right": ("Pairs right, of 100", lambda x: number(x, 1)), "use": "Used",
            "cost": "Gini that leaving it out costs",
        }  # fmt: skip
        limit = 100 * LIMIT
        return section(says, table(shown, columns), (
            f"From {number(limit)} pairs of 100 on (50 is chance) an attribute is called a "
            f"stand-in. {self._advice(named)} It does not show stand-ins made of "
            "several attributes together."
        ))  # fmt: skip

    @cached_property
    def approved(self) -> pd.Series:
        """What the card says of every application at the cut-off."""
        return (self.data.scored["points"] >= self.data.cut_off).rename("approved")

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Groups of each protected attribute, one row per application scored."""
        frame = self.data.protected
        if frame.empty or frame.isna().all().all():
            raise Skip(
                "No protected attribute is in the data, so nobody can check who is treated how. "
                "Name them in protected_columns."
            )
        return frame.apply(protected_groups)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """Approval rate of each group of each protected attribute."""
        parts = [
            group_approval(self.approved, self.groups[name], fewest=MIN_GROUP).assign(
                protected=name
            )
            for name in self.groups
        ]
        found = pd.concat(parts, ignore_index=True)
        return found.assign(label=[_label(r) for r in found.itertuples()])

    @cached_property
    def impacts(self) -> pd.DataFrame:
        """Disparate impact of each protected attribute with two groups or more."""
        found = []
        for name, part in self.lines.groupby("protected", sort=False):
            if len(part) < 2 or not self.approved.any():
                continue
            of = self.groups[name].isin(part["group"])
            given, groups = self.approved[of], self.groups.loc[of, name].astype(str)
            inside = disparate_impact_interval(
                given, groups, draws=self.report.p.bootstraps, seed=self.report.seed
            )
            found.append((name, disparate_impact(given, groups), *inside))
        if not found:
            raise Skip("No protected attribute has two groups of a size that may be shown.")
        return pd.DataFrame(found, columns=["protected", "ratio", "low", "high"])

    @cached_property
    def error_table(self) -> pd.DataFrame:
        """Errors of each group of each protected attribute, of tested credits."""
        tested = self.data.tested
        place = self.data.scored.reset_index().set_index(KEY)["index"].loc[tested[KEY]]
        given = tested["points"] >= self.data.cut_off
        parts = [
            group_errors(given, tested["defaulted"], groups.reset_index(drop=True),
                         fewest=MIN_GROUP).assign(protected=name)
            for name, groups in self.groups.loc[place].items()
        ]  # fmt: skip
        found = pd.concat(parts, ignore_index=True)
        return found.assign(
            label=[_label(r) for r in found.itertuples()],
            good=[f"{percent(r.good_low)} to {percent(r.good_high)}" for r in found.itertuples()],
            bad=[f"{percent(r.bad_low)} to {percent(r.bad_high)}" for r in found.itertuples()],
        )

    @cached_property
    def stand_ins(self) -> pd.DataFrame:
        """How well each attribute tells each protected one, also those left out already."""
        _ = self.groups
        return stand_ins(
            self.data.scored[self.data.attributes], self.data.protected,
            limit=LIMIT, seed=self.report.seed,
        )  # fmt: skip

    @cached_property
    def prices(self) -> dict[str, tuple[str, bool]]:
        """Gini that leaving a stand-in out costs, in words, and whether it costs any for sure."""
        named = self.stand_ins[self.stand_ins["is_stand_in"]]["attribute"].drop_duplicates()
        return {name: self._price(name) for name in named.head(MOST_PRICED)}

    def _price(self, name: str) -> tuple[str, bool]:
        """With and without it, on the same test; the rest of the attributes as they are."""
        study, settings = self.data.study, self.data.settings
        rows = self.data.known.assign(customer=self.data.known[KEY])
        splits = splits_for_test(rows, settings)
        without = [c for c in study.columns if c != name]
        both = [
            tested_rows(rows, columns, splits, (CARD,), settings)
            for columns in ([*without, name], without)
        ]
        columns = (both[0]["defaulted"], both[0][CARD], both[1][CARD], both[0]["fold"])
        inside = bootstrap_interval(
            fold_auc_difference, *columns, customer=both[0]["customer"],
            draws=self.report.p.bootstraps, seed=self.report.seed,
        )  # fmt: skip
        cost, low, high = (2 * one for one in (fold_auc_difference(*columns), *inside))
        said = f"{number(cost, 3)} ({number(low, 3)} to {number(high, 3)})"
        self.report.find(f"stand_in_cost_{name.lower()}", cost, "Gini", low=low, high=high)
        return said, low > 0

    def _use(self, name: str) -> str:
        study = self.data.study
        if name in {bins.name for bins in study.card.bins}:
            return "on the card"
        return "tells too little" if name in study.columns else "left out"

    def _advice(self, named: pd.DataFrame) -> str:
        free = [
            n for n in named["attribute"].drop_duplicates() if not self.prices.get(n, ("", True))[1]
        ]
        dear = [
            n for n in named["attribute"].drop_duplicates() if self.prices.get(n, ("", False))[1]
        ]
        said = []
        if free:
            said.append(
                f"Leaving out {_listed(free)} costs no Gini that can be shown: leave it out"
            )
        if dear:
            said.append(
                f"{_listed(dear)} tells something of its own: whether it may stay, a person decides"
            )
        return f"{'. '.join(said)}." if said else ""


def audited(data: CreditData) -> Html:
    """Sentence on what the audit uses and models never see."""
    names = [_said(name) for name in data.protected]
    if not names:
        return note("The data hold no protected attribute.")
    return note(f"Used in this audit alone, never by a model: {', '.join(names)}.")


def _label(row: object) -> str:
    return f"{_said(row.protected)} {row.group}"


def _said(name: str) -> str:
    return str(name).replace("_", " ")


def _listed(names: list[str]) -> str:
    return ", ".join(_said(name) for name in names)
