"""The satisfaction report as a whole: its stories -> list, trust, cards and summary."""

from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, bullets, note, number, paragraph, percent
from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.questions.satisfaction.drivers import Drivers
from crm_helpers.questions.satisfaction.list import callback_candidates, masked_quotes
from crm_helpers.questions.satisfaction.scores import Scores
from crm_helpers.questions.satisfaction.text_data import TextData
from crm_helpers.questions.satisfaction.text_trust import text_trust
from crm_helpers.questions.satisfaction.texts import TextStory
from crm_helpers.questions.satisfaction.words import HEADERS, figure_form, moved, opening, span
from crm_helpers.questions.satisfaction.worth import Worth
from crm_helpers.tables.needs import Skip

VALUE = "callback_list_net_value"


def what_to_do(worth: Worth, texts: TextData) -> Html:
    """The list of customers to call back, and what its money rests on."""
    report = worth.report
    try:
        rows = callback_candidates(worth, masked_quotes(texts))
    except Skip as reason:
        report.find(VALUE, 0.0, report.currency, n=0)
        return paragraph(f"There is no list: {reason}")
    if rows.empty:
        report.find(VALUE, 0.0, report.currency, n=0)
        return paragraph("There is no list: nobody of known value was unhappy in the last period.")
    shown = report.act(rows)
    told = report.decision
    report.find(VALUE, told["expected_net_value"], report.currency, n=told["rows"])
    return shown + note(
        f"Assumption, not a finding: a call keeps {percent(report.p.save_rate)} of those who would "
        f"not have ordered (parameter save_rate). A customer kept is worth "
        f"{report.p.horizon_months} months of margin at the pace of the past. The chance not to "
        f"order within {report.p.outcome_days} days is that of earlier unhappy customers. Unhappy: "
        "0 to 6 of 10, 1 or 2 stars of 5, effort 1 or 2 of 7, or a case still open."
    )


def stories(report: Report) -> tuple[Scores, Drivers, Worth, TextStory]:
    """Parts of the report: figures, what goes with them, what follows, what is written."""
    data = FeedbackData(report)
    return Scores(data), Drivers(data), Worth(data), TextStory(data)


def trust(drivers: Drivers, texts: TextData) -> Html:
    """What the figures and the texts rest on, and what they cannot say."""
    data = drivers.data
    lines = [_answers(data), _off_scale(data.report), *_drivers(drivers)]
    lines.append(
        f"{number(data.refused)} customers who refused to be profiled are left out of everything."
    )
    lines.append(
        "One answer per customer, question and period: the last one. Intervals count a customer "
        "once, however often he answered."
    )
    lines.append(
        "Drivers and later orders are differences between customers as they are; nothing here was "
        "tried by lot except the control group of the list."
    )
    return bullets([line for line in lines if line]) + text_trust(texts)


def _answers(data: FeedbackData) -> str:
    last = data.main[data.main["period"] == 0]
    return (
        f"{number(len(data.answers))} answers in all, {number(len(last))} to the main question in "
        f"the last {data.report.p.period_days} days."
    )


def _off_scale(report: Report) -> str:
    aside = report.tables.set_aside
    rows = aside[(aside["table"] == "feedback") & (aside["column"] == "score")]
    count = int(rows["rows"].sum()) if "rows" in rows else 0
    return f"{number(count)} scores outside of their scale were set aside." if count else ""


def _drivers(drivers: Drivers) -> list[str]:
    try:
        study = drivers.study
    except Skip as reason:
        return [f"No driver is named: {reason}"]
    return [
        f"Drivers: R squared {number(study.r_squared, 2)} on {number(study.answers)} complete "
        f"answers of {number(study.persons)} customers, {_chance(study.p_value)}; shares and "
        f"slopes by a bootstrap of {drivers.report.p.bootstraps} draws of customers. The plain "
        "rule beside it, the mean of everybody, has R squared 0."
    ]


def _chance(p_value: float) -> str:
    return "p below 0.001" if p_value < 0.001 else f"p {number(p_value, 3)}"


def three_sentences(
    scores: Scores, drivers: Drivers, worth: Worth, story: TextStory
) -> tuple[str, str, str]:
    """What is so, what it means, what to do."""
    return _so(scores), _means(drivers, story), _do(worth.report)


def _so(scores: Scores) -> str:
    try:
        said = scores.says
    except Skip as reason:
        return f"How satisfied customers are cannot be said: {reason}"
    try:
        sure = scores.changed[scores.changed["is_change"]]
    except Skip:
        return f"{said}."
    if sure.empty:
        return f"{said}; no question moved by more than noise since the period before."
    first = sure.iloc[0]
    told = moved(first["question"], first["scale"], first["mean_change"])
    return f"{said}; beyond noise, {told} than in the period before."


def _means(drivers: Drivers, story: TextStory) -> str:
    try:
        top, first = opening(drivers.top), drivers.to_mend.replace("_", " ")
    except Skip as reason:
        return _written_about(story) or f"What drives satisfaction is not said: {reason}"
    tie = "" if drivers.study.has_leader else ", though not clearly before the next"
    if not first:
        return f"{top} goes with satisfaction most{tie}; nothing is clearly to be mended first."
    if top == opening(first):
        return f"{top} goes with satisfaction most{tie}, and is to be mended first."
    return (
        f"Mend {first} first: its low answers take most from satisfaction now. {top} goes with "
        f"satisfaction most{tie}."
    )


def _written_about(story: TextStory) -> str:
    try:
        return f"{story.says_themes}."
    except Skip:
        return ""


def _do(report: Report) -> str:
    told = report.decision
    if told is None:
        return "Nobody can be called back from these data; keep asking, and note who answers."
    if not told["rows"]:
        return "There is nobody whom a call back is expected to pay for; keep asking."
    return (
        f"Call back the {number(told['to_contact'])} customers on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net, and leave the control group alone."
    )


def cards(report: Report) -> Html:
    """Key figures of the summary, of those that were found."""
    for name, scale in (("nps", "nps"), ("csat", "csat"), ("stars_mean", "stars")):
        found = report.findings.get(name)
        if found:
            form = figure_form(scale)
            about = span(found["low"], found["high"], form)
            report.card(HEADERS[scale], form(found["value"]), about, name=name)
    rate = report.findings.get("response_rate")
    if rate:
        report.card("Of 100 invited answered", number(100 * rate["value"], 0), name="response_rate")
    told = report.decision
    if told and told["rows"]:
        report.card("Customers to call back", number(told["to_contact"]),
                    f"expected net {report.money(told['expected_net_value'])}",
                    name=VALUE)  # fmt: skip
    return Html("")
