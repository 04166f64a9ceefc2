import pytest

from crm_helpers.page.sections import need, section, unless_skipped
from crm_helpers.page.words import Html
from crm_helpers.tables.needs import Skip


class Table:
    columns = ("person_id",)


def test_section_escapes_its_words_and_shows_what_is_between():
    html = section("<b>", Html("<p>chart</p>"), "a & b").html
    assert html.index("&lt;b&gt;") < html.index("<p>chart</p>") < html.index("a &amp; b")


def test_skip_becomes_a_sentence():
    @unless_skipped
    def told() -> Html:
        raise Skip("contacts is missing. Add it.")

    assert "Not answered: contacts is missing. Add it." in told().html


def test_other_errors_pass():
    @unless_skipped
    def told() -> Html:
        raise KeyError("bug")

    with pytest.raises(KeyError, match="bug"):
        told()


def test_need_names_the_missing_column():
    with pytest.raises(Skip, match="no responded in contacts. Add it under `tables:`"):
        need({"contacts": Table()}, contacts=["person_id", "responded"])
