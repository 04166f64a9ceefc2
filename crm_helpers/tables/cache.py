"""Files, source and code -> a fingerprint, and the folder that holds what was checked under it."""

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crm_helpers.tables.paths import cache_dir
from crm_helpers.tables.sources import Source

DONE = "checked.json"
_HOUR = 3600
SAID_OF_DATA = {
    "data_until",
    "time_zone",
    "connection",
    "tables",
    "trusted_columns",
    "exclude_columns",
}


def fingerprint(source: Source, files: Iterable[Path], extra: str = "") -> str:
    """Hash of the data, of what the source file says of them, and of the code that checks them."""
    digest = hashlib.blake2b(digest_size=8)
    said = source.model_dump_json(include=SAID_OF_DATA)
    digest.update(said.encode())
    digest.update(extra.encode())
    for path in [*sorted(files), *sorted(Path(__file__).parent.rglob("*.py"))]:
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 22):
                digest.update(block)
    return digest.hexdigest()


def folder_of(source: Source, mark: str) -> Path:
    """Folder of the checked tables under that fingerprint; it need not be there."""
    return cache_dir() / source.name / mark


def is_whole(folder: Path) -> bool:
    """Return True where the folder was written to its end."""
    return (folder / DONE).is_file()


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """Empty folder to be filled, which takes the name of the wanted one when all went well."""
    draft = folder.parent / f".draft-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    for part in ("tables", "set_aside", "staging"):
        (draft / part).mkdir(parents=True)
    try:
        yield draft
        _publish(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _publish(draft: Path, folder: Path) -> None:
    shutil.rmtree(draft / "staging", ignore_errors=True)
    try:
        draft.rename(folder)
    except OSError:
        if not is_whole(folder):
            raise  # else another process was first, and its folder stands
    forget_old(folder)


def forget_old(folder: Path) -> None:
    """Remove the source's other folders that nobody touched within the last hour."""
    for other in folder.parent.iterdir():
        with suppress(OSError):
            if other != folder and time.time() - other.stat().st_mtime > _HOUR:
                shutil.rmtree(other, ignore_errors=True)


def touch(folder: Path) -> None:
    """Mark the folder as in use."""
    with suppress(OSError):
        os.utime(folder)
