"""The letter of the quarter as a page: what all reports say together -> HTML."""

from html import escape

import pandas as pd

from crm_helpers.page import trends
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.words import MOST_ROWS, Html, bullets, cards, note, table, warning
from crm_helpers.questions.overview import quarter as q
from crm_helpers.questions.overview.sentences import STATES, Findings


class Letter(Findings):
    """What the overview shows of the reports of one quarter."""

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


def _bare(words: str) -> str:
    """Words of a change without the date, which stands above or before it."""
    head, _, tail = words.partition(" since ")
    verdict = tail.partition(", ")[2]
    return f"{head}, {verdict}" if verdict else head
