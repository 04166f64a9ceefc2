from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_helpers.charts.theme import figure, finish
from crm_helpers.page import words as w
from crm_helpers.page.faults import is_light, page_faults
from crm_helpers.page.render import (
    PageError,
    failed_page,
    page,
    render_report,
    skipped_page,
)


def shown(html: str, *tags: str, source: str = "secret_code()") -> NotebookNode:
    output = new_output("execute_result", {"text/html": html, "text/plain": "Html"})
    cell = new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})
    cell.execution_count = 1
    return cell


def notebook(*cells: NotebookNode) -> NotebookNode:
    begin = [
        new_markdown_cell("# Who leaves?\n\nIt serves a decision. The lead reads it."),
        new_code_cell("capacity: int = 5", execution_count=1, metadata={"tags": ["parameters"]}),
        shown("<p>setup box</p>", "setup", "remove-cell"),
        shown('<div class="input">rows read</div>', "remove-input"),
        new_markdown_cell("## Which customers?\n\nA definition."),
        shown("<h3>These</h3>"),
    ]
    end = [
        new_markdown_cell("## What to do"),
        shown("<p>act</p>"),
        shown(w.summary(["First.", "Second.", "Third."]).html, "summary"),
        shown('<div class="colophon">small print</div>', "colophon"),
    ]
    return new_notebook(cells=[*begin, *cells, *end])


@pytest.fixture(scope="module")
def html() -> str:
    return page(notebook(), name="churn.html")


def test_answers_come_first_and_small_print_last(html: str) -> None:
    order = [
        "Who leaves?",
        "First.",
        "Which customers?",
        "These",
        "act",
        "rows read",
        "small print",
    ]
    body = html[html.index("<body") :].replace('<a href="#part-1">Which customers?', "")
    places = [body.index(words) for words in order]
    assert places == sorted(places)


def test_code_and_setup_are_hidden(html: str) -> None:
    assert "secret_code" not in html
    assert "capacity" not in html
    assert "setup box" not in html


def test_colleagues_can_see_the_code() -> None:
    html = page(notebook(), name="churn.html", code=True)
    assert "secret_code()" in html


def test_the_contents_link_to_every_section(html: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    links = {a["href"][1:]: a.text for a in soup.select("nav a[href^='#']")}
    assert links == {"part-1": "Which customers?", "part-2": "What to do"}
    assert [soup.find(id=anchor).find("h2").text for anchor in links] == list(links.values())


def test_the_page_stands_alone(html: str) -> None:
    assert page_faults(html) == []
    assert is_light(html)
    assert "Content-Security-Policy" in html
    assert 'name="viewport"' in html
    assert "@media print" in html


def test_the_title_of_the_window_is_the_title(html: str) -> None:
    assert BeautifulSoup(html, "html.parser").title.text == "Who leaves?"


def test_tags_are_balanced(html: str) -> None:
    for tag in ("section", "main", "header", "div", "nav"):
        assert html.count(f"<{tag}") == html.count(f"</{tag}>")


def test_stderr_and_errors_are_never_shown() -> None:
    cell = new_code_cell("x", outputs=[new_output("stream", name="stderr", text="Warning: old")])
    assert "Warning: old" not in page(notebook(cell), name="x")


def test_plain_text_from_data_is_escaped() -> None:
    plain = new_output("execute_result", {"text/plain": "<script>alert(1)</script>"})
    printed = new_output("stream", name="stdout", text="<img src=x>")
    html = page(notebook(new_code_cell("x", outputs=[plain, printed])), name="x")
    assert "&lt;script&gt;" in html
    assert "&lt;img src=x&gt;" in html


def test_markdown_from_data_is_not_taken_as_markup() -> None:
    output = new_output("display_data", {"text/markdown": "<b>x</b>", "text/plain": "<b>x</b>"})
    assert "<b>x</b>" not in page(notebook(new_code_cell("x", outputs=[output])), name="x")


def test_a_script_in_a_result_stops_the_page() -> None:
    with pytest.raises(PageError, match=r"churn.html: 1 things .*\(first: a <script> element\)"):
        page(notebook(shown("<script>alert(1)</script>")), name="churn.html")


def test_a_picture_without_words_stops_the_page() -> None:
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "Figure"})
    with pytest.raises(PageError, match="a picture without alternative text"):
        page(notebook(new_code_cell("x", outputs=[picture])), name="x")


def test_a_dozen_charts_are_light_enough_to_mail() -> None:
    fig, axes = figure()
    for slope in range(6):
        axes.plot(range(50), [slope * x**0.5 for x in range(50)])
    words = {"title": "t", "subtitle": "s", "alt": "Lines", "source": "d"}
    chart = finish(fig, data=pd.DataFrame(), **words)
    cells = [shown(chart._repr_html_()) for _ in range(12)]
    assert is_light(page(notebook(*cells), name="x"))


def test_the_page_is_written_whole_and_the_notebook_stays(tmp_path: Path) -> None:
    path = tmp_path / "churn.ipynb"
    nbformat.write(notebook(), path)
    before = path.read_bytes()
    made = render_report(path, tmp_path / "churn.html")
    assert "First." in made.read_text(encoding="utf-8")
    assert path.read_bytes() == before


def test_a_bad_page_leaves_the_earlier_one(tmp_path: Path) -> None:
    path, html = tmp_path / "churn.ipynb", tmp_path / "churn.html"
    html.write_text("earlier")
    nbformat.write(notebook(shown("<script>1</script>")), path)
    with pytest.raises(PageError, match="a <script> element"):
        render_report(path, html)
    assert html.read_text() == "earlier"


HOSTILE = '<script>alert(1)</script><img src=x onerror=y> "&'


def test_a_skipped_page_says_why_escaped() -> None:
    html = skipped_page("churn", "Who leaves?", HOSTILE, dateline=HOSTILE)
    assert page_faults(html) == []
    assert '<a href="index.html">All reports of this quarter</a>' in html
    text = BeautifulSoup(html, "html.parser").get_text()
    assert "This report was skipped. <script>alert(1)</script>" in text


def test_a_hostile_title_stays_text() -> None:
    assert page_faults(skipped_page("churn", HOSTILE, "x")) == []


def test_a_failed_page_says_what_and_where_and_shows_what_was_done() -> None:
    wrong = new_code_cell("1 / 0", outputs=[new_output("error", ename="E", evalue="v")])
    html = failed_page(
        "churn",
        "Who leaves?",
        "The list has no column cost.",
        section="How much?",
        notebook=notebook(new_markdown_cell("## How much?"), wrong),
    )
    text = BeautifulSoup(html, "html.parser").get_text()
    assert "It stopped at “How much?”. The list has no column cost." in text
    assert "These" in text
    assert "act" not in text.split("What was computed before")[1]
    assert page_faults(html) == []


def test_a_failed_page_is_made_even_of_a_bad_notebook() -> None:
    html = failed_page("churn", "T", "why", notebook=notebook(shown("<script>1</script>")))
    assert "why" in html
    assert page_faults(html) == []


def test_a_section_that_ran_and_showed_nothing_is_left_out() -> None:
    made = page(
        notebook(new_markdown_cell("## Who ends a contract?\n\nA definition."), shown("")),
        name="churn.html",
    )
    assert "Who ends a contract?" not in made
    assert "What to do" in made


def test_a_section_of_words_alone_stays() -> None:
    made = page(notebook(new_markdown_cell("## Why so?\n\nBecause.")), name="churn.html")
    assert "Why so?" in made


def test_questions_without_an_answer_are_listed_at_the_end_by_reason() -> None:
    left_out = [
        new_markdown_cell("## Which leads?"),
        shown(w.unanswered("The source has no <leads>.").html),
        new_markdown_cell("## When do they convert?"),
        shown(w.unanswered("The source has no <leads>.").html),
    ]
    made = BeautifulSoup(page(notebook(*left_out), name="churn.html"), "html.parser")
    assert not made.find("h2", string="Which leads?")
    (item,) = made.select(".unanswered li")
    assert item.get_text(" ", strip=True) == (
        "Which leads? When do they convert? The source has no <leads>."
    )
    assert str(made).index("act</p>") < str(made).index("Not answered from these data")


def test_a_section_that_answers_in_part_stays_where_it_is() -> None:
    in_part = [
        new_markdown_cell("## Which leads?"),
        shown("<h3>Ten</h3>"),
        shown(w.unanswered("No cost.").html),
    ]
    made = page(notebook(*in_part), name="churn.html")
    assert made.index("Which leads?") < made.index("Not answered: No cost.") < made.index("act</p>")
    assert "Not answered from these data" not in made
