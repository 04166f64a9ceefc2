"""First rows of a file, and how it has to be read."""

import pytest

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.proposals import sample as samples
from crm_helpers.tables.proposals.sample import delimiter_of, encoding_of, is_header, sample_of


def written(folder, text, encoding="utf-8", name="t.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_delimiter_and_encoding_are_found_and_ids_keep_their_zeros(tmp_path, mark, encoding):
    lines = [["Kunde", "Größe"], ["007", "groß"], ["008", "klein; leicht, rund"]]
    text = "\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines) + "\n"
    found = sample_of(written(tmp_path, text, encoding))
    assert found.rows.to_numpy().tolist() == lines[1:]
    assert found.rows.columns.tolist() == lines[0]
    assert found.read.get("delimiter", ",") == mark
    assert bool(found.unsure) == (encoding == "windows-1252")


def test_a_file_without_names_says_so(tmp_path):
    found = sample_of(written(tmp_path, "1,2024-01-01,3.5\n2,2024-01-02,4\n"))
    assert found.read == {"header": False}
    assert found.rows.columns.tolist() == ["column0", "column1", "column2"]
    assert len(found.rows) == 2
    assert "no line of names" in found.unsure[0]


def test_columns_cut_by_blanks_are_known(tmp_path):
    found = sample_of(written(tmp_path, " 0001 19970101  2   29.33\n 0002 19970102 10    5.00\n"))
    assert found.read == {"delimiter": "whitespace", "names": [f"column{n}" for n in range(4)]}
    assert found.rows["column3"].tolist() == ["29.33", "5.00"]


def test_names_that_come_twice_or_are_empty_stay_apart(tmp_path):
    found = sample_of(written(tmp_path, "a;;b\nx;y;z\n"))
    assert found.rows.columns.tolist() == ["a", "column1", "b"]


def test_a_whole_column_goes_beyond_the_sample(tmp_path, monkeypatch):
    monkeypatch.setattr(samples, "ROWS", 2)
    path = written(tmp_path, "day;n\n2024-01-01;1\n2024-01-02;2\n2024-01-03;3\n")
    found = sample_of(path)
    assert len(found.rows) == 2
    assert found.whole_column("day").tolist()[-1] == "2024-01-03"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.csv", None, "FILE: .*gone.csv is not there; expected a file with a table"),
        ("empty.csv", "", "is empty \\(0 bytes\\); expected rows. Export it again"),
        ("book.xlsx", "PK", "book.xlsx could not be read as a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_is_refused(tmp_path, name, content, said):
    if content is not None:
        written(tmp_path, content, name=name)
    with pytest.raises(SourceError, match=said):
        sample_of(tmp_path / name)


def test_small_parts():
    assert encoding_of("ä".encode())[0] == "utf-8"
    assert encoding_of("ä".encode("latin-1"))[0] == "windows-1252"
    assert delimiter_of(["a;b,c", "d;e", "f;g"]) == ";"
    assert delimiter_of(["alone", "by itself"]) == ","
    assert is_header(["id", "day"])
    assert not is_header(["id", "12,5"])
    assert not is_header(["id", "id"])
