import io
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from crm_helpers.charts import theme

WORDS = {"title": "t", "subtitle": "s", "alt": "a", "source": "d"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", theme.Palette._fields)
def test_each_colour_stands_out_from_white(name: str) -> None:
    # WCAG 1.4.11: 3 to 1 for parts of a graphic.
    assert contrast(getattr(theme.PALETTE, name), "#ffffff") >= 3


def test_letters_have_the_contrast_of_text() -> None:
    assert contrast(theme.PALETTE.ink, "#ffffff") >= 7


def test_neighbours_of_the_palette_differ_without_colour() -> None:
    for one, other in pairwise(theme.PALETTE[:3]):
        assert abs(luminance(one) - luminance(other)) > 0.03


def test_each_series_has_a_dash_a_marker_and_a_hatch_of_its_own() -> None:
    for signs in (theme.DASHES, theme.MARKERS, theme.HATCHES):
        assert len(set(map(str, signs))) == len(theme.PALETTE) == 6


def test_letters_stay_ten_pixels_high_on_a_phone() -> None:
    theme.figure()
    for size in ("font.size", "xtick.labelsize", "axes.labelsize", "legend.fontsize"):
        pixels = mpl.rcParams[size] / 72 * 350 / theme.WIDTH_INCHES
        assert pixels > 10


def test_no_look_of_seaborn_leaks() -> None:
    theme.apply_theme()
    assert mpl.rcParams["font.sans-serif"] == ["DejaVu Sans"]
    assert [e["color"] for e in mpl.rcParams["axes.prop_cycle"]] == list(theme.PALETTE)
    assert mpl.rcParams["axes.facecolor"] == "white"


def test_a_finished_chart_is_a_small_palette_png() -> None:
    fig, axes = theme.figure()
    axes.plot(range(100), np.random.default_rng(1).normal(size=100))
    data = pd.DataFrame({"x": [1, 2]})
    chart = theme.finish(fig, data=data, **WORDS)
    picture = Image.open(io.BytesIO(chart.png))
    assert picture.mode == "P"
    assert picture.width == round(theme.WIDTH_INCHES * theme.PIXELS_PER_INCH)
    assert len(chart.png) < 60_000
    assert chart.data.equals(data)


def test_the_same_figure_gives_the_same_bytes() -> None:
    pictures = []
    for _ in range(2):
        fig, axes = theme.figure()
        axes.bar(["a", "b"], [1, 2])
        pictures.append(theme.finish(fig, data=pd.DataFrame(), **WORDS).png)
    assert pictures[0] == pictures[1]


def test_shares_are_read_as_percent_on_an_axis() -> None:
    _, axes = theme.figure()
    theme.percent_ticks(axes.yaxis)
    form = axes.yaxis.get_major_formatter()
    assert [form(share, 0) for share in (0.25, 0.125, 0, 1)] == ["25 %", "12.5 %", "0 %", "100 %"]


def test_a_reference_line_carries_its_label() -> None:
    _, axes = theme.figure()
    theme.reference_line(axes, 0.5, "no model")
    theme.reference_line(axes, 3, "today", vertical=True)
    assert [text.get_text() for text in axes.texts] == ["no model", "today"]
