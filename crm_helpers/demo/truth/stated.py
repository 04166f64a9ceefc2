"""Planted numbers of a module: its public names in capitals -> plain values for JSON and page."""

import datetime as dt
from types import ModuleType

# Names that a module only takes from another, or whose values follow from others.
_NOT_ITS_OWN = {
    "crm_helpers.demo.feedback": {"DRIVERS", "THEMES"},
    "crm_helpers.demo.satisfaction": {"SURVEY_DAYS"},
    "crm_helpers.demo.campaign_effects": {"PURPOSES"},
    "crm_helpers.demo.leads": {"CAMPAIGN_DAYS", "DAYS"},
}
_FROM_THE_CLOCK = {"DAYS", "SHOPS"}


def constants(module: ModuleType) -> dict[str, object]:
    """Public constants of a module in its order; dates as text, tuples as lists."""
    taken = _NOT_ITS_OWN.get(module.__name__, set()) | _FROM_THE_CLOCK
    named = {k: v for k, v in vars(module).items() if k.isupper() and k[0] != "_"}
    return {k: plain(v) for k, v in named.items() if k not in taken and is_plain(v)}


def is_plain(value: object) -> bool:
    """Whether a value is a number, a text, a date, or a list or mapping of these."""
    if isinstance(value, dict):
        return all(is_plain(part) for part in value.values())
    if isinstance(value, tuple):
        return all(is_plain(part) for part in value)
    return isinstance(value, (str, int, float, bool, dt.date))


def plain(value: object) -> object:
    """The value as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, dt.date) else value
