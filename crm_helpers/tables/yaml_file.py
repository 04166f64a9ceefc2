"""A YAML file -> what it says; a key that stands twice is refused, not overwritten."""

from pathlib import Path
from typing import Any

import yaml

from crm_helpers.tables.errors import SourceError


class _Once(yaml.SafeLoader):
    """Loader to which a key that comes twice in one place is a fault."""


def _mapping(loader: _Once, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key_node, _ in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if key_node.tag != "tag:yaml.org,2002:merge" and key in seen:
            raise SourceError(
                f"{key!r} stands twice, in lines {seen[key]} and {line}; expected it once, for "
                "the second would take the place of the first. Delete one of them."
            )
        seen[key] = line
    return yaml.SafeLoader.construct_mapping(loader, node, deep=deep)


def _constructed(loader: _Once, node: yaml.MappingNode) -> Any:
    found: dict[Any, Any] = {}
    yield found
    found.update(_mapping(loader, node))


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _constructed)


def content_of(path: Path, shown: str) -> dict[str, Any]:
    """Keys and values of a YAML file.

    Parameters
    ----------
    path : Path
    shown : str
        Name of the file as messages give it.

    Raises
    ------
    SourceError
        If it cannot be read, holds no keys, or one of them twice.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Once)  # noqa: S506
    except SourceError as error:
        raise SourceError(f"{shown}: {error}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" near line {where.line + 1}" if where else ""
        problem = getattr(error, "problem", None) or "it is not text in UTF-8"
        raise SourceError(f"{shown}: cannot be read as YAML{line}: {problem}.") from None
    if not isinstance(content, dict):
        raise SourceError(f"{shown}: holds no keys; expected title, data_until and tables.")
    return content
