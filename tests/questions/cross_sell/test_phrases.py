import pandas as pd
import pytest

from crm_helpers.measures.rules.rule_holding import HELD, NOT_HELD, TOO_FEW, WEAKER
from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH, RULES
from crm_helpers.models.rules.rulebook import NEW
from crm_helpers.page.words import MOST_ROWS as MOST_ROWS_OF_A_TABLE
from crm_helpers.questions.cross_sell import phrases


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0.00"), (0.005, "0.50"), (0.05, "5.0"), (0.5, "50"), (1, "100")]
)
def test_a_small_share_gets_more_places(share, words):
    assert phrases.of_hundred(share) == words


def test_lifts_above_ten_get_no_place():
    assert [phrases.times(lift) for lift in (1.25, 9.94, 10, 123.4)] == ["1.2", "9.9", "10", "123"]


def test_every_verdict_and_every_way_has_words():
    assert set(phrases.VERDICTS) == {HELD, WEAKER, NOT_HELD, TOO_FEW, NEW}
    assert set(phrases.WAYS) == {RULES, BEST_SELLERS, BOTH}


def test_an_empty_table_is_told_in_a_sentence():
    empty = pd.DataFrame({"rule_lift": []})
    html = phrases.strongest_rows(empty, {"rule_lift": "lift"}, otherwise="None <here>.")
    assert "None &lt;here&gt;." in html.html


@pytest.mark.parametrize(("rows", "is_cut"), [(10, False), (11, True)])
def test_a_table_says_when_it_is_cut(rows, is_cut):
    frame = pd.DataFrame({"rule_lift": range(rows)})
    shown = phrases.strongest_rows(frame, {"rule_lift": "lift"}, otherwise="")
    assert len(shown.data) == 10 <= MOST_ROWS_OF_A_TABLE
    assert (f"The 10 strongest of {rows}." in shown.html) is is_cut
