"""`labels:` of a source file: columns and values -> the words that a page says for them."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, field_validator

from crm_helpers.tables.errors import did_you_mean

LONGEST = 80


class Labels(BaseModel):
    """Words for columns, and for the values of columns; what is not named is shown as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}

    @field_validator("columns")
    @classmethod
    def _words_of_columns(cls, words: dict[str, str]) -> dict[str, str]:
        for column, text in words.items():
            _check_words(column, text)
        return words

    @field_validator("values", mode="before")
    @classmethod
    def _as_text(cls, values: object) -> object:
        """YAML reads 0, yes and 2026 as other things than text; labels are by the text shown."""
        if not isinstance(values, dict):
            return values
        return {
            column: {_text(value): words for value, words in named.items()}
            if isinstance(named, dict)
            else named
            for column, named in values.items()
        }

    @field_validator("values")
    @classmethod
    def _words_of_values(cls, values: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for column, named in values.items():
            for value, text in named.items():
                _check_words(f"{column} {value}", text)
        return values

    def unknown(self, known: Iterable[str]) -> str:
        """Sentence on the first column that no table has; empty where all are known.

        Parameters
        ----------
        known : iterable of str
            Columns of all tables.
        """
        names = sorted(known)
        for part in ("columns", "values"):
            for column in getattr(self, part):
                if column not in names:
                    hint = did_you_mean(column, names)
                    return f"labels.{part}: no table has a column {column!r}{hint}"
        return ""


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _check_words(name: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST or "\n" in text:
        raise ValueError(
            f"the words for {name!r} are {text!r}; expected 1 to {LONGEST} letters on one line"
        )
