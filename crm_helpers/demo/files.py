"""Parquet files of the demo company: tables in pieces -> a folder that appears whole or not."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


class TableFiles:
    """Writes each table piece by piece into one Parquet file of a folder.

    Parameters
    ----------
    folder : Path
        An existing folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def append(self, name: str, table: pa.Table) -> None:
        """Add rows to <name>.parquet."""
        if name not in self._writers:
            path = self.folder / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._writers[name].write_table(table)
        self.rows[name] = self.rows.get(name, 0) + table.num_rows

    def close(self) -> None:
        """Finish all files."""
        for writer in self._writers.values():
            writer.close()

    def write_json(self, name: str, content: dict) -> None:
        """Write <name>.json, keys in the given order."""
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (self.folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


@contextmanager
def appearing(folder: Path) -> Iterator[TableFiles]:
    """A temporary folder beside the wanted one, which takes its name when all went well."""
    folder = Path(folder)
    temporary = folder.parent / f".{folder.name}.{os.getpid()}.new"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    files = TableFiles(temporary)
    try:
        yield files
        files.close()
        _take_the_place_of(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _take_the_place_of(temporary: Path, folder: Path) -> None:
    """Rename over the old folder; another process that was quicker is as good."""
    old = folder.parent / f".{folder.name}.{os.getpid()}.old"
    if folder.exists():
        folder.rename(old)
    try:
        temporary.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    shutil.rmtree(old, ignore_errors=True)


def numbered(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    """Text ids such as C0000017; a negative number gives an empty value.

    >>> numbered("C", np.array([17, -1]), 4).to_pylist()
    ['C0017', None]
    """
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    text = pc.binary_join_element_wise(prefix, digits, "")
    return pc.if_else(pa.array(numbers >= 0), text, pa.scalar(None, pa.string()))


def words(choices: list, position: np.ndarray) -> pa.Array:
    """Text by position in a short list; a negative position gives an empty value.

    >>> words(["web", "store"], np.array([1, -1, 0])).to_pylist()
    ['store', None, 'web']
    """
    padded = pa.array([None, *choices], pa.string())
    return padded.take(pa.array(np.maximum(np.asarray(position, dtype=np.int64), -1) + 1))
