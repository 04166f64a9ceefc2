"""A text file in another encoding, or with lines around its table -> a copy in UTF-8."""

import codecs
import gzip
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crm_helpers.tables.errors import SourceError

BLOCK = 1 << 20
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UTF8 = ("utf_8", "utf_8_sig")
CANDIDATES = ("windows-1252", "windows-1250", "iso-8859-15", "shift_jis", "mac_roman")
_CONTROLS = re.compile("[\x80-\x9f]")


def codec_of(encoding: str, subject: str) -> str:
    """Python's name of an encoding.

    Raises
    ------
    SourceError
        If Python knows no such encoding of text.
    """
    try:
        known = codecs.lookup(encoding)
        "a".encode(known.name)
        return known.name.replace("-", "_")
    except (LookupError, TypeError):
        raise SourceError(
            f"{subject}: encoding {encoding!r} is not known; expected a name such as utf-8, "
            "windows-1252, iso-8859-15, utf-16 or shift_jis. Correct it under `read:`."
        ) from None


def marked_encoding(path: Path) -> str:
    """Encoding that the first bytes of a file state, or an empty text."""
    with _bytes(path) as file:
        head = file.read(3)
    return next((name for mark, name in MARKS.items() if head.startswith(mark)), "")


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        yield file


def utf8_copy(path: Path, copy: Path, encoding: str, *, skip: int, footer: int) -> Path:
    """Copy of a text file in UTF-8, without its first and last lines, written as a stream.

    Parameters
    ----------
    path, copy : Path
        The file (may end in .gz), and where the copy goes.
    encoding : str
        A name that Python knows.
    skip, footer : int
        Lines before and after the table.

    Raises
    ------
    SourceError
        If the bytes are not text in that encoding.
    """
    with _bytes(path) as raw, copy.open("w", encoding="utf-8", newline="") as out:
        kept: deque[str] = deque()
        for number, line in enumerate(_lines(raw, path, encoding)):
            if number < skip:
                continue
            kept.append(line)
            if len(kept) > footer:
                out.write(kept.popleft())
    return copy


def _lines(raw: IO[bytes], path: Path, encoding: str) -> Iterator[str]:
    decoder, rest, number = codecs.getincrementaldecoder(encoding)(), "", 1
    while True:
        block = raw.read(BLOCK)
        try:
            text = rest + decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{path} is not text in {encoding} (near line {number:,}: {error.reason}). "
                f"Set another `encoding` under `read:`, such as {' or '.join(CANDIDATES[:2])}."
            ) from None
        _check_controls(text, path, encoding)
        *whole, rest = re.split("(?<=\n)", text)
        number += len(whole)
        yield from whole
        if not block:
            if rest:
                yield rest
            return


def _check_controls(text: str, path: Path, encoding: str) -> None:
    """Refuse Latin-1 for what Windows wrote: there a euro sign is a character nobody sees."""
    if "8859" in encoding and (found := _CONTROLS.search(text)):
        byte = f"0x{ord(found[0]):02X}"
        raise SourceError(
            f"{path} is not text in {encoding}: byte {byte} is an unseen control character there, "
            f"and {bytes([ord(found[0])]).decode('cp1252', 'replace')!r} in windows-1252. Set "
            "`encoding: windows-1252` under `read:`."
        )


def odd_bytes(path: Path) -> str:
    """How the first line that is not UTF-8 would read in other encodings, in a sentence."""
    with _bytes(path) as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                return _as_read(line, number, error.start)
    return ""


def _as_read(line: bytes, number: int, place: int) -> str:
    begin = max(line.rfind(cut, 0, place) for cut in (b",", b";", b"\t", b"|", b"\n")) + 1
    word = re.split(rb"[,;\t|\r\n]", line[begin:], maxsplit=1)[0][:40]
    read = []
    for name in CANDIDATES:
        try:
            text = word.decode(name)
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            read.append(f"{text!r} in {name}")
    return f" Line {number:,} holds {', '.join(read)}. Set `encoding` under `read:`."
