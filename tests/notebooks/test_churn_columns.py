"""`?` on a helper of churn names the columns that it gives."""

from tests.notebooks.naming import unnamed
from tests.notebooks.test_response import made


def test_helpers_of_the_cells_name_the_columns_they_give(tmp_path):
    names = made("churn", tmp_path, bootstraps=20).names
    assert len(names["rows"]) > 1000
    assert unnamed("churn", names) == {}
