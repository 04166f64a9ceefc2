"""The credit report as a whole: its stories -> list, promises, trust, summary."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.measures.forecasts.both_kinds import check_both_kinds
from crm_helpers.measures.forecasts.calibration import (
    calibration_bound,
    calibration_error,
    calibration_slope,
)
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import KEY
from crm_helpers.page.numerals import counted, interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, answer, bullets, note, table
from crm_helpers.questions.credit.card import (
    METHOD_WORDS,
    CardWords,
    nothing_found,
    rates_of,
    test_in_words,
)
from crm_helpers.questions.credit.classes import ClassWords
from crm_helpers.questions.credit.data import CreditData
from crm_helpers.questions.credit.fairness import FairWords, audited
from crm_helpers.questions.credit.list import (
    DECLINE,
    book,
    book_words,
    credit_candidates,
    open_applications,
)
from crm_helpers.questions.credit.past import PastWords
from crm_helpers.questions.credit.watch import WatchWords
from crm_helpers.tables.needs import Skip

SHOWN = {
    "what": "Decision",
    "n": ("Applications", number),
    "chance": ("Default chance, mean", percent),
}


@dataclass(frozen=True)
class Credit:
    """All sections of the credit report."""

    data: CreditData
    card: CardWords
    classes: ClassWords
    watch: WatchWords
    past: PastWords
    fair: FairWords


def credit_story(report: Report) -> Credit:
    """Learn the card, test it, and get all sections ready; findings of the test are kept.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Credit

    Raises
    ------
    Skip
        If too few outcomes are known, or no attribute tells anything.
    """
    data = CreditData(report)
    card = CardWords(data)
    card.record()
    _keep_loss(data)
    story = (ClassWords(data), WatchWords(data), PastWords(data), FairWords(data))
    return Credit(data, card, *story)


def what_to_do(story: Credit) -> Html:
    """The list of open applications, and the promises made with it."""
    data, report = story.data, story.data.report
    if not story.card.finds_something:
        return nothing_found() + note("No list is made.")
    rows = open_applications(data)
    if rows.empty:
        return answer("No application is waiting for a decision") + note(book_words(data) + ".")
    try:
        candidates = credit_candidates(data)
    except Skip as reason:
        return note(f"No list: {reason}")
    shown = report.act(candidates, key=KEY)
    _promise(data)
    kinds = candidates.assign(
        what=candidates["what"].where(candidates["what"] == DECLINE, "approve on terms")
    ).groupby("what", sort=False)
    found = kinds.agg(n=("what", "size"), chance=("probability", "mean")).reset_index()
    beside = (
        "The money is against deciding the other way: what an approval is expected to bring, and "
        "what a decline is expected to save. A decline is never sent by itself: a person confirms "
        "it and says the reasons, which stand on the list in words. The table does not show who "
        "accepts the terms."
    )
    return shown + table(found, SHOWN) + note(beside)


def trust(story: Credit) -> Html:
    """How far to trust the report."""
    data, report = story.data, story.data.report
    found = report.findings
    gini, best = found["scorecard_gini"], found["test_gini"]
    lines = [
        test_in_words(data),
        f"Gini of the card {number(gini['value'], 3)} "
        f"({interval(gini['low'], gini['high'], lambda x: number(x, 3))}), of the best method "
        f"({METHOD_WORDS[data.study.best_method]}) {number(best['value'], 3)}, of the plain rule "
        f"{number(gini['baseline'], 3)}; KS of the best {number(found['test_ks']['value'], 3)}.",
        _verdict(story),
        *_calibration(data),
        "Margins, loss shares, handling costs, limits and terms are the company's assumptions, "
        "from the parameters; nothing here measured them.",
        *_excluded(data),
    ]
    return bullets(lines) + audited(data) + story.card.stability_of_bins()


def three_sentences(story: Credit) -> tuple[str, str, str]:
    """What is so, what it means, what to do."""
    data = story.data
    if not story.card.finds_something:
        return (
            "The data do not tell good credits from bad beyond chance.",
            "No class, cut-off or list is given.",
            "Decide by hand, and collect more attributes of the applications.",
        )
    rates = rates_of(data)
    first, last = rates.iloc[0], rates.iloc[-1]
    return (
        f"{per_hundred(first.event_rate)} credits in class {first.credit_class} go bad, "
        f"{per_hundred(last.event_rate)} in class {last.credit_class}, in a test on credits the "
        "card had not seen.",
        _means(story),
        _do(story),
    )


def cards(story: Credit) -> Html:
    """Key figures of the summary, of those that were found."""
    report = story.data.report
    found = report.findings
    if not story.card.finds_something:
        return Html("")
    if "approval_rate" in found:
        report.card("Approved by the card", per_hundred(found["approval_rate"]["value"]),
                    "applications", name="approval_rate")  # fmt: skip
    if "expected_loss" in found:
        _, _, what = book(story.data)
        report.card("Loss to expect", report.money(found["expected_loss"]["value"]), what,
                    name="expected_loss")  # fmt: skip
    if "disparate_impact" in found:
        one = found["disparate_impact"]
        report.card("Approved in the group approved least", number(100 * one["value"]),
                    "for 100 of the group approved most", name="disparate_impact")  # fmt: skip
    return Html("")


def _means(story: Credit) -> str:
    data = story.data
    gap, inside = story.card.given_up
    rival = METHOD_WORDS[data.study.rival]
    gives = "gives up nothing that can be shown" if inside.low <= 0 else (
        f"gives up {number(100 * gap, 1)} of 100 pairs"
    )  # fmt: skip
    try:
        cut = f"Approving pays from {number(data.cut_off)} points on"
    except Skip:
        cut = "Without amounts no cut-off can be put in money"
    return f"{cut}; the card {gives} against the best challenger ({rival})."


def _do(story: Credit) -> str:
    told = story.data.report.decision
    shifted = [name for name, psi in _psi(story) if psi > 0.25]
    clear = f" Clear up what happened to {', '.join(shifted)} first." if shifted else ""
    if not told or not told["rows"]:
        return f"No application is waiting; keep the cut-off and watch the next quarter.{clear}"
    if "decision" not in story.data.applications:
        return (
            f"The data hold no decisions: the {counted(told['rows'], 'application')} are listed as "
            f"if they had come today; a person confirms every decline.{clear}"
        )
    return (
        f"Decide the {counted(told['rows'], 'open application')} as listed; a person confirms "
        f"every decline.{clear}"
    )


def _psi(story: Credit) -> list[tuple[str, float]]:
    try:
        return [(name.replace("_", " "), psi) for name, psi in story.watch.psi.items()]
    except Skip:
        return []


def _keep_loss(data: CreditData) -> None:
    try:
        rows, loss, _ = book(data)
    except Skip:
        return
    data.report.find("expected_loss", loss, data.report.currency, n=len(rows))


def _promise(data: CreditData) -> None:
    """Default chances of running credits that a later run can grade."""
    rows = data.scored[data.scored["state"] == "running"]
    if rows.empty:
        return
    frame = pd.DataFrame({"subject": rows[KEY], "value": rows["chance"].astype(float)})
    due = data.report.as_of + data.report.p.outcome_days * windows.ONE_DAY
    data.report.promise(frame, quantity="defaulted", due_on=due, model=CARD)


def _verdict(story: Credit) -> str:
    found = story.data.report.findings
    one, rule = found["scorecard_auc"], found["scorecard_auc"]["baseline"]
    if one["low"] > rule:
        return "The card beats its plain rule in the test, by more than noise."
    if one["value"] < rule:
        return "The card lost to its plain rule in the test: use the rule until there is more data."
    return "The card is not clearly better than its plain rule: the difference could be noise."


def _calibration(data: CreditData) -> list[str]:
    tested = data.tested
    happened, chance = tested["defaulted"], tested["chance"]
    check_both_kinds(happened, "calibration")
    error, bound = (
        calibration_error(happened, chance),
        calibration_bound(chance, seed=data.report.seed),
    )
    return [
        f"Chances: {percent(chance.mean())} expected and {percent(happened.mean())} seen in the "
        f"test; calibration error {number(error, 3)}, a perfect card of this size stays below "
        f"{number(bound, 3)}; slope {number(calibration_slope(happened, chance), 2)} (1 is right)."
    ]


def _excluded(data: CreditData) -> list[str]:
    left = data.usable[1]
    if left.empty:
        return []
    parts = [f"{r.column.replace('_', ' ')} ({r.reason})" for r in left.itertuples()]
    return [f"Attributes left out: {'; '.join(parts)}."]
