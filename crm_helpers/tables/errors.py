"""Source trouble -> one sentence that a user can act on."""

from difflib import get_close_matches


class SourceError(ValueError):
    """A source that cannot be read or trusted; its text is one sentence for the user."""


def nearest(name: str, known: list[str]) -> str:
    """Return the known name closest to a misspelt one, or an empty text.

    Parameters
    ----------
    name : str
        The name as the user wrote it.
    known : list of str
        Names that exist.
    """
    by_lower = {item.lower(): item for item in known}
    found = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.5)
    return by_lower[found[0]] if found else ""


def did_you_mean(name: str, known: list[str]) -> str:
    """Return "; did you mean 'x'?" or, when nothing is near, a full stop."""
    close = nearest(name, known)
    return f"; did you mean {close!r}?" if close else "."
