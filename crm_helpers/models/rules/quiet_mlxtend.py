"""mlxtend's miners, without what importing them does to the warnings of the whole process.

``mlxtend.frequent_patterns.fpcommon`` switches every DeprecationWarning on, of all libraries: a
notebook then shows warnings about lines that nobody here wrote, with paths of the machine.
"""

import warnings

with warnings.catch_warnings():
    from mlxtend.frequent_patterns import association_rules, fpgrowth

__all__ = ["association_rules", "fpgrowth"]
