import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.template import page
from crm_helpers.tables.needs import Skip


def test_active_customers_are_counted():
    found = page.findings(pd.DataFrame({"customer_id": ["a", "b"]}))
    assert found == {"customers_active": {"value": 2, "unit": "customers"}}


def test_without_customers_there_is_no_report():
    with pytest.raises(Skip, match="Nobody"):
        page.findings(Section.absent("Nobody ordered."))
