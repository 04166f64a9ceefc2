"""Retention in words and charts: numbers of randomized campaigns -> sections of the page."""

import pandas as pd

from crm_helpers.charts.effects import effect_chart
from crm_helpers.charts.qini import qini_chart
from crm_helpers.charts.uplift_tenths import uplift_tenths_chart
from crm_helpers.measures.effects.arm_effects import arm_effects
from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.effects.policy_value import CHOSEN, EVERYBODY
from crm_helpers.measures.effects.qini import qini_curve
from crm_helpers.measures.effects.response_kinds import KINDS, LEAVE_ALONE
from crm_helpers.measures.effects.uplift_tenths import uplift_tenths
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, answer, number, percent, table
from crm_helpers.questions.campaigns.numbers import UpliftNumbers
from crm_helpers.questions.campaigns.words import (
    METHOD_WORDS,
    effect_in_words,
    points,
    spread_in_words,
    verdict_in_words,
)
from crm_helpers.tables.needs import Skip

MOST_CAMPAIGNS = 11
ALL = "all campaigns"


class Retention(UpliftNumbers):
    """Sections of the retention report that rest on randomized campaigns."""

    @unless_skipped
    def campaigns(self) -> Html:
        """What the contacts changed, campaign by campaign."""
        effect, rows = self.effect, self.contacts.assign(offer="any")
        by_campaign = arm_effects(rows).sort_values("campaign").tail(MOST_CAMPAIGNS)
        lines = by_campaign[["campaign", "difference", "low", "high"]]
        whole = pd.DataFrame([(ALL, effect.difference, effect.low, effect.high)],
                             columns=lines.columns)  # fmt: skip
        says = effect_in_words(effect)
        above = int((by_campaign["low"] > 0).sum())
        title = (
            f"{above} of {len(lines)} campaigns alone show a gain"
            if len(lines) > 1
            else "One campaign tells it"
        )
        chart = effect_chart(
            pd.concat([lines, whole], ignore_index=True), strong=ALL, title=title,
            subtitle="Response rate of those contacted less that of the control group, with "
            f"intervals at 95 %, of all together at 99.5 %; {number(effect.treated_count)} "
            f"contacted, {number(effect.control_count)} not",
            alt=f"Dots with intervals, one per campaign: difference of response rates. All "
            f"campaigns together {points(effect.difference)} per 100 persons.",
            source=self._source,
        )  # fmt: skip
        found = {"low": effect.low, "high": effect.high, "level": CLAIM_LEVEL}
        name = "average_effect" if self.purpose == "retention" else f"{self.purpose}_effect"
        self.report.find(name, effect.difference, "share", **found, n=len(rows))
        beside = (
            "Everyone counts in the group they were drawn into, reached or not. A true effect of "
            f"{number(100 * effect.smallest_detectable, 1)} per 100 persons would have been seen "
            "in four of five tries."
        )
        return section(says, chart, beside)

    @unless_skipped
    def groups(self) -> Html:
        """Groups in which the contact does different things, measured on persons held out."""
        study = self.study
        effects = group_effects(study.test, study.test["group"])
        shown = effects.sort_values("difference", ascending=False)
        says = _most_changed(shown.iloc[0])
        chart = effect_chart(
            shown[["group", "difference", "low", "high"]],
            title=f"Changes from {points(shown['difference'].min())} to "
            f"{points(shown['difference'].max())} per 100 persons, by group",
            subtitle=f"Response rate contacted less not contacted; {number(len(study.test))} "
            "contacts that the groups were not made from; intervals at 95 %",
            alt=f"Dots with intervals for {len(shown)} groups, from "
            f"{points(shown['difference'].max())} to {points(shown['difference'].min())} per 100.",
            source=self._source, needed=self._needed(),
        )  # fmt: skip
        sizes = ", ".join(f"{percent(row.share)}" for row in shown.itertuples())
        beside = f"Shares of the groups among all contacted, from the top: {sizes}."
        return section(says, chart, beside)

    def _needed(self) -> float | None:
        try:
            needed = self.money.needed_uplift
        except Skip:
            return None
        return needed if needed < 1 else None

    @unless_skipped
    def left_alone(self) -> Html:
        """The group that contacts seem to harm, tested where it was not looked for."""
        harm = self.harm
        if harm is None:
            return answer("No group looks as if contacts put it off")
        inside = harm.inside
        found = {"low": inside.low, "high": inside.high}
        self.report.find("left_alone_effect", inside.difference, "share", **found)
        name = harm.group.words
        says = f"It is not shown that contacts put anybody off, {name} included"
        if harm.is_shown:
            says = f"Better left alone: {name}, {percent(harm.share)} of those contacted"
        lines = [(name, inside), ("all others", harm.outside)]
        chart = effect_chart(
            pd.DataFrame([(n, e.difference, e.low, e.high) for n, e in lines],
                         columns=["group", "difference", "low", "high"]),
            title=f"{points(inside.difference)} per 100 in the group, "
            f"{points(harm.outside.difference)} among all others", strong=name,
            subtitle="Response rate contacted less not contacted, intervals at 95 %; "
            f"{number(inside.treated_count)} contacted and {number(inside.control_count)} control "
            "persons in the group",
            alt=f"Two dots with intervals: {name} {points(inside.difference)} per 100 persons, all "
            f"others {points(harm.outside.difference)}.",
            source=self._source,
        )  # fmt: skip
        beside = (
            "The group was the worst of all pairs of attributes in earlier campaigns, and was "
            f"then tested once, on {harm.tested_on}. It is not on the list when harm is shown."
        )
        return section(says, chart, beside)

    @unless_skipped
    def kinds(self) -> Html:
        """Persuadables, sure things, lost causes, and those better left alone."""
        test = self.study.test
        kinds = self.kinds_tested
        effects = group_effects(test, kinds).set_index("group").reindex(KINDS).dropna(how="all")
        shown = effects.reset_index().rename(columns={"group": "kind"})
        shown["interval"] = [f"{points(r.low)} to {points(r.high)}" for r in shown.itertuples()]
        alone = float((kinds == LEAVE_ALONE).mean())
        pays = float((self.net_of(test) > 0).mean())
        says = (
            f"Of 100 persons a contact is expected to pay for itself with {100 * pays:.0f}, and "
            f"{100 * alone:.0f} are better left alone"
        )
        columns = {
            "kind": "Kind",
            "share": ("Share", percent),
            "treated_count": "Contacted",
            "control_count": "Control",
            "control_mean": ("Respond anyway", percent),
            "difference": ("Measured change per 100", points),
            "interval": "Interval at 95 %",
        }
        beside = (
            "Predicted kinds, measured on persons held out. Persuadable: the expected rise pays "
            "for contact and offer; better left alone: a fall is expected. With sure things, who "
            "often act anyway, and lost causes the rise is too small to pay."
        )
        return section(says, table(shown, columns), beside)

    @unless_skipped
    def tenths(self) -> Html:
        """Predicted beside measured uplift, from the best group to the last."""
        test = self.study.test
        groups = 10 if min(test["is_treated"].sum(), (~test["is_treated"]).sum()) > 2000 else 5
        tenths = uplift_tenths(test["outcome"], test["is_treated"], test["uplift"], groups=groups)
        if len(tenths) < 2:
            raise Skip("The model predicts the same change for everybody.")
        first, last = tenths.iloc[0], tenths.iloc[-1]
        says = (
            f"In the best of {len(tenths)} groups a contact changed {points(first['difference'])} "
            f"per 100 persons, in the last {points(last['difference'])}"
        )
        counts = (
            f"{number(tenths['treated_count'].min())} to {number(tenths['treated_count'].max())}"
        )
        control = (
            f"{number(tenths['control_count'].min())} to {number(tenths['control_count'].max())}"
        )
        chart = uplift_tenths_chart(
            tenths, title="Measured change falls from the best group to the last"
            if first["difference"] > last["difference"] else "Measured change does not fall",
            subtitle=f"Change of the response rate, persons held out; {counts} contacted and "
            f"{control} control persons a group; intervals at 95 %",
            alt=f"Bars of measured change by predicted group, {points(first['difference'])} per "
            f"100 in the first and {points(last['difference'])} in the last; diamonds: predicted.",
            source=self._source,
        )  # fmt: skip
        return section(says, chart, spread_in_words(self.study.tested))

    @unless_skipped
    def policy(self) -> Html:
        """Money of contacting the chosen, everybody, or nobody."""
        values, form = self.values, lambda x: self.report.money(x, 0)
        rows = values.set_index("policy")
        simple = max(0.0, float(rows.at[EVERYBODY, "gain"]))
        over = rows.loc["chosen over everybody"] if simple > 0 else rows.loc[CHOSEN]
        found = {"low": float(over["low"]), "high": float(over["high"]), "baseline": simple}
        unit = f"{self.report.currency} per 100 persons"
        self.report.find("policy_gain", float(over["gain"]), unit, **found, n=len(self.study.test))
        shown = values.assign(
            interval=[f"{form(r.low)} to {form(r.high)}" for r in values.itertuples()]
        ).iloc[1:]
        columns = {
            "policy": "Whom to contact",
            "treated_share": ("Share contacted", percent),
            "gain": (f"Gain per 100 persons, {self.report.currency}", lambda x: number(x, 0)),
            "interval": "Interval at 95 %",
        }
        beside = f"Compared with contacting nobody. {self._prices()}"
        return section(verdict_in_words(self.verdict, values, form), table(shown, columns), beside)

    def _prices(self) -> str:
        money, form = self.money, self.report.money
        basis = "Value or cost is an assumption of the parameters."
        if money.is_measured:
            basis = "Both come from the contacts themselves."
        return (
            f"A response is worth {form(money.response_value, 2)} of margin; a contact costs "
            f"{form(money.contact_cost, 2)}, and {form(money.offer_cost, 2)} more when it works. "
            f"{basis}"
        )

    @unless_skipped
    def trust(self) -> Html:
        """Qini curve, methods tried, and what the study rests on."""
        study, qini = self.study, self.qini
        self.report.find("qini", qini.value, "", low=qini.low, high=qini.high, n=len(study.test),
                         baseline=0.0)  # fmt: skip
        test = study.test
        curve = qini_curve(test["outcome"], test["is_treated"], test["uplift"])
        better = "orders persons better than chance" if qini.finds_something else \
            "is not shown to order persons better than chance"  # fmt: skip
        says = f"The uplift model {better}: Qini {number(qini.value, 3)}"
        chart = qini_chart(
            curve, title="Extra responses when the best are contacted first",
            subtitle=f"Tested on {study.tested_on}: {number(len(test))} contacts. Qini 1 would be "
            f"perfect, 0 is chance; interval {number(qini.low, 3)} to {number(qini.high, 3)}",
            alt=f"Curve of extra responses by share contacted, Qini {number(qini.value, 3)}, "
            f"ending at {points(curve['extra_outcomes'].iloc[-1])} per 100 persons.",
            source=self._source,
        )  # fmt: skip
        return section(says, chart, self._basis())

    def _basis(self) -> str:
        study = self.study
        tried = study.tested.losses
        words = ", ".join(METHOD_WORDS[m] for m in tried["method"] if m in METHOD_WORDS)
        return (
            f"Learned from {number(study.learned_rows)} earlier or other contacts. Chosen by "
            f"cross-validation among: {words}; best: {METHOD_WORDS[study.tested.method]}. "
            f"{spread_in_words(study.tested)} Attributes without a date are those of today. "
            f"{number(self.data.refused)} persons who refused to be profiled, or whose "
            "row is unusable, are left out."
        )

    @property
    def _source(self) -> str:
        return f"{self.report.source.title}, campaigns for {self.purpose.replace('_', '-')}"


def _most_changed(best: pd.Series) -> str:
    if best["low"] > 0:
        return f"Most is changed with: {best['group']} ({points(best['difference'])} per 100)"
    return "No group is shown in which a contact changes anything"
