import importlib
import sys
import warnings

from crm_helpers.models.rules import quiet_mlxtend


def test_importing_the_miners_changes_no_warning(monkeypatch):
    for name in [one for one in sys.modules if one.startswith("mlxtend.frequent_patterns")]:
        monkeypatch.delitem(sys.modules, name)
    before = list(warnings.filters)
    importlib.reload(quiet_mlxtend)
    assert warnings.filters == before
