"""Tenths then and next: two bars each, with the newcomers."""

import pandas as pd
import pytest

from crm_helpers.charts import theme, top_persistence
from crm_helpers.measures.value.top_persistence import tenths_then_and_next

WORDS = {"title": "T", "subtitle": "S", "alt": "Bars", "source": "Demo"}


@pytest.fixture
def axes(monkeypatch):
    figures = []

    def keep(fig, **words):
        figures.append(fig.axes[0])
        return theme.finish(fig, **words)

    monkeypatch.setattr(top_persistence, "finish", keep)
    then = pd.Series(range(1, 21), index=[f"c{n:02d}" for n in range(20)], dtype=float)
    tenths = tenths_then_and_next(then, pd.Series({"c19": 1.0, "new": 1.0}))
    top_persistence.persistence_chart(tenths, what="margin", **WORDS)
    return figures[0]


def test_two_bars_stand_for_each_tenth_and_the_newcomers(axes):
    heights = [bar.get_height() for bar in axes.patches]
    assert len(heights) == 22
    assert (heights[11], heights[21]) == (0.5, 0.5)


def test_bars_are_told_apart_without_colour(axes):
    assert axes.patches[0].get_hatch() != axes.patches[11].get_hatch()


def test_the_last_label_names_the_newcomers(axes):
    assert axes.get_xticklabels()[-1].get_text() == "new\nsince"
    assert axes.get_ylabel() == "Share of margin"
