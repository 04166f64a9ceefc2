import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crm_helpers.demo.files import appearing


def test_a_table_in_pieces_is_one_file(tmp_path):
    with appearing(tmp_path / "shop") as files:
        files.append("orders", pa.table({"n": [1, 2]}))
        files.append("orders", pa.table({"n": [3]}))
        assert not (tmp_path / "shop").exists()
    assert pq.read_table(tmp_path / "shop" / "orders.parquet")["n"].to_pylist() == [1, 2, 3]
    assert files.rows == {"orders": 3}


def test_nothing_appears_when_writing_fails(tmp_path):
    def write():
        with appearing(tmp_path / "shop") as files:
            files.append("orders", pa.table({"n": [1]}))
            raise RuntimeError("out of paper")

    with pytest.raises(RuntimeError, match="out of paper"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_new_company_takes_the_place_of_the_old(tmp_path):
    for number in (1, 2):
        with appearing(tmp_path / "shop") as files:
            files.write_json("truth", {"number": number})
    assert '"number": 2' in (tmp_path / "shop" / "truth.json").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_a_piece_with_other_columns_is_refused(tmp_path):
    with appearing(tmp_path / "shop") as files:
        files.append("orders", pa.table({"n": [1]}))
        with pytest.raises(ValueError, match="does not match"):
            files.append("orders", pa.table({"m": [1]}))
