"""Pieces of SQL that several readers of text share."""

from crm_helpers.tables.nothing import IN_TYPED


def quoted(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Name as a quoted identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def matches(text: str, pattern: str) -> str:
    """Condition that a text fits a pattern from its first to its last character."""
    return f"coalesce(regexp_full_match({text}, {quoted(pattern)}), false)"


def clean(column: str) -> str:
    """Text without blanks around it, with plain blanks inside, empty where it means nothing."""
    blank = f"translate({column}, chr(160) || chr(8239) || chr(8201) || chr(8217) || '''', '     ')"
    words = ", ".join(quoted(word) for word in ["", *IN_TYPED])
    return f"(CASE WHEN trim({blank}) IN ({words}) THEN NULL ELSE trim({blank}) END)"


NO_VALUE = "\u200b"  # put behind a text that an engine would read otherwise than it was meant


def unreadable(column: str) -> str:
    """Text as it stands, but so that no engine reads it as a number or a date."""
    return f"{column} || chr({ord(NO_VALUE)})"
