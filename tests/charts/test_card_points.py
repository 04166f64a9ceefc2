"""Card as a picture."""

import pandas as pd
import pytest

from crm_helpers.charts.card_points import card_points_chart

WORDS = {"title": "t", "subtitle": "s", "alt": "a", "source": "x"}


def test_every_answer_is_in_the_picture():
    card = pd.DataFrame({"attribute": ["age", "age"], "bin": ["low", "high"], "points": [5, -3]})
    chart = card_points_chart(card, **WORDS)
    assert chart.data["points"].tolist() == [5, -3]


def test_a_card_without_answers_is_refused():
    with pytest.raises(ValueError, match="card: 0 rows; expected points per attribute"):
        card_points_chart(pd.DataFrame({"attribute": [], "bin": [], "points": []}), **WORDS)
