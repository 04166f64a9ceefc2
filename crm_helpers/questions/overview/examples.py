"""Example values behind the lists of the quarter: states of the reports -> one line, or nothing."""

from crm_helpers.questions.overview.quarter import ReportState, name_of


def example_values(quarter: list[ReportState]) -> str:
    """Which parameters about money nobody set for this company, and in which reports.

    Parameters
    ----------
    quarter : list of ReportState

    Returns
    -------
    str, empty where every report runs with the company's own values
    """
    found = {
        state.stem: [one["name"] for one in state.content.get("examples", {}).get("values", [])]
        for state in quarter
        if state.is_current
    }
    found = {stem: names for stem, names in found.items() if names}
    if not found:
        return ""
    names = sorted({name for several in found.values() for name in several})
    reports = ", ".join(name_of(stem) for stem in found)
    return (
        f"Expected values rest on example values, not the company's own ({reports}): set "
        f"{', '.join(names)} in the source file; each page says what it took instead."
    )
