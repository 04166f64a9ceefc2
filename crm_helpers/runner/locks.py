"""One run at a time in a report folder: folder -> a lock that ends with the process."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout


class AnotherRunError(RuntimeError):
    """Another run is writing into the same folder; the message says which."""


class FolderError(RuntimeError):
    """The folder of the reports cannot be written; the message says why."""


@contextlib.contextmanager
def only_run(folder: Path, shown: str) -> Iterator[None]:
    """Hold the folder for this run; the operating system lets go when the process ends.

    Parameters
    ----------
    folder : Path
        Made when it is missing.
    shown : str
        How the message calls it.

    Raises
    ------
    AnotherRunError
        If another process holds it.
    FolderError
        If it cannot be written.
    """
    # Who holds it stands in a file of its own: where Windows locks a file, nobody else reads it.
    holder = folder / ".lock.holder"
    with _held(folder, shown, holder):
        holder.write_text(
            f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}", encoding="utf-8"
        )
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)


def _held(folder: Path, shown: str, holder: Path) -> contextlib.AbstractContextManager[FileLock]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FileLock(folder / ".lock", blocking=False).acquire()
    except Timeout:
        raise AnotherRunError(
            f"{shown}: another run is writing there ({_words(holder) or 'just begun'}). "
            "Wait until it ends, or choose another AS_OF."
        ) from None
    except OSError as error:
        raise FolderError(
            f"{shown}: cannot be written ({error.strerror}). Set CRM_REPORTS_DIR to a folder "
            "that can."
        ) from None


def _words(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
