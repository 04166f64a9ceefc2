"""The letter of the quarter in sentences: states, changes and lists of all reports -> words."""

import datetime as dt
import os
from pathlib import Path

from crm_helpers.page.numerals import counted, money, number, percent
from crm_helpers.page.report import Report
from crm_helpers.questions.overview import quarter as q
from crm_helpers.tables.needs import Skip
from crm_helpers.tables.paths import project_root

STATES = {
    "ok": "made", "skipped": "skipped", "failed": "failed", "stale": "out of date",
    "missing": "not made",
}  # fmt: skip


class Findings:
    """What the reports of one quarter say together, in numbers and sentences.

    Attributes
    ----------
    states : list of ReportState
    changes, lists, disagreements : DataFrame
        See the functions of these names in ``questions.overview.quarter``.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.folder = Path(
            os.environ.get("CRM_REPORTS_RUN") or report.history / report.as_of.isoformat()
        )
        stems = [path.stem for path in (project_root() / "notebooks").glob("*.ipynb")]
        self.states = q.read_quarter(self.folder, stems, str(report.tables.fingerprint))
        if all(state.status == "missing" for state in self.states):
            raise Skip(
                f"No report was made for {report.source.title} as of {report.as_of} yet. "
                "Run make quarterly-report, then open the overview again."
            )
        self.changes = q.changes(self.states, report.history, report.as_of)
        self.lists = q.lists(self.states)
        self.disagreements = q.disagreements(self.states)

    def count(self, status: str) -> int:
        """Reports in that state."""
        return sum(state.status == status for state in self.states)

    @property
    def net_value(self) -> float:
        """Expected net value of all lists, control groups not counted."""
        return float(self.lists["expected_net_value"].sum())

    @property
    def set_aside_share(self) -> float:
        """Rows set aside of all rows read and asked for."""
        counts = self.report.tables.counts
        asked = counts["rows_read"].sum() - counts["rows_excluded"].sum()
        return float(counts["rows_set_aside"].sum() / asked) if asked else 0.0

    def record_findings(self) -> None:
        """Keep the numbers of the overview under stable names."""
        find = self.report.find
        for status in ("ok", "skipped", "failed", "stale"):
            name = "made" if status == "ok" else status
            find(f"reports_{name}", self.count(status), unit="reports")
        find("numbers_that_disagree", len(self.disagreements), unit="numbers")
        find("rows_set_aside_share", self.set_aside_share, unit="share")
        find("lists_to_contact", int(self.lists["to_contact"].sum()), unit="rows")
        find("lists_net_value", self.net_value, unit=self.report.currency)

    def money(self, amount: float) -> str:
        """Amount in the source's currency."""
        return money(amount, self.report.currency)

    def what_to_do(self) -> str:
        """First sentence of the letter: what acting on the lists should bring."""
        worth = self.lists[self.lists["to_contact"] > 0]
        if not self.count("ok"):
            return "No report is up to date: run make quarterly-report again."
        if worth.empty:
            made = counted(self.count("ok"), "report")
            return f"No action that should bring more than it costs was found; {made} were asked."
        best, rows = worth.iloc[0], int(worth["to_contact"].sum())
        named = f", {self.money(best['expected_net_value'])} of it from the {best['name']} list"
        names = "names" if len(worth) == 1 else "name"
        return (
            f"{counted(len(worth), 'action list')} {names} {number(rows)} to act on, which should "
            f"bring {self.money(self.net_value)} after costs{named if len(worth) > 1 else ''}."
        )

    def what_stands_out(self) -> str:
        """Second sentence: what changed, or in a first quarter what the first report found."""
        first = self._first_of_all() if self.changes.empty else ""
        return first + self.what_changed()

    def what_changed(self) -> str:
        """What moved by more than chance since the last quarter."""
        if self.changes.empty:
            return "There is no earlier quarter to compare with yet."
        since = _day(self.changes["since"].max())
        moved = self.changes[self.changes["is_beyond_noise"] == True]  # noqa: E712 - None is no
        judged = int(self.changes["is_beyond_noise"].notna().sum())
        if moved.empty:
            tested = f"none of the {judged} key figures that can be tested" if judged else "nothing"
            return f"Since {since} {tested} moved by more than chance{self._largest()}."
        told = "; ".join(
            f"{row.label} {row.words.partition(' since ')[0]}" for row in moved.head(3).itertuples()
        )
        return (
            f"Since {since} {counted(len(moved), 'key figure')} moved by more than chance: {told}."
        )

    def _largest(self) -> str:
        """The largest move without a test, so that the reader learns what went which way."""
        untested = self.changes[self.changes["is_beyond_noise"].isna()]
        if untested.empty:
            return ""
        row = untested.iloc[untested["relative"].argmax()]
        return f"; {row['label']} ({row['report']}) went from {row['before']} to {row['now']}"

    def _first_of_all(self) -> str:
        made = [state.content["summary"] for state in self.states if state.is_current]
        return f"{made[0][0]} " if made and made[0] else ""

    def how_sound(self) -> str:
        """Third sentence: which reports were made, whether they agree, what was set aside."""
        aside = f"{percent(self.set_aside_share)} of the rows read were set aside"
        agreed = f"; {self.agreement()}" if q.stated_by_several(self.states) else ""
        return f"{self.reports_made()}{agreed}; {aside}."

    def made_of_all(self) -> str:
        """Count of reports made, of all."""
        return f"{self.count('ok')} of {len(self.states)}"

    def reports_made(self) -> str:
        """How many reports were made, and what became of the others."""
        others = [
            f"{number(self.count(status))} {STATES[status]}"
            for status in ("skipped", "failed", "stale", "missing")
            if self.count(status)
        ]
        if not others:
            return f"All {counted(len(self.states), 'report')} were made"
        return f"{self.made_of_all()} reports were made ({', '.join(others)})"

    def agreement(self) -> str:
        """Whether the reports agree in the numbers that several of them state."""
        shared = counted(len(q.stated_by_several(self.states)), "number")
        if len(self.disagreements):
            return f"they disagree in {len(self.disagreements)} of {shared} they share"
        return (
            f"they agree in the {shared} they share"
            if shared[0] != "0"
            else ("they share no number")
        )

    def agreement_sentence(self) -> str:
        """The same as a heading of its own."""
        return self.agreement().replace("they", "The reports", 1)

    def doubts(self) -> list[str]:
        """What a reader should keep in mind."""
        lines = [
            f"{percent(self.set_aside_share)} of the rows read were set aside because they break "
            "a promise of their table; the data quality report says which.",
            "Expected values are forecasts. They rest on the effects that each report states, some "
            "of them assumptions until a control group has measured them.",
        ]
        if not self.changes.empty and self.changes["is_beyond_noise"].isna().any():
            lines.append("Some key figures have no margin of error: their changes get no verdict.")
        return lines


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
