"""A source file in params/sources -> what it says, checked."""

import datetime as dt
import re
import zoneinfo
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError, did_you_mean
from crm_helpers.tables.labels import Labels
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.yaml_file import content_of

_SECRET = re.compile(r"//[^/@:]*:(?!\$\{)[^@/]+@|(password|token|secret)=(?!\$\{)", re.IGNORECASE)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reading(_Strict):
    """How a text file is to be read; what is left out is found out from the file."""

    delimiter: str = ""  # one character, or "whitespace"
    header: bool = True
    names: list[str] = []
    encoding: str = "utf-8"
    quote: str = '"'
    missing: list[str] = []  # words that stand for an empty value, such as NA
    decimal: Literal["", ".", ","] = ""
    thousands: Literal["", ".", ",", " ", "'"] = ""
    date_order: Literal["", "DMY", "MDY", "YMD"] = ""
    date_format: str = ""  # as in strptime, such as %d.%m.%y
    timestamp_format: str = ""
    sheet: str = ""  # of a spreadsheet with several
    skip_rows: int = Field(0, ge=0)  # lines before the header
    skip_footer: int = Field(0, ge=0)  # lines after the table
    fill_down: list[str] = []  # source columns that stand on the first row of an order alone


class Limit(_Strict):
    """Limits of one column that differ from the contract for this source, with good reason."""

    minimum: float | None = None
    maximum: float | Literal["data_until"] | None = None
    above: float | None = None
    allowed: list[str] = []
    may_be_empty: bool = True

    def changes(self) -> dict[str, Any]:
        """Fields the source file states; a minimum takes the place of ``above``."""
        stated = {name: getattr(self, name) for name in self.model_fields_set}
        if "allowed" in stated:
            stated["allowed"] = tuple(stated["allowed"])
        return {"above": None, **stated} if "minimum" in stated else stated


class TableSource(_Strict):
    """Where one table comes from: a file or table with columns, or a query."""

    from_: str = Field("", alias="from")
    columns: dict[str, str] = {}
    attributes: list[str] | Literal["all", "none"] = "none"
    where: str = ""
    sql: str = ""
    read: Reading = Reading()
    optional: bool = False
    limits: dict[str, Limit] = {}
    missing: dict[str, list[str]] = {}  # column -> values that stand for nothing in it alone

    @model_validator(mode="after")
    def _one_origin(self) -> "TableSource":
        if bool(self.from_) == bool(self.sql):
            found = "both" if self.sql else "neither"
            raise ValueError(f"has {found} of `from:` and `sql:`; expected one of them")
        return self


class Source(_Strict):
    """One source: title, currency, last complete day, connection, tables, words, parameters.

    What is true of a column in every report stands here: trusted_columns are attributes without a
    date that are older than any outcome, exclude_columns were written after one.
    """

    name: str
    file: str
    title: str
    currency: str = ""
    data_until: dt.date
    time_zone: str = ""  # where the company counts its days, such as Europe/Berlin
    connection: str = Field("duckdb://", repr=False)
    download: str = ""
    tables: dict[str, TableSource]
    parameters: dict[str, dict[str, Any]] = {}
    labels: Labels = Labels()
    trusted_columns: list[str] = []
    exclude_columns: list[str] = []

    @property
    def settled(self) -> dict[str, tuple[str, ...]]:
        """Columns trusted and excluded, by the name that a model's settings have for them."""
        return {
            "trusted_columns": tuple(self.trusted_columns),
            "exclude_columns": tuple(self.exclude_columns),
        }

    @field_validator("connection")
    @classmethod
    def _no_secret(cls, url: str) -> str:
        if _SECRET.search(url):
            raise ValueError(
                "holds a password; credentials come from the environment. Write ${NAME} in its "
                "place and set NAME before the run"
            )
        return url

    @field_validator("tables")
    @classmethod
    def _known_tables(cls, tables: dict[str, TableSource]) -> dict[str, TableSource]:
        for name in tables:
            if name not in CONTRACTS:
                known = list(CONTRACTS)
                raise ValueError(
                    f"unknown {name!r}{did_you_mean(name, known)} Known: {', '.join(known)}"
                )
            _check_columns(name, tables[name])
        if not tables:
            raise ValueError("is empty; expected at least one table")
        return tables

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        known = zoneinfo.available_timezones()
        if zone and zone not in known:
            raise ValueError(
                f"unknown {zone!r}{did_you_mean(zone, sorted(known))} Expected a name such as "
                "Europe/Berlin or America/New_York"
            )
        return zone

    @field_validator("parameters", mode="before")
    @classmethod
    def _dates_as_text(cls, parameters: Any) -> Any:
        return _iso(parameters)


def _check_columns(name: str, entry: TableSource) -> None:
    known = CONTRACTS[name].names()
    for column in (column for column in entry.limits if column not in known):
        raise ValueError(
            f"{name}.limits: unknown {column!r}{did_you_mean(column, known)} Known: "
            f"{', '.join(known)}"
        )


def load_source(name_or_path: "str | Path | Source") -> Source:
    """Return the source of that name in params/sources, or of that YAML file.

    Parameters
    ----------
    name_or_path : str, Path or Source
        A name such as ``online_retail``, or the path of a YAML file (from the project root).
        A Source is given back as it is.

    Raises
    ------
    SourceError
        If there is no such file, it is not YAML, or a key in it is unknown or unfit.
    """
    if isinstance(name_or_path, Source):
        return name_or_path
    path = _path(str(name_or_path))
    shown = _shown(path)
    content = content_of(path, shown)
    for taken in ("name", "file"):
        if taken in content:
            raise SourceError(_unknown(shown, taken, (), Source))
    try:
        return Source(name=re.sub(r"[^\w-]", "_", path.stem), file=shown, **content)
    except ValidationError as error:
        raise SourceError(_in_words(shown, error)) from None


def _path(name: str) -> Path:
    folder = project_root() / "params" / "sources"
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = project_root() / Path(name).expanduser()
        if not path.is_file():
            raise SourceError(f"source: {path} is not there; expected a source file (YAML).")
        return path
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise SourceError(
            f"source: {name!r} is not in params/sources{did_you_mean(name, known)} "
            f"Known: {', '.join(known)}. Own data: give the path of a source file."
        )
    return folder / f"{name}.yaml"


def _shown(path: Path) -> str:
    root = project_root()
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _iso(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _iso(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_iso(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _in_words(shown: str, error: ValidationError) -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        return _unknown(shown, place[-1], tuple(place[:-1]), _model_at(place[:-1]))
    subject = f"{shown}: {'.'.join(place)}" if place else shown
    if first["type"] == "missing":
        return f"{subject} is missing. Add `{place[-1]}:` to the file."
    if first["type"] == "value_error":
        text = str(first["ctx"]["error"])
        return f"{subject}{' ' if text.startswith(('h', 'is ')) else ': '}{text}."
    return f"{subject}: found {first['input']!r}; {first['msg'].lower()}."


def _model_at(place: list[str]) -> type[BaseModel]:
    if "limits" in place:
        return Limit
    if "read" in place:
        return Reading
    if "labels" in place:
        return Labels
    return TableSource if place else Source


def _unknown(shown: str, key: str, place: tuple[str, ...], model: type[BaseModel]) -> str:
    known = [field.alias or name for name, field in model.model_fields.items()]
    known = [name for name in known if model is not Source or name not in ("name", "file")]
    within = f" {'.'.join(place)}:" if place else ""
    return f"{shown}:{within} unknown {key!r}{did_you_mean(key, known)} Known: {', '.join(known)}."
