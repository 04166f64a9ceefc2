"""Names that tell of the outcome: the name of an attribute -> whether it was written at the end."""

import re

# Stems of words for the end of a contract or of a customer.
ENDS = (
    "end ended exit cancel churn terminat close closed closing closure left leaving departure "
    "lapse quit deactivat unsubscri attrit withdraw final lost kuendig kündig resili résili"
).split()
# What is written down when it comes: its day, reason, fee, confirmation.
RECORDS = (
    "date day on at timestamp reason cause fee fees penalty charge refund payout amount code "
    "category comment note notes survey interview feedback label flag value status letter bill "
    "invoice confirmation channel grund datum gebuehr gebühr motif frais"
).split()
# Words so common that they must stand beside one of these.
COMMON, PLAIN_RECORDS = {"end", "final"}, "date on at reason cause fee fees penalty bill invoice"
STATES = (
    "churned cancelled canceled exited terminated closed lapsed left attrited deactivated ended "
    "unsubscribed"
).split()
EARLIER = {"earlier", "previous", "prev", "prior", "past", "former"}
# Outcomes that are no end have words of their own.
OWN = {
    "responded": ("respon",),
    "converted": ("conver",),
    "defaulted": ("default", "recover", "writeoff", "chargeoff"),
    "is_fraud": ("fraud", "investigat"),
}
EXACT = {"end", "ended", "close", "closed", "closing", "left", "lost", "final", "lapse"}


def names_the_end(column: str, outcome: str) -> bool:
    """Whether a name says that the attribute was written when the outcome came.

    Its day, reason, fee and the like: cancellation_fee, exit_reason, closedOn; or the bare state,
    such as is_closed. A name that speaks of something earlier does not say so.

    Parameters
    ----------
    column : str
        Name of the attribute, in snake_case, camelCase or with spaces.
    outcome : str
        Column of the outcome, such as churned; for an end the words of ends count, else its own.

    Returns
    -------
    bool

    Examples
    --------
    >>> names_the_end("cancellationFee", "churned"), names_the_end("weekend_calls", "churned")
    (True, False)
    >>> names_the_end("cancellation_reason", "responded")
    False
    """
    words = _words(column)
    stems = _stems(outcome)
    if EARLIER & set(words) or not stems:
        return False
    stated = [word for word in words if word not in ("is", "has", "was")]
    if stems is ENDS and len(stated) == 1 and stated[0] in STATES:
        return True
    return any(
        _tells(word, stems) and _recorded(word, words[:place], words[place + 1 :])
        for place, word in enumerate(words)
    )


def _words(column: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column).lower()
    return [word for word in re.split(r"[\W_]+", parted) if word]


def _stems(outcome: str) -> list[str] | tuple[str, ...]:
    is_end = outcome.startswith(("churned", "lapsed", "ended"))
    return ENDS if is_end else OWN.get(outcome, ())


def _tells(word: str, stems: list[str] | tuple[str, ...]) -> bool:
    return any(word == stem if stem in EXACT else word.startswith(stem) for stem in stems)


def _recorded(word: str, before: list[str], after: list[str]) -> bool:
    """Whether a record of it stands beside the word; 'on' and 'at' count right after it alone."""
    allowed = set(PLAIN_RECORDS.split() if word in COMMON else RECORDS)
    beside = {*before, *after} - {"on", "at"}
    glued = word.endswith(("grund", "datum", "gebuehr", "gebühr"))
    return glued or bool(allowed & beside) or after[:1] in (["on"], ["at"])
