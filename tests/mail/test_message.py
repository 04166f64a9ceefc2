import email
import io
import re
from email.message import EmailMessage
from email.policy import default

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from crm_helpers.charts.theme import figure, finish
from crm_helpers.mail.message import failure_message, report_message, subject_of
from crm_helpers.page import words as w
from crm_helpers.page.render import page

CONTENT = {
    "report": "churn",
    "title": "Who leaves?",
    "source": "demo",
    "source_title": "Demo company",
    "as_of": "2026-09-30",
    "summary": ["Of 100 customers 23 leave.", "Two.", "Three."],
    "key_figures": [{"label": "At risk", "value": "1,240", "about": "", "change": ""}],
}


def shown(html: str, *tags: str):
    output = new_output("display_data", {"text/html": html})
    return new_code_cell("", outputs=[output], metadata={"tags": list(tags)})


def chart() -> str:
    fig, axes = figure()
    axes.plot([1, 2])
    words = {"title": "A < B", "subtitle": "s", "alt": "Line", "source": "d"}
    return finish(fig, data=pd.DataFrame(), **words)._repr_html_()


@pytest.fixture(scope="module")
def html() -> str:
    cells = [
        new_markdown_cell("# Who leaves?\n\nA decision."),
        new_markdown_cell("## How many?"),
        shown(chart()),
        shown(chart()),
        shown(w.table(pd.DataFrame({"g": ["a"], "n": [1]})).html),
        shown(w.summary(CONTENT["summary"]).html, "summary"),
    ]
    return page(new_notebook(cells=cells), name="churn.html")


@pytest.fixture(scope="module")
def sent(html: str) -> EmailMessage:
    made = report_message(
        CONTENT, html, sender="CRM <crm@shop.test>", recipients=["a@shop.test", "b@shop.test"]
    )
    return email.message_from_bytes(made.as_bytes(), policy=default)


def html_of(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


def test_the_subject_is_the_first_finding_and_its_day(sent: EmailMessage) -> None:
    assert sent["Subject"] == "Of 100 customers 23 leave · as of 2026-09-30"


def test_all_readers_are_named_and_absence_notices_kept_away(sent: EmailMessage) -> None:
    assert sent["To"] == "a@shop.test, b@shop.test"
    assert sent["From"] == "CRM <crm@shop.test>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"].endswith("@shop.test>")


def test_the_text_part_has_the_same_three_sentences(sent: EmailMessage) -> None:
    text = sent.get_body(("plain",)).get_content()
    for sentence in CONTENT["summary"]:
        assert sentence in text
    assert "At risk: 1,240" in text
    assert "Demo company, as of 2026-09-30" in text


def test_each_chart_is_a_part_that_the_text_refers_to(sent: EmailMessage) -> None:
    pictures = [part for part in sent.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 2
    for part in pictures:
        cid = part["Content-ID"].strip("<>")
        assert f'src="cid:{cid}"' in html_of(sent)
        assert Image.open(io.BytesIO(part.get_content())).format == "PNG"
    assert "data:image" not in html_of(sent)


def test_styles_stand_at_their_elements_and_nowhere_else(sent: EmailMessage) -> None:
    text = html_of(sent)
    assert "<style" not in text
    assert "var(" not in text
    assert "display: grid" not in text
    assert re.search(r'<td class="number"[^>]* style="[^"]*text-align: right', text)


def test_nothing_in_the_mail_points_outside(sent: EmailMessage) -> None:
    text = html_of(sent)
    assert "<a " not in text
    assert "<nav" not in text
    assert "http" not in text


def test_what_was_escaped_stays_escaped(sent: EmailMessage) -> None:
    assert "A &lt; B" in html_of(sent)


def test_the_text_is_below_what_gmail_shows_uncut(sent: EmailMessage) -> None:
    assert len(html_of(sent).encode()) < 102_000


def test_a_line_break_in_a_finding_begins_no_header() -> None:
    content = {**CONTENT, "summary": ["One\r\nBcc: x@y.z", "Two.", "Three."]}
    assert subject_of(content) == "One Bcc: x@y.z · as of 2026-09-30"


def test_a_long_finding_is_cut_between_words_and_keeps_its_day() -> None:
    subject = subject_of({**CONTENT, "summary": ["word " * 60, "", ""]})
    assert len(subject) <= 150
    assert subject.endswith("word… · as of 2026-09-30")


def test_analysts_are_told_what_failed_but_not_which_row() -> None:
    message = failure_message(
        ["churn", "fraud"],
        title="Demo",
        as_of="2026-09-30",
        sender="a@b.test",
        recipients=["c@b.test"],
    )
    assert message["Subject"] == "2 reports failed: churn, fraud (2026-09-30)"
    assert "churn: see churn.failed.html" in message.get_content()
