import pandas as pd
import pytest

from crm_helpers.charts.ring import ring_chart

WORDS = {"title": "3 customers", "subtitle": "Payments", "alt": "Network", "source": "Shop"}


def test_every_pair_is_a_line_and_every_name_stands_once():
    links = pd.DataFrame(
        {
            "customer": ["customer 1", "customer 1", "customer 10"],
            "shared": ["card 1", "device 1", "card 1"],
            "payments": [4, 1, 2],
        }
    )
    made = ring_chart(links, **WORDS)
    axes = made.figure.axes[0]
    names = [text.get_text() for text in axes.texts]
    assert names == ["customer 1", "customer 10", "card 1", "device 1"]
    lines = [line for line in axes.lines if line.get_linestyle() == "-"]
    assert len(lines) == 3
    assert lines[0].get_linewidth() > lines[2].get_linewidth() > lines[1].get_linewidth()
    pd.testing.assert_frame_equal(made.data, links)


def test_nothing_joined_is_no_picture():
    none = pd.DataFrame({"customer": [], "shared": [], "payments": []})
    with pytest.raises(ValueError, match="ring: 0 links; expected one per customer and card"):
        ring_chart(none, **WORDS)
