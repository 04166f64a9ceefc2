"""A finished picture with its words: PNG, title, subtitle, alt text, source -> HTML figure."""

import base64
from dataclasses import dataclass, field
from html import escape

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False)
class Chart:
    """Picture of a finding, with everything a reader needs who cannot see it.

    Title and subtitle are HTML around the picture, not pixels, so that they wrap on a phone and
    are read aloud. The numbers behind the picture stay with it for tests and for other outputs.

    Parameters
    ----------
    png : bytes
        The picture.
    title : str
        The finding, computed: "Contacting 10 % finds 41 % of the lapses". No full stop.
    subtitle : str
        Measure, unit, population, period and n.
    alt : str
        Kind of chart, what is on which axis, the finding, two numbers.
    source : str
        Where the numbers come from.
    data : DataFrame
        The numbers shown.
    figure : matplotlib Figure, optional
        What was drawn, to look into or to draw on.

    Raises
    ------
    ValueError
        If title, alt or source is empty, or the bytes are no PNG.
    """

    png: bytes = field(repr=False)
    title: str
    subtitle: str
    alt: str
    source: str
    data: pd.DataFrame = field(repr=False, compare=False)
    figure: Figure | None = field(default=None, repr=False, compare=False)

    @property
    def says(self) -> str:
        """The finding, as text."""
        return self.title

    @property
    def text(self) -> str:
        """The words of the chart."""
        return f"{self.title}. {self.subtitle}"

    def __post_init__(self) -> None:
        """Refuse a picture that a reader could not understand."""
        _check_words(self)
        if not self.png.startswith(b"\x89PNG"):
            raise ValueError(
                f"chart '{self.title}': found {len(self.png):,} bytes that are no PNG; "
                "expected a picture. Build it with charts.theme.finish(figure, ...)."
            )

    def __repr__(self) -> str:
        """Title only, so that a notebook's plain text holds no bytes."""
        return f"Chart({self.title!r}, {len(self.data):,} rows)"

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png).decode("ascii")
        return (
            '<figure class="chart"><figcaption>'
            f'<p class="chart-title">{escape(self.title)}</p>'
            f'<p class="chart-subtitle">{escape(self.subtitle)}</p></figcaption>'
            f'<img alt="{escape(self.alt)}" src="data:image/png;base64,{picture}">'
            f'<p class="chart-source">Source: {escape(self.source)}</p></figure>'
        )


def _check_words(chart: Chart) -> None:
    remedies = {
        "title": "State the finding, computed.",
        "alt": "Name the kind of chart, its axes, the finding and two numbers.",
        "source": "Name the source and its period.",
    }
    for part, remedy in remedies.items():
        words = getattr(chart, part)
        if not isinstance(words, str) or not words.strip():
            name = chart.title or "without title"
            raise ValueError(f"chart '{name}': {part} is empty; expected a sentence. {remedy}")
