import base64
import re

import pandas as pd
import pytest

from crm_helpers.charts.chart import Chart

PNG = b"\x89PNG\r\n\x1a\n tiny"


def chart(**changes: object) -> Chart:
    words = {"title": "A finds B", "subtitle": "Share, %", "alt": "Bars", "source": "Demo"}
    return Chart(**{"png": PNG, "data": pd.DataFrame({"x": [1]}), **words, **changes})


def test_words_stand_around_the_picture_and_the_picture_inside() -> None:
    html = chart()._repr_html_()
    assert '<p class="chart-title">A finds B</p>' in html
    assert 'alt="Bars"' in html
    assert base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]) == PNG


@pytest.mark.parametrize("part", ["title", "subtitle", "alt", "source"])
def test_every_word_is_escaped(part: str) -> None:
    html = chart(**{part: '<script>alert("x")</script>'})._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)" in html


def test_alt_text_has_no_default() -> None:
    with pytest.raises(TypeError, match="alt"):
        Chart(png=PNG, title="t", subtitle="s", source="s", data=pd.DataFrame())


@pytest.mark.parametrize("part", ["title", "alt", "source"])
def test_an_empty_word_is_refused_with_the_remedy(part: str) -> None:
    with pytest.raises(ValueError, match=f"{part} is empty; expected a sentence"):
        chart(**{part: "  "})


def test_bytes_that_are_no_png_are_refused() -> None:
    with pytest.raises(ValueError, match="found 3 bytes that are no PNG"):
        chart(png=b"abc")


def test_the_plain_form_holds_no_bytes() -> None:
    assert repr(chart()) == "Chart('A finds B', 1 rows)"
