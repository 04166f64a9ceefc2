import pandas as pd
import pytest
from matplotlib.figure import Figure

from crm_helpers.charts.theme import figure, finish
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.tables.needs import Skip

FRAME = pd.DataFrame({"plan": ["basic", "plus"], "share": [0.25, 0.5]})


def drawn():
    fig, axes = figure()
    axes.plot([0, 1], [0, 1])
    words = {"title": "Half stay", "subtitle": "n 2", "alt": "A line.", "source": "Shop"}
    return finish(fig, data=FRAME, **words)


@unless_absent
def study(rows):
    """One row per customer."""
    if not len(rows):
        raise Skip("No rows. Add some.")
    return rows


@unless_absent
def size(rows):
    return section("Two plans", table(rows), "Not why.")


@unless_absent(silent=True)
def more(rows):
    return section("More", table(rows), "Not why.")


def test_a_section_shows_answer_table_and_note_in_this_order():
    html = section("<b>", table(FRAME), "a & b")._repr_html_()
    assert html.index("&lt;b&gt;") < html.index("basic") < html.index("a &amp; b")


def test_a_section_remembers_the_frame_of_its_table():
    shown = section("Two plans", table(FRAME, {"plan": "Plan"}), "Not why.")
    assert shown.says == "Two plans"
    pd.testing.assert_frame_equal(shown.data, FRAME)


def test_a_section_remembers_the_figure_and_frame_of_its_chart():
    shown = Section.of(drawn())
    assert isinstance(shown.figure, Figure)
    assert shown.says == "Half stay"
    pd.testing.assert_frame_equal(shown.data, FRAME)


def test_words_alone_have_neither_frame_nor_figure():
    shown = Section.of(note("Only words."))
    assert shown.says == "Only words."
    with pytest.raises(ValueError, match=r"'Only words.': it shows words alone.*Look at .says"):
        _ = shown.data
    with pytest.raises(ValueError, match="'Only words.': it shows no chart; expected one. Look at"):
        _ = shown.figure


def test_a_table_alone_is_called_by_its_columns_and_long_words_are_cut_in_one_line():
    assert Section.of(table(FRAME)).says == "table of plan, share"
    assert len(repr(Section.of(note("word " * 100)))) <= 130


def test_without_an_answer_there_is_nothing_to_look_at():
    with pytest.raises(ValueError, match="without an answer: No leads. There is nothing to look"):
        _ = Section.absent("No leads.").data


def test_one_line_tells_the_answer_and_the_shape():
    assert repr(size(FRAME)) == "Section: Two plans (.data: 2 rows of plan, share)"
    assert repr(Section.absent("No leads.")) == "Section without an answer: No leads."


def test_findings_stay_with_their_section():
    found = Section.of(answer("Half")).finds("rate", 0.5, "share", n=2).finds("plans", 2)
    assert found.findings == {
        "rate": {"value": 0.5, "unit": "share", "n": 2},
        "plans": {"value": 2, "unit": ""},
    }
    assert Section.of(found, note("Beside.")).findings == found.findings


def test_what_skips_is_absent_and_so_is_all_that_rests_on_it():
    rows = study(FRAME.head(0))
    assert is_absent(rows)
    assert size(rows=rows)._repr_html_() == (
        '<p class="note unanswered">Not answered: No rows. Add some.</p>'
    )
    assert not size(rows)


def test_what_is_there_is_handed_on_with_its_docstring():
    assert study(FRAME) is FRAME
    assert study.__doc__ == "One row per customer."
    assert size(FRAME)


def test_a_silent_section_speaks_in_jupyterlab_alone(monkeypatch):
    rows = study(FRAME.head(0))
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    assert more(rows)._repr_html_() == ""
    assert "No rows" in size(rows)._repr_html_()
    monkeypatch.delenv("CRM_RUN_FOLDER")
    assert "No rows" in more(rows)._repr_html_()


def test_what_rests_on_something_silently_absent_is_silent_too(monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    shown = size(Section.absent("Told elsewhere.", silent=True))
    assert shown._repr_html_() == ""
    assert shown.reason == "Told elsewhere."


def test_other_errors_pass():
    @unless_absent
    def broken():
        raise KeyError("bug")

    with pytest.raises(KeyError, match="bug"):
        broken()


def test_news_goes_with_the_section_and_with_those_made_of_it():
    first = section("Two plans", table(FRAME)).tells("A plan is new.")
    both = Section.of(first, section("More", table(FRAME)).tells("Another."))
    assert both.news == ("A plan is new.", "Another.")
    assert both.finds("plans", 2).news == both.news
