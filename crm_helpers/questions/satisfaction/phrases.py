"""Codes and figures of surveys in words: scales, kinds of drivers -> what a reader reads."""

from collections.abc import Callable

from crm_helpers.page.names import value_words
from crm_helpers.page.numerals import number

HEADERS = {"nps": "Net promoter score", "csat": "Satisfied", "stars": "Stars", "ces": "Effort"}
MEANINGS = {
    "nps": "points: share of 9 and 10 less share of 0 to 6",
    "csat": "of 100 answer 4 or 5 of 5",
    "stars": "mean of 1 to 5 stars",
    "ces": "mean of 1 to 7, 7 is easy",
    "": "mean answer",
}
COLLECTED = {"survey": "survey", "review": "reviews", "ticket": "tickets", "call": "calls"}
# Of a driver: how it works, in a table and in a sentence.
KINDS = {
    "disappoints": "disappoints when bad",
    "delights": "delights when good",
    "even": "both ways alike",
}


def heading(scale: str) -> str:
    """Name of the figure of a scale.

    Examples
    --------
    >>> heading("nps"), heading("")
    ('Net promoter score', 'Mean answer')
    """
    return HEADERS.get(scale, "Mean answer")


def figure_form(scale: str) -> Callable[[float], str]:
    """How a figure of a scale is written.

    Examples
    --------
    >>> figure_form("nps")(-12.4), figure_form("csat")(0.734), figure_form("stars")(3.87)
    ('−12', '73 of 100', '3.87 of 5')
    """
    forms = {
        "nps": lambda x: f"{'−' if round(x) < 0 else '+' if round(x) > 0 else ''}{abs(x):.0f}",
        "csat": lambda x: f"{100 * x:.0f} of 100",
        "stars": lambda x: f"{number(x, 2)} of 5",
        "ces": lambda x: f"{number(x, 2)} of 7",
    }
    return forms.get(scale, lambda x: number(x, 2))


def change_form(scale: str) -> Callable[[float], str]:
    """How a difference on a scale is written.

    Examples
    --------
    >>> change_form("csat")(-0.124), change_form("nps")(3.0), change_form("stars")(0.25)
    ('−12 of 100', '+3 points', '+0.25')
    """
    factor, places, unit = {"nps": (1, 0, " points"), "csat": (100, 0, " of 100")}.get(
        scale, (1, 2, "")
    )

    def said(value: float) -> str:
        size = round(abs(value) * factor, places)
        sign = "" if size == 0 else "−" if value < 0 else "+"
        return f"{sign}{number(size, places)}{unit}"

    return said


def span(low: float, high: float, form: Callable[[float], str]) -> str:
    """Both ends of an interval, the unit once.

    Examples
    --------
    >>> span(0.43, 0.64, figure_form("csat")), span(-3, 4, change_form("nps"))
    ('43 to 64 of 100', '−3 to +4 points')
    """
    first = form(low).removesuffix(" points").split(" of ")[0]
    return f"{first} to {form(high)}"


def with_span(value: float, low: float, high: float) -> str:
    """A number with its interval in brackets.

    Examples
    --------
    >>> with_span(0.5, 0.25, 0.75)
    '0.50 (0.25 to 0.75)'
    """
    return f"{number(value, 2)} ({number(low, 2)} to {number(high, 2)})"


def moved(name: str, scale: str, change: float) -> str:
    """A change in the words of a sentence, of those who were asked this question.

    Examples
    --------
    >>> moved("delivery", "csat", -0.34), moved("recommend", "nps", 5.0)
    ('34 fewer of 100 asked are satisfied with delivery', 'recommend +5 points')
    >>> moved("overall", "csat", 0.1), moved("satisfied in tickets", "csat", 0.1)
    ('10 more of 100 asked are satisfied overall', '10 more of 100 asked are satisfied in tickets')
    """
    if scale == "csat":
        more = "more" if change > 0 else "fewer"
        return f"{100 * abs(change):.0f} {more} of 100 asked are {satisfied_with(name)}"
    return f"{name} {change_form(scale)(change)}"


def news(name: str, scale: str, change: float) -> str:
    """A change beyond noise as the letter tells it.

    Examples
    --------
    >>> news("delivery", "csat", -0.26), news("recommend", "nps", 5.0)
    ('26 fewer of 100 are satisfied with delivery than before.', 'Recommend rose by 5 points.')
    """
    if scale == "csat":
        more = "more" if change > 0 else "fewer"
        return f"{100 * abs(change):.0f} {more} of 100 are {satisfied_with(name)} than before."
    way, size = "rose" if change > 0 else "fell", change_form(scale)(abs(change))
    return f"{opening(name)} {way} by {size.removeprefix('+')}."


def satisfied_with(name: str) -> str:
    """With what those are satisfied who answered a question of that name.

    Examples
    --------
    >>> satisfied_with("delivery"), satisfied_with("overall"), satisfied_with("satisfied in calls")
    ('satisfied with delivery', 'satisfied overall', 'satisfied in calls')
    """
    if name.startswith("satisfied"):
        return name
    return f"satisfied {name}" if name.startswith("overall") else f"satisfied with {name}"


def opening(text: str) -> str:
    """Text with a capital first letter, the rest as it is; underscores are blanks.

    Examples
    --------
    >>> opening("delivery_time"), opening("PERQ1")
    ('Delivery time', 'PERQ1')
    """
    words = plain(text)
    return words[:1].upper() + words[1:]


def plain(name: str) -> str:
    """Name of a question without underscores.

    Examples
    --------
    >>> plain("delivery_time")
    'delivery time'
    """
    return value_words("item", name)


def question(collected_by: str, item: str, scale: str) -> str:
    """Name of a question: where it was asked, and what."""
    place = COLLECTED.get(collected_by, collected_by)
    if item:
        return plain(item) + (f" ({place})" if place not in ("", "survey") else "")
    return f"{HEADERS.get(scale, 'score').lower()} in {place}" if place else scale
