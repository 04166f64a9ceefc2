"""Whole files or none: text or bytes -> a file that is never seen half written."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

EVERYBODY, OWNER_ONLY = 0o644, 0o600


def write_whole(path: Path, content: str | bytes, *, mode: int = EVERYBODY) -> Path:
    """Path of the file, written beside its place and then renamed over it.

    Parameters
    ----------
    path : Path
        Missing folders are made.
    content : str or bytes
        Text is written as UTF-8 with plain line ends.
    mode : int
        Rights of the file from its first byte on; ``OWNER_ONLY`` where ids of persons stand.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
        draft.chmod(mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def write_json(path: Path, content: Any) -> Path:
    """Path of the JSON file; numbers that JSON does not know (NaN) are refused."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    return write_whole(path, text + "\n")
