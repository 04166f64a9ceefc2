"""Sections that could not be answered -> one list of questions and reasons at the end."""

import re
from html import escape, unescape

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

MARK = '<p class="note unanswered">'
_ONLY_REASON = re.compile(re.escape(MARK) + r"(.*?)</p>\s*", re.DOTALL)


def reason_only(htmls: list[str]) -> str | None:
    """Reason of a section that shows nothing else, or None where it shows more.

    Parameters
    ----------
    htmls : list of str
        What the cells of the section show.

    Examples
    --------
    >>> reason_only(['<p class="note unanswered">Not answered: No leads.</p>'])
    'No leads.'
    >>> reason_only(["<h3>Ten leads</h3>"]) is None
    True
    """
    found = [_ONLY_REASON.fullmatch(html.strip()) for html in htmls if html.strip()]
    if not found or not all(found):
        return None
    reasons = [unescape(match.group(1)).removeprefix("Not answered: ") for match in found if match]
    return " ".join(dict.fromkeys(reasons))


def unanswered_cell(questions: list[tuple[str, str]]) -> NotebookNode:
    """Cell that lists questions without an answer, those with the same reason together.

    Parameters
    ----------
    questions : list of (question, reason)
    """
    by_reason: dict[str, list[str]] = {}
    for question, reason in questions:
        by_reason.setdefault(reason, []).append(question)
    items = "".join(
        f"<li>{escape(' '.join(asked))} <br>{escape(reason)}</li>"
        for reason, asked in by_reason.items()
    )
    html = f'<div class="unanswered"><h4>Not answered from these data</h4><ul>{items}</ul></div>'
    return new_code_cell(outputs=[new_output("display_data", {"text/html": html})])
