"""What can be refused before a slow library is imported: a request -> its source and its day."""

import datetime as dt

from crm_helpers.features import quarters
from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner.plan import chosen, plan
from crm_helpers.runner.redaction import credentials, redacted
from crm_helpers.runner.request import Request
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.sources import Source, load_source

REFUSED_EARLY = (SourceError, ParameterError)


def early_refusal(request: Request) -> str:
    """Sentence on a source file, day, report or parameter that cannot be; empty where all can.

    Parameters
    ----------
    request : Request
    """
    try:
        source = load_source(request.source)
        if not plan(request, source, as_of_of(request, source), "") or not chosen(request):
            return f"{request.notebooks}: no notebook is there; expected *.ipynb."
    except REFUSED_EARLY as error:
        return redacted(str(error), credentials())
    return ""


def as_of_of(request: Request, source: Source) -> dt.date:
    """Last day that features may see: AS_OF, the end of QUARTER, or of the last whole quarter.

    Raises
    ------
    ParameterError
        If both are given, or one is not what it must be.
    """
    if request.as_of and request.quarter:
        raise ParameterError(
            f"AS_OF {request.as_of} and QUARTER {request.quarter} are both given; "
            "expected one of them. Leave one out."
        )
    try:
        if request.quarter:
            return quarters.quarter_end(request.quarter)
        if request.as_of:
            return quarters.parse_date(request.as_of)
    except ValueError as error:
        raise ParameterError(str(error)) from None
    return quarters.default_as_of(source.data_until)
