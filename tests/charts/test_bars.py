import pandas as pd
import pytest

from crm_helpers.charts import bars, theme
from crm_helpers.charts.bars import bar_chart

WORDS = {"title": "Most ordered once", "subtitle": "Share", "alt": "Bars", "source": "Demo"}
FRAME = pd.DataFrame({"orders": ["1", "2 or more"], "share": [0.7, 0.3]})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list:
    figures: list = []

    def keep(fig, **words: object):
        figures.append(fig.axes[0])
        return theme.finish(fig, **words)

    monkeypatch.setattr(bars, "finish", keep)
    return figures


def test_each_bar_has_its_number_and_starts_at_zero(drawn: list) -> None:
    bar_chart(FRAME, form=lambda share: f"{share:.0%}", **WORDS)
    (axes,) = drawn
    assert [text.get_text() for text in axes.texts] == ["70%", "30%"]
    assert [bar.get_width() for bar in axes.patches] == [0.7, 0.3]
    assert axes.get_xlim()[0] == 0


def test_long_names_stand_above_their_bars(drawn: list) -> None:
    long = FRAME.assign(orders=["time since the last order,\nagainst the usual gap", "orders"])
    bar_chart(long, form=str, **WORDS)
    (axes,) = drawn
    texts = {text.get_text() for text in axes.texts}
    assert {"time since the last order,\nagainst the usual gap", "orders"} < texts
    assert not axes.get_yticks().size


def test_the_bar_of_the_title_is_the_coloured_one(drawn: list) -> None:
    bar_chart(FRAME, highlight="1", **WORDS)
    first, second = drawn[0].patches
    assert first.get_facecolor() != second.get_facecolor()


def test_the_first_row_is_on_top(drawn: list) -> None:
    bar_chart(FRAME, **WORDS)
    assert drawn[0].yaxis_inverted()


def test_a_missing_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="1 of 2 amounts are missing"):
        bar_chart(FRAME.assign(share=[0.7, None]), **WORDS)
