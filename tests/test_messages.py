"""Every message of a raise is known to the tests: some test holds words of it.

Read from the syntax alone, so this cannot tell whether the words are compared; a message that is
put together elsewhere and holds no words of its own is passed over. What it does find is a raise
that nobody ever thought of testing.
"""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORTEST = 6
FEWEST_LETTERS = 15
GAPS = r"\.[*+]\??|\.\.\.|[|^$()]|\{[^}]*\}|\d[\d,.]*"


def texts(node: ast.AST) -> str:
    """Fixed words of a message, a gap where a value goes in."""
    return "\0".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def raised(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and fixed words of each raise; words of a function that builds them count too."""
    nodes = list(ast.walk(tree))
    raises = [n for n in nodes if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call)]
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef)]
    given = [n for n in nodes if isinstance(n, ast.Assign)]
    for node in raises:
        called = {n.func.id for n in ast.walk(node.exc) if _is_named_call(n)}
        named = {n.id for n in ast.walk(node.exc) if isinstance(n, ast.Name)}
        words = [texts(node.exc), *(texts(f) for f in functions if f.name in called)]
        words += [texts(n.value) for n in given if _names(n) & named]
        yield node.lineno, "\0".join(words)


def _is_named_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def _names(node: ast.Assign) -> set[str]:
    """Names that are given something, wherever in the module."""
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def expected(tree: ast.Module) -> set[str]:
    """Texts of a test module, escapes of regular expressions taken out."""
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return {re.sub(r"\\(.)", r"\1", text) for text in texts if isinstance(text, str)}


def is_known(words: str, wanted: set[str]) -> bool:
    """A fixed part of the message stands in a test's text, or a part of that in the message."""
    parts = [part.strip() for part in words.split("\0") if len(part.strip()) >= SHORTEST]
    every = _together(frozenset(wanted))
    return any(part in every for part in parts) or any(
        part in words for text in wanted for part in _parts(text)
    )


@functools.cache
def _together(wanted: frozenset[str]) -> str:
    return "\0".join(wanted)


@functools.cache
def _parts(text: str) -> tuple[str, ...]:
    """Fixed parts of a test's text, between the gaps of a regular expression."""
    return tuple(p for part in re.split(GAPS, text) if len(p := part.strip()) >= SHORTEST)


def unknown(source: str, wanted: set[str]) -> list[str]:
    """Raises of a module whose words no test's text shares."""
    return [
        f"line {line}: {words.split(chr(0))[0]!r}"
        for line, words in raised(ast.parse(source))
        if len(re.sub(r"\W", "", words)) >= FEWEST_LETTERS and not is_known(words, wanted)
    ]


def test_every_message_is_known_to_a_test():
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    wanted = frozenset().union(*(expected(ast.parse(p.read_text("utf-8"))) for p in tests))
    found = [
        f"{path.relative_to(ROOT).as_posix()} {fault}"
        for path in sorted((ROOT / "crm_helpers").rglob("*.py"))
        for fault in unknown(path.read_text("utf-8"), wanted)
    ]
    assert not found, "\n".join(["", *found, "Test it with pytest.raises(..., match=...)."])


MODULE = """
def check(table):
    if table.empty:
        raise ValueError(f"orders: {len(table)} rows; expected some. Widen the window.")
"""


def test_a_message_no_test_expects_is_named():
    assert unknown(MODULE, {"customers: none"}) == ["line 4: 'orders: '"]


def test_a_message_that_a_test_matches_is_known():
    test = 'pytest.raises(ValueError, match=r"orders: 0 rows; expected some\\. Widen")'
    assert unknown(MODULE, expected(ast.parse(test))) == []


def test_words_of_a_function_that_builds_the_message_count():
    module = "def _said(x):\n    return f'{x}: no such column'\nraise KeyError(_said(1))\n"
    assert unknown(module, {"no such column"}) == []
