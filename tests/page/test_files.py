import json
import stat
from pathlib import Path

import pytest

from crm_helpers.page.files import OWNER_ONLY, write_json, write_whole


def test_a_file_is_replaced_whole_and_no_draft_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "page.html"
    write_whole(path, "first")
    write_whole(path, "second")
    assert path.read_text() == "second"
    assert list(path.parent.iterdir()) == [path]


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "list.csv", "id\n", mode=OWNER_ONLY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_open_file_becomes_private_when_rewritten(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "list.csv", "id\n")
    write_whole(path, "id\n", mode=OWNER_ONLY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_json_that_holds_nan_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    path = write_json(tmp_path / "x.json", {"a": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(path, {"a": float("nan")})
    assert json.loads(path.read_text()) == {"a": 1}
