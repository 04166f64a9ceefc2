"""The card watched over time, in words: vintages, separation by quarter, shifts, moved classes."""

from functools import cached_property

import pandas as pd

from crm_helpers.charts.intervals import interval_chart
from crm_helpers.charts.vintage import MOST, vintage_chart
from crm_helpers.measures.credit.vintage_curves import tells_ages, vintage_curves
from crm_helpers.measures.forecasts.score_by_period import score_by_period
from crm_helpers.measures.statistics.column_psi import column_psi
from crm_helpers.measures.statistics.rate_table import rate_table
from crm_helpers.measures.value.segment_moves import segment_moves
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import BEFORE, KEY
from crm_helpers.page.numerals import interval, number, per_hundred, percent
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, table
from crm_helpers.questions.credit.card import source_of
from crm_helpers.questions.credit.data import CreditSections
from crm_helpers.tables.needs import Skip

FEWEST = 100
LOOK, SHIFTED = 0.10, 0.25
QUARTERS = 8
FOLKLORE = "under 0.10 calm, 0.10 to 0.25 look, above shifted: a habit of the trade, no law"


class WatchWords(CreditSections):
    """Sections on whether card and applicants are still what they were."""

    @unless_skipped
    def vintages(self) -> Html:
        """Defaults by age of the account and quarter of approval."""
        rows = self._approved()
        if tells_ages(rows["default_days"]):
            return self._curves(rows)
        return self._by_quarter(rows)

    @unless_skipped
    def over_time(self) -> Html:
        """Gini and KS of the card, quarter by quarter."""
        found = self.by_quarter
        if found.empty:
            raise Skip("No quarter holds 20 defaults and 20 repaid credits.")
        lines = pd.DataFrame({
            "label": [f"{r.period} (n {r.n:,})" for r in found.itertuples()],
            "value": found["gini"], "low": found["low"], "high": found["high"],
        })  # fmt: skip
        last = found.iloc[-1]
        holds = last["low"] <= float(found["gini"].iloc[:-1].mean()) <= last["high"]
        says = "The card still tells good from bad" if last["low"] > 0 else (
            "In the last quarter the card does not tell good from bad beyond chance"
        )  # fmt: skip
        ks_words = ", ".join(f"{r.period} {number(r.ks, 2)}" for r in found.itertuples())
        chart = interval_chart(
            lines, form=lambda x: number(x, 2), x_label="Gini of the card", reference=0.0,
            title=f"Gini {number(last.gini, 2)} in {last.period}"
            + (", no other than before" if holds and len(found) > 1 else ""),
            subtitle="Gini of the card by quarter of application, intervals at 95 %; 0 is "
            "chance, 1 perfect",
            alt=f"Points with intervals for {len(found)} quarters, "
            f"{number(found['gini'].iloc[0], 2)} in {found['period'].iloc[0]}, "
            f"{number(last.gini, 2)} in {last.period}.",
            source=source_of(self.data),
        )  # fmt: skip
        return section(says, chart, (
            f"KS: {ks_words}. Quarters that the card learned from are scored by cards that had not "
            "seen them. What Gini or KS is good enough no rule can say: bands such as 'above 0.4' "
            "are a habit of the trade. Quarters with fewer than 20 defaults are not shown."
        ))  # fmt: skip

    @unless_skipped
    def shifts(self) -> Html:
        """PSI of the score and of each attribute, last quarter against the card's own."""
        psi, score = self.psi, self.score_psi
        then, now = self._periods
        self.report.find("psi_score", score, "PSI", n=len(now))
        moved = psi[psi > SHIFTED]
        on_card = {bins.name for bins in self.data.study.card.bins}
        says = "Applicants are like those the card was made from"
        if len(moved):
            names = ", ".join(name.replace("_", " ") for name in moved.index)
            names = names[:1].upper() + names[1:]
            says = f"{names} shifted: do not score by it before the reason is known"
            if not on_card & set(moved.index):
                says = f"{names} shifted, which the card does not ask for: the score stays sound"
        shown = psi.head(10).rename_axis("attribute").reset_index(name="psi")
        shown["place"] = ["on the card" if a in on_card else "" for a in shown["attribute"]]
        shown["verdict"] = [_verdict(one) for one in shown["psi"]]
        shown["attribute"] = shown["attribute"].str.replace("_", " ")
        top = pd.DataFrame([("score of the card", score, "", _verdict(score))],
                           columns=["attribute", "psi", "place", "verdict"])  # fmt: skip
        columns = {"attribute": "What", "psi": ("PSI", lambda x: number(x, 3)), "place": "",
                   "verdict": "Verdict"}  # fmt: skip
        return section(says, table(pd.concat([top, shown], ignore_index=True), columns), (
            f"{number(len(now))} applications of {now['quarter'].iloc[0]} against "
            f"{number(len(then))} of the quarters the card was made from, declined ones included, "
            f"in tenths. Bands: {FOLKLORE}. The table does not say why something shifted: a "
            "changed form looks like changed people."
        ))  # fmt: skip

    @unless_skipped
    def moves(self) -> Html:
        """Class mix of two quarters by one card, and what a card without the test would say."""
        self.data.need_evidence()
        then, now = self._last_two
        old = self._old_classes(now)
        moved = segment_moves(old, now.set_index(KEY)["credit_class"]).set_index("segment")
        names = self.data.terms.index
        shown = pd.DataFrame({
            "credit_class": names,
            "then": _mix(then, names), "now": _mix(now, names),
            "stayed": moved["stayed_share"].reindex(names).to_numpy(),
        })  # fmt: skip
        top, before = float(shown["now"].iloc[0]), float(shown["then"].iloc[0])
        same = float((old.astype(str) == now.set_index(KEY)["credit_class"].astype(str)).mean())
        says = (
            f"Class {names[0]} holds {percent(top)} of the applications, a quarter ago "
            f"{percent(before)}"
        )
        columns = {
            "credit_class": "Class",
            "then": (then["quarter"].iloc[0], percent),
            "now": (now["quarter"].iloc[0], percent),
            "stayed": ("In this class by both cards", percent),
        }
        return section(says, table(shown, columns), (
            f"Both quarters by the same card ({number(len(then))} and {number(len(now))} "
            "applications). Last column: of those a card without the latest outcomes put into the "
            f"class, the share the card of today puts there too; {per_hundred(same)} keep their "
            f"class. {self._repeated()}"
        ))  # fmt: skip

    @cached_property
    def by_quarter(self) -> pd.DataFrame:
        """Gini and KS of the card by quarter of application."""
        if not self.data.dated:
            raise Skip("The applications have no dates, so nothing can be watched over time.")
        study = self.data.study
        rows = pd.concat([study.learned, study.once], ignore_index=True).drop_duplicates(KEY)
        rows = rows.assign(customer=rows["customer"].astype(str))
        found = score_by_period(rows, outcome="defaulted", score=CARD, period="quarter",
                                draws=self.report.p.bootstraps)  # fmt: skip
        return found.tail(QUARTERS)

    @cached_property
    def psi(self) -> pd.Series:
        """PSI of each attribute, the largest first."""
        then, now = self._periods
        return column_psi(then[self.data.attributes], now[self.data.attributes])

    @cached_property
    def score_psi(self) -> float:
        """PSI of the score."""
        then, now = self._periods
        return float(
            column_psi(then[["points"]].astype(float), now[["points"]].astype(float)).iloc[0]
        )

    @cached_property
    def _periods(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Applications of the quarters the card was made from, and of the last quarter."""
        if not self.data.dated:
            raise Skip("The applications have no dates, so nothing can be watched over time.")
        rows = self.data.scored
        made = rows.loc[rows["role"].isin([*BEFORE, "test", "late"]), "quarter"].unique()
        last = rows["quarter"].max()
        then = rows[rows["quarter"].isin(made) & (rows["quarter"] != last)]
        now = rows[rows["quarter"] == last]
        if min(len(then), len(now)) < FEWEST:
            raise Skip(
                f"{len(then):,} applications then and {len(now):,} in the last quarter; "
                f"{FEWEST} of each are needed to see a shift."
            )
        return then, now

    @property
    def _last_two(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        _, now = self._periods
        rows = self.data.scored
        before = rows.loc[rows["quarter"] != now["quarter"].iloc[0], "quarter"].max()
        then = rows[rows["quarter"] == before]
        if len(then) < FEWEST:
            raise Skip(f"{len(then):,} applications in the quarter before; {FEWEST} are needed.")
        return then, now

    def _old_classes(self, rows: pd.DataFrame) -> pd.Series:
        study = self.data.study
        points = study.card_then.score(rows[study.columns])
        found = pd.Series(self.data.said(points)["credit_class"])
        return found.set_axis(rows[KEY].to_numpy())

    def _repeated(self) -> str:
        rows = self.data.scored
        if "customer_id" not in rows or not rows["customer_id"].dropna().duplicated().any():
            return "Nobody applied twice, so how a customer's own class moves cannot be shown."
        again = rows.dropna(subset=["customer_id"]).sort_values(["quarter", KEY])
        pairs = again.assign(before=again.groupby("customer_id")["credit_class"].shift())
        pairs = pairs.dropna(subset=["before"])
        worse = (pairs["credit_class"].cat.codes > pairs["before"].astype(
            pairs["credit_class"].dtype).cat.codes).mean()  # fmt: skip
        return f"Of {number(len(pairs))} repeated applications {percent(worse)} fell in class."

    def _approved(self) -> pd.DataFrame:
        rows = self.data.known
        if "approved_quarter" not in rows:
            raise Skip("The applications have no days of decision, so there are no vintages.")
        return rows.dropna(subset=["approved_quarter"])

    def _curves(self, rows: pd.DataFrame) -> Html:
        curves = vintage_curves(rows["approved_quarter"], rows["default_days"],
                                until_days=self.report.p.outcome_days)  # fmt: skip
        if curves.empty:
            raise Skip("No quarter of approval holds 30 credits with known outcomes.")
        names = sorted(curves["vintage"].unique())[-MOST:]
        shown = curves[curves["vintage"].isin(names)]
        ends = shown.groupby("vintage")["defaulted_share"].last()
        says = (
            f"Of the approvals of {names[-1]} {percent(ends.iloc[-1])} went bad, of those of "
            f"{names[0]} {percent(ends.iloc[0])}"
        )
        chart = vintage_chart(
            shown, title=f"{names[-1]} ends at {percent(ends.iloc[-1])}",
            subtitle=f"Share defaulted by age of the account and quarter of approval, "
            f"{number(shown.groupby('vintage')['n'].first().sum())} credits",
            alt=f"Lines for {len(names)} quarters over months since approval, from "
            f"{percent(ends.min())} to {percent(ends.max())} at the end.",
            source=source_of(self.data),
        )  # fmt: skip
        return section(says, chart, "Quarters with fewer than 30 known outcomes are not shown.")

    def _by_quarter(self, rows: pd.DataFrame) -> Html:
        rates = rate_table(rows.assign(bad=rows["defaulted"].astype(int)),
                           ["approved_quarter"], "bad")  # fmt: skip
        rates = rates[rates["count"] >= 30].sort_values("group").tail(QUARTERS)
        if rates.empty:
            raise Skip("Fewer than two quarters of approval hold 30 credits with known outcomes.")
        lines = pd.DataFrame({
            "label": rates["group"] + " (n " + rates["count"].map(number) + ")",
            "value": rates["rate"], "low": rates["low"], "high": rates["high"],
        })  # fmt: skip
        last, others = rates.iloc[-1], float(rates["rate"].iloc[:-1].mean())
        worse = last["low"] > others
        says = f"Newer credits go bad {'more' if worse else 'no more'} often than older ones"
        chart = interval_chart(
            lines, form=percent, x_label="Share that defaulted",
            title=f"{percent(last['rate'])} of the approvals of {last['group']} went bad",
            subtitle=f"Defaults by quarter of approval, {number(rates['count'].sum())} credits "
            "with known outcomes, intervals at 95 %",
            alt=f"Points with intervals for {len(rates)} quarters of approval, "
            f"{interval(rates['rate'].min(), rates['rate'].max(), percent)}.",
            source=source_of(self.data),
        )  # fmt: skip
        return section(says, chart, (
            "The source says of every credit on one and the same day of its life whether it "
            "defaulted, so there is no curve by age, only its end. The last quarter shown may "
            "still lack credits whose outcome is not known."
        ))  # fmt: skip


def _mix(rows: pd.DataFrame, names: pd.Index) -> list[float]:
    shares = rows["credit_class"].astype(str).value_counts(normalize=True)
    return shares.reindex(names).fillna(0.0).tolist()


def _verdict(psi: float) -> str:
    if psi > SHIFTED:
        return "shifted"
    return "look" if psi >= LOOK else "calm"
