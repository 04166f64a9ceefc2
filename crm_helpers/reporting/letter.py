"""The letter of the quarter: states, changes and lists of all reports -> sentences and HTML."""

import datetime as dt
import os
from html import escape
from pathlib import Path

import pandas as pd

from crm_helpers.reporting import quarter as q
from crm_helpers.reporting import trends
from crm_helpers.reporting.numerals import counted, money, number, percent
from crm_helpers.reporting.report import Report
from crm_helpers.reporting.words import MOST_ROWS, Html, bullets, cards, note, table, warning
from crm_helpers.tables.needs import Skip
from crm_helpers.tables.paths import project_root

STATES = {
    "ok": "made", "skipped": "skipped", "failed": "failed", "stale": "out of date",
    "missing": "not made",
}  # fmt: skip


class Letter:
    """What the overview says about the reports of one quarter.

    Attributes
    ----------
    states : list of ReportState
    changes, lists, disagreements : DataFrame
        See the functions of these names in ``reporting.quarter``.
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

    # -- sentences ---------------------------------------------------------------------------

    def what_to_do(self) -> str:
        """First sentence of the letter: what acting on the lists should bring."""
        worth = self.lists[self.lists["to_contact"] > 0]
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

    # -- parts of the page -------------------------------------------------------------------

    def change_table(self) -> Html:
        """Key figures now and then, those beyond noise first."""
        if self.changes.empty:
            return note(
                "The next quarter's letter will compare with this one: keep the reports folder."
            )
        columns = {
            "label": "Key figure",
            "report": ("Report", str.capitalize),
            "before": "Then",
            "now": "Now",
            "verdict": "Change",
        }
        shown = self.changes.assign(verdict=self.changes["words"].map(_bare))
        more = len(shown) - MOST_ROWS
        rest = f" {number(more)} more stand in the reports." if more > 0 else ""
        verdict = note(
            "The verdict allows for the number of figures compared; figures without a margin of "
            f"error get none.{rest}"
        )
        return table(shown.head(MOST_ROWS), columns) + verdict + self._made_otherwise()

    def _made_otherwise(self) -> Html:
        earlier = self.report.history / self.changes["since"].max().isoformat()
        stems = [state.stem for state in self.states if state.is_current]
        told = trends.made_otherwise(self.folder, earlier, stems)
        return warning(" ".join(told)) if told else Html("")

    def blocks(self) -> Html:
        """One block per report: state, three sentences, key figures, link."""
        made_first = sorted(self.states, key=lambda state: not state.is_current)
        return Html("".join(self._block(state) for state in made_first))

    def _block(self, state: q.ReportState) -> str:
        title = escape(state.title)
        linked = f'<a href="{escape(state.page)}">{title}</a>' if state.page else title
        badge = f'<span class="state {state.status}">{STATES[state.status]}</span>'
        head = f"<h4>{linked}{'' if state.is_current else badge}</h4>"
        if not state.is_current:
            return f'<div class="entry">{head}<p>{escape(self._why(state))}</p></div>'
        sentences = [escape(sentence) for sentence in state.content.get("summary", [])]
        lead = f'<p class="first">{sentences[0]}</p>' if sentences else ""
        rest = f"<p>{' '.join(sentences[1:])}</p>" if sentences[1:] else ""
        return f'<div class="entry">{head}{lead}{rest}{self._figures(state)}</div>'

    def _why(self, state: q.ReportState) -> str:
        if state.status != "stale":
            return state.reason
        return f"The page is from an earlier run and may be out of date. {state.reason}"

    def _figures(self, state: q.ReportState) -> str:
        told = self.changes["words"].map(_bare)
        verdicts = dict(zip(self.changes["finding"], told, strict=True))
        figures = state.content.get("key_figures", [])
        shown = [
            (f["label"], f["value"], verdicts.get(f"{state.stem}.{f['finding']}", f["about"]))
            for f in figures
        ]
        return cards(shown).html if shown else ""

    def disagreement_table(self) -> Html:
        """What the reports do not agree on, or a sentence that they do."""
        if self.disagreements.empty:
            return note("Compared are all numbers that two reports or more state under one name.")
        columns = {"finding": "Number", "said": "What the reports say"}
        told = warning("Do not use these numbers before the difference is explained.")
        return told + table(self.disagreements.head(MOST_ROWS), columns)

    def list_table(self) -> Html:
        """Action lists with size, cost and expected net value."""
        if self.lists.empty:
            return note("No report of this quarter has an action list.")
        currency = self.report.currency
        columns = {
            "name": ("List", str.capitalize),
            "to_contact": ("To act on", number),
            "control": ("Control group", number),
            "cost": (f"Cost, {currency}".rstrip(", "), number),
            "expected_net_value": (f"Expected net value, {currency}".rstrip(", "), number),
        }
        sums = ["to_contact", "control", "cost", "expected_net_value"]
        total = {column: self.lists[column].sum() for column in sums}
        files = f"Files: {', '.join(self.lists['file'])}, readable by their owner alone."
        return table(self.lists, columns, total=total) + note(files) + self._overlap()

    def _overlap(self) -> Html:
        shared = q.overlap(self.folder, self.lists["file"])
        lines = []
        if shared.on_several:
            lines.append(
                f"{counted(shared.on_several, 'customer')} stand on more than one list: agree who "
                "speaks to them first, and do not count their value twice."
            )
        if shared.held_back_elsewhere:
            lines.append(
                f"{counted(shared.held_back_elsewhere, 'customer')} in the control group of one "
                "list stand on another: that weakens what the control group can show."
            )
        return bullets(lines) if lines else Html("")

    def state_table(self) -> Html:
        """Reports that are not there or not current, and why; a sentence when all are."""
        rows = [s for s in self.states if not s.is_current]
        if not rows:
            return note("Every report was made from the data as they are now.")
        frame = pd.DataFrame(
            [{"report": s.title, "state": STATES[s.status], "why": s.reason} for s in rows]
        )
        return table(frame.head(MOST_ROWS), {"report": "Report", "state": "State", "why": "Why"})


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _bare(words: str) -> str:
    """Words of a change without the date, which stands above or before it."""
    head, _, tail = words.partition(" since ")
    verdict = tail.partition(", ")[2]
    return f"{head}, {verdict}" if verdict else head
