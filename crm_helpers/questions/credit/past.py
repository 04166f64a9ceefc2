"""Decisions of the past in words: overrides that hurt, and what is not known of the declined."""

import pandas as pd

from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.page.numerals import counted, interval, number, per_hundred, percent
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, table
from crm_helpers.questions.credit.data import CreditSections
from crm_helpers.tables.needs import Skip

APPROVED = "approved"
FEWEST = 10


class PastWords(CreditSections):
    """Sections on decisions that were taken before."""

    @unless_skipped
    def overrides(self) -> Html:
        """Decisions by who took them, with what became of them."""
        shown = self.override_table()
        usual = shown["n"].idxmax()
        others = shown.drop(index=usual)
        given = others[others["decision"] == APPROVED]
        bad, usual_rate = self._hurting(given), self._usual(shown)
        n = int(others["n"].sum())
        says = f"{counted(n, 'decision')} overrode the policy; whether it hurt cannot be told yet"
        if bad is not None and usual_rate is not None:
            worse = bad["low"] > usual_rate
            says = (
                f"Of the approvals against the policy {percent(bad['event_rate'])} went bad, of "
                f"the others {percent(usual_rate)}" + (": they hurt" if worse else "")
            )
        columns = {
            "who": "Decided by", "decision": "Decision", "n": ("Applications", number),
            "known": ("Outcome known", number), "event_rate": ("Went bad", percent),
            "inside": "Interval", "chance": ("Expected by the card", percent),
        }  # fmt: skip
        return section(says, table(shown, columns), (
            "Who decides most is read as the policy, the others as overrides. Intervals at 95 %. "
            "Good applicants whom an override declined have no outcome: what they would have "
            "brought can only be estimated by the card."
        ))  # fmt: skip

    def override_table(self) -> pd.DataFrame:
        """One row per decider and decision: count, outcomes, default rate, chance by the card."""
        rows = self.data.scored
        if not {"decision", "decided_by"} <= set(rows.columns):
            raise Skip("The source does not say who decided (decided_by), so overrides are hidden.")
        rows = rows.dropna(subset=["decision", "decided_by"])
        if rows["decided_by"].nunique() < 2:
            raise Skip("All decisions were taken by one and the same, so there are no overrides.")
        known = rows["state"] == "known"
        bad = rows["defaulted"].where(known).astype(float)
        found = rows.assign(known=known, bad=bad).groupby(["decided_by", "decision"]).agg(
            n=("bad", "size"), known=("known", "sum"), event_rate=("bad", "mean"),
            chance=("chance", "mean"), bad=("bad", "sum"),
        )  # fmt: skip
        found = found[found["n"] >= FEWEST]
        found = found.reset_index().rename(columns={"decided_by": "who"})
        ends = [_inside(r.bad, r.known) for r in found.itertuples()]
        found["low"], found["inside"] = [low for low, _ in ends], [said for _, said in ends]
        return found.sort_values("n", ascending=False, kind="stable").reset_index(drop=True)

    @unless_skipped
    def declined(self) -> Html:
        """What the card says of the declined, and why nobody can know."""
        rows = self.data.scored
        declined = rows[rows["state"] == "declined"]
        if declined.empty:
            raise Skip(
                "The source holds no declined application, so nothing can be said of them. If some "
                "were declined, the card knows only those who got through."
            )
        share = len(declined) / max(int((rows["state"] != "open").sum()), 1)
        would = float((declined["points"] >= self.data.cut_off).mean())
        says = (
            f"{per_hundred(share, 'decided applications')} were declined; nobody saw what they do"
        )
        kinds = {"declined": "declined", "known": "approved, outcome known",
                 "running": "approved, not known yet"}  # fmt: skip
        shown = pd.DataFrame([self._kind(rows, state, words) for state, words in kinds.items()])
        columns = {
            "kind": "Applications", "n": ("Count", number), "chance": ("Default chance by the card",
            percent), "bad": ("Went bad", percent), "above": ("Above the cut-off", percent),
        }  # fmt: skip
        return section(says, table(shown, columns), (
            f"The card was learned from the approved alone. Among the declined it would approve "
            f"{percent(would)}, but the old policy may have seen what the card does not, so its "
            "chances for them are probably too low (selection bias). No outcomes were made up for "
            "them. To know, approve a small random share of those just under the cut-off, on small "
            "amounts, and watch them."
        ))  # fmt: skip

    def _kind(self, rows: pd.DataFrame, state: str, words: str) -> dict[str, object]:
        part = rows[rows["state"] == state]
        bad = float(part["defaulted"].astype(float).mean()) if state == "known" else float("nan")
        return {
            "kind": words,
            "n": len(part),
            "chance": float(part["chance"].mean()),
            "bad": bad,
            "above": float((part["points"] >= self.data.cut_off).mean()),
        }

    def _hurting(self, given: pd.DataFrame) -> pd.Series | None:
        known = given[given["known"] > 0]
        return known.iloc[0] if len(known) else None

    def _usual(self, shown: pd.DataFrame) -> float | None:
        who = shown.loc[shown["n"].idxmax(), "who"]
        part = shown[(shown["who"] == who) & (shown["decision"] == APPROVED)]
        return float(part["event_rate"].iloc[0]) if len(part) else None


def _inside(bad: float, known: int) -> tuple[float, str]:
    if not known:
        return float("nan"), "no outcome"
    low, high = share_interval(int(bad), int(known))
    return low, interval(low, high, percent)
