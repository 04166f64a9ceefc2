"""The acquisition report as a whole: stories of a report -> list, promises and summary."""

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, answer, note, number, percent, table
from crm_helpers.questions.acquisition.campaigns import Acquisition
from crm_helpers.questions.acquisition.channels import Channels
from crm_helpers.questions.acquisition.pursuit import Scored, Winning
from crm_helpers.questions.campaigns.lists import act_on, candidates_of
from crm_helpers.questions.campaigns.words import effect_in_words, verdict_in_words
from crm_helpers.tables.needs import Skip


class Pursuit:
    """The list of leads or prospects, and what the summary says of it."""

    def __init__(self, story: Acquisition, channels: Channels) -> None:
        self.story, self.channels, self.report = story, channels, story.report
        self.winning = Winning(channels)

    def what_to_do(self) -> Html:
        """The list, by measured change where campaigns were randomized, else by chance."""
        rows, basis = self._rows()
        shown = act_on(self.report, rows, self.story.data.agreed, key="person_id")
        self._promise(rows)
        return shown + note(basis)

    def _rows(self) -> tuple[pd.DataFrame, str]:
        try:
            verdict = self.winning.verdict
        except Skip:
            share = percent(self.report.p.caused_share)
            rows = candidates_of(Scored(self.story, self.channels), key="person_id")
            return rows, (
                f"Assumption: {share} of the responses or conversions come only because of the "
                "contact. No campaign with a control group says how many."
            )
        form = self.report.money
        says = verdict_in_words(verdict, self.winning.values, form)
        return candidates_of(self.winning, key="person_id"), f"{says}. {self._worth()}"

    def _worth(self) -> str:
        money = self.winning.money
        return (
            f"A response is worth {self.report.money(money.response_value, 2)}: the margin of a "
            "customer won x the share of responses that become customers."
        )

    def _promise(self, rows: pd.DataFrame) -> None:
        column = next((c for c in ("if_contacted", "chance") if c in rows), "")
        known = rows[rows["expected_net_value"] > 0] if column else rows.head(0)
        if known.empty:
            return
        leads = column == "chance" and "leads" in self.report.tables
        days = self.report.p.outcome_days if leads else self.report.p.response_days
        frame = pd.DataFrame({"subject": known["person_id"], "value": known[column].astype(float)})
        self.report.promise(
            frame,
            quantity="converted" if leads else "response_if_contacted",
            due_on=self.report.as_of + days * windows.ONE_DAY,
            model="conversion" if leads else "response",
        )

    def trust(self) -> Html:
        """How the models were tested, and what was left out."""
        lines, words = [], []
        for tested in (self.story, self.channels.leads):
            try:
                lines += tested.trust_lines()
            except Skip as reason:
                words.append(str(reason))
        try:
            words += [f"Tested on {self.story.model.tested_on}.", self.story.left_out()]
        except Skip:
            pass
        if not lines:
            return note(" ".join(words))
        shown = pd.DataFrame(lines, columns=["what", "value"])
        first, rest = shown.head(7), shown.iloc[7:]
        columns = {"what": "What", "value": "Value (interval: AUC 99.5 %, others 95 %)"}
        both = table(first, columns) + (table(rest, columns) if len(rest) else Html(""))
        return answer(self._verdict()) + both + note(" ".join(words))

    def _verdict(self) -> str:
        told = []
        for name, tested in (("response", self.story), ("lead", self.channels.leads)):
            try:
                beats = tested.evidence.beats_rule
            except Skip:
                continue
            told.append(f"the {name} model {'beats' if beats else 'is not shown to beat'} its rule")
        text = ", and ".join(told)
        return text[:1].upper() + text[1:]

    def three_sentences(self) -> tuple[str, str, str]:
        """What is so, what it means, what to do."""
        return self._so(), self._means(), _do(self.report)

    def _so(self) -> str:
        found = self.report.findings
        if "cost_per_customer" in found:
            cost = self.report.money(found["cost_per_customer"]["value"], 2)
            if "poorest_channel" not in found:
                return f"A new customer costs {cost} of leads."
            return (
                f"A new customer costs {cost} of leads; {found['poorest_channel']['value']} brings "
                "the customers with the least margin."
            )
        try:
            rate = float(self.story.asked["responded"].mean())
            return f"Of 100 persons contacted {number(100 * rate, 1)} responded."
        except Skip:
            pass
        if "final_conversion" in found:
            share = number(100 * found["final_conversion"]["value"])
            return f"Of 100 leads {share} become customers sooner or later."
        return "The data do not say how customers are won."

    def _means(self) -> str:
        try:
            text = effect_in_words(self.winning.effect)
            return f"{text}, measured against control groups drawn at random."
        except Skip:
            pass
        lift = self.report.findings.get("test_lift_top10")
        if lift is None:
            return "No model could be tested."
        if lift["low"] <= 1:
            return "Who will respond or convert cannot be told better than by chance."
        return (
            f"The likeliest tenth responds or converts {number(lift['value'], 1)} times as often "
            f"as the average ({number(lift['low'], 1)} to {number(lift['high'], 1)}), as tested"
            f"{self._weaker_in_time()}."
        )

    def _weaker_in_time(self) -> str:
        """Warning where the test in the order of time is beyond noise below that of all rows."""
        whole, late = (self.report.findings.get(n) for n in ("test_auc", "in_order_auc"))
        if not whole or not late or late["high"] >= whole["low"]:
            return ""
        return "; on the latest rows alone the model did much worse, so expect less"

    def cards(self) -> Html:
        """Key figures of the summary, of those that were found."""
        report, found = self.report, self.report.findings
        if "cost_per_customer" in found:
            report.card("Cost of a new customer",
                        report.money(found["cost_per_customer"]["value"], 2),
                        "of leads, all channels", name="cost_per_customer")  # fmt: skip
        if "test_lift_top10" in found:
            lift = found["test_lift_top10"]
            report.card("Likeliest tenth", f"{number(lift['value'], 1)} times the average",
                        f"{number(lift['low'], 1)} to {number(lift['high'], 1)}",
                        name="test_lift_top10")  # fmt: skip
        told = report.decision or {"rows": 0}
        if told["rows"]:
            report.card("To pursue", number(told["to_contact"]),
                        f"and {number(told['control'])} in the control group")  # fmt: skip
            report.card("Expected net value", report.money(told["expected_net_value"]),
                        f"for {report.money(told['cost'])} of cost",
                        name="list_net_value")  # fmt: skip
        return Html("")


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"]:
        return "There is no list this time; keep a control group in the next campaign."
    return (
        f"Pursue the {number(told['to_contact'])} persons on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net."
    )
