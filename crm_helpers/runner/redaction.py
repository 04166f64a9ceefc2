"""Credentials in the environment -> a function that blots them out of texts and notebooks."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

BLOT = "***"
SHORTEST = 6  # a shorter one would blot ordinary words, and is no secret
_SECRET_NAME = re.compile(
    r"passw|passphrase|_pwd|secret|token|api_?key|access_?key|private|credential|(^|_)key$|_auth",
    re.IGNORECASE,
)


def credentials(
    environment: Mapping[str, str] | None = None, named: Iterable[str] = ()
) -> list[str]:
    """Values of the environment that must not be seen, longest first.

    Parameters
    ----------
    environment : mapping, default os.environ
    named : names of variables
        Taken as secret whatever they are called, such as those in a connection.

    Examples
    --------
    >>> credentials({"PGPASSWORD": "open sesame", "HOME": "/root/home"})
    ['open%20sesame', 'open sesame']
    >>> credentials({"WAREHOUSE_URL": "postgresql://crm:s3cr%3Ft77@db/crm"})
    ['s3cr%3Ft77', 's3cr?t77']
    """
    environment = os.environ if environment is None else environment
    named = set(named)
    found: set[str] = set()
    for name, value in environment.items():
        if _SECRET_NAME.search(name) or name in named:
            found |= {value, quote(value, safe="")}
        found |= _password_of_url(value)
    return sorted((v for v in found if len(v) >= SHORTEST), key=lambda v: (-len(v), v))


def _password_of_url(value: str) -> set[str]:
    if "://" not in value or "@" not in value:
        return set()
    try:
        password = urlsplit(value).password or ""
    except ValueError:
        return set()
    return {password, unquote(password)}


def redacted(content: Any, secrets: list[str]) -> Any:
    """Copy of a text, or of lists and mappings of texts, without any of the secrets.

    Examples
    --------
    >>> redacted({"text": ["login with open sesame"]}, ["open sesame"])
    {'text': ['login with ***']}
    """
    if not secrets:
        return content
    if isinstance(content, str):
        for secret in secrets:
            content = content.replace(secret, BLOT)
        return content
    if isinstance(content, list | tuple):
        return [redacted(item, secrets) for item in content]
    if isinstance(content, Mapping):
        return type(content)({key: redacted(item, secrets) for key, item in content.items()})
    return content
