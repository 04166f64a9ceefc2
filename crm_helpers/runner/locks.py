"""One run at a time in a report folder: folder -> a lock that ends with the process."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path


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
    with os.fdopen(_opened(folder, shown), "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherRunError(
                f"{shown}: another run is writing there ({file.read().strip() or 'just begun'}). "
                "Wait until it ends, or choose another AS_OF."
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield


def _opened(folder: Path, shown: str) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FolderError(
            f"{shown}: cannot be written ({error.strerror}). Set CRM_REPORTS_DIR to a folder "
            "that can."
        ) from None
