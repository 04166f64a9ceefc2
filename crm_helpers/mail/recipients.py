"""params/recipients.yaml -> who gets which report, checked."""

from email.errors import HeaderParseError
from email.headerregistry import Address, AddressHeader
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from crm_helpers.page.parameters import check_known
from crm_helpers.tables.paths import project_root

EXAMPLES = ("example.com", "example.org", "example.net")


class MailError(RuntimeError):
    """Mail that can't be written or sent; the message says what to do."""


class Recipients(BaseModel):
    """Sender, the addresses of each report, and who is told of errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sender: str
    reports: dict[str, list[str]] = {}
    errors: list[str] = []

    @field_validator("sender")
    @classmethod
    def _one_sender(cls, text: str) -> str:
        return _checked(text)

    @field_validator("errors")
    @classmethod
    def _told(cls, texts: list[str]) -> list[str]:
        return [_checked(text) for text in texts]

    @field_validator("reports")
    @classmethod
    def _readers(cls, reports: dict[str, list[str]]) -> dict[str, list[str]]:
        return {stem: [_checked(text) for text in texts] for stem, texts in reports.items()}

    def examples(self) -> list[str]:
        """Addresses that are still those of the example file."""
        everybody = [
            self.sender,
            *self.errors,
            *(a for group in self.reports.values() for a in group),
        ]
        return [text for text in dict.fromkeys(everybody) if domain(text) in EXAMPLES]


def _checked(text: str) -> str:
    try:
        found = _parsed(text)
    except (HeaderParseError, ValueError, IndexError):
        found = []
    if len(found) != 1 or not found[0].username or "." not in found[0].domain:
        raise ValueError(f"{text!r} is no mail address; write name@company.com")
    return text


def _parsed(text: str) -> list[Address]:
    if any(sign in text for sign in "\r\n"):
        raise ValueError("a line break")
    parsed: dict = {"defects": []}
    AddressHeader.parse(text, parsed)
    if parsed["defects"]:
        raise ValueError("not an address")
    return [address for group in parsed["groups"] for address in group.addresses]


def domain(text: str) -> str:
    """Part of an address behind the @."""
    return text.rpartition("@")[2].rstrip(">").lower()


def load_recipients(path: Path | None = None, known: list[str] | None = None) -> Recipients:
    """Recipients as the file has them.

    Parameters
    ----------
    path : Path, default params/recipients.yaml
    known : list of str, optional
        Reports there are; a name that is not among them is refused with the nearest one.

    Raises
    ------
    MailError
        If the file is missing or says something that is no address.
    ParameterError
        If a report is not known.
    """
    path = path or project_root() / "params/recipients.yaml"
    name = f"params/{path.name}"
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        read = Recipients.model_validate(stated)
    except FileNotFoundError:
        raise MailError(f"{name}: is not there. Write who gets which report.") from None
    except yaml.YAMLError as error:
        raise MailError(f"{name}: is no YAML ({str(error).splitlines()[0]}).") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise MailError(f"{name}: {where}: {first['msg'].removeprefix('Value error, ')}.") from None
    for stem in read.reports if known else ():
        check_known(stem, known, f"{name}, reports")
    return read
