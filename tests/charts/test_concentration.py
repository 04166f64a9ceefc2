"""The concentration curve says what its numbers say."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.charts import concentration, theme
from crm_helpers.measures.value.concentration import concentration_curve

WORDS = {"title": "Half comes from a tenth", "subtitle": "S", "alt": "Curve", "source": "Demo"}


@pytest.fixture
def drawn(monkeypatch):
    figures = []

    def keep(fig, **words):
        figures.append(fig.axes[0])
        return theme.finish(fig, **words)

    monkeypatch.setattr(concentration, "finish", keep)
    return figures


def draw(value):
    curve = concentration_curve(value)
    return concentration.concentration_chart(curve, share=0.2, what="margin", **WORDS)


def test_the_marked_share_is_that_of_the_curve(drawn):
    draw([50.0, 20, 10, 10, 10])
    labels = [text.get_text() for text in drawn[0].texts]
    assert labels == ["if all brought the same", "best 20 %: 50 %"]


def test_axes_name_what_is_shared(drawn):
    draw([2.0, 1.0])
    assert drawn[0].get_ylabel() == "Share of margin"
    assert drawn[0].get_xlabel() == "Share of customers, best first"


def test_a_curve_above_one_is_not_cut_off(drawn):
    draw([6.0, 3.0, 3.0, -2.0])
    assert drawn[0].get_ylim()[1] > 1.2


def test_a_million_points_are_thinned_and_keep_their_ends():
    chart = draw(np.random.default_rng(0).lognormal(size=5_000))
    assert len(chart.data) <= concentration.POINTS_DRAWN
    ends = chart.data.iloc[[0, -1]].to_numpy().tolist()
    assert ends == [[0, 0], [1, pytest.approx(1)]]


def test_title_and_alt_are_on_the_chart():
    chart = draw([2.0, 1.0])
    assert (chart.title, chart.alt) == (WORDS["title"], WORDS["alt"])
    assert isinstance(chart.data, pd.DataFrame)
