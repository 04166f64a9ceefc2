"""Walls between the rooms, read from the syntax tree alone: no import of ours is run."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "crm_helpers"
# The path of the data, left to right: a room sees the rooms before it.
PATH = ("demo", "tables", "features", "measures", "models", "charts", "page")
# Beside each other at its end: what is said, how it is made, how it is sent.
ENDS = ("questions", "runner", "mail")
ROOMS = (*PATH, *ENDS)
OPEN_TO = {room: set(PATH[: place + 1]) for place, room in enumerate(PATH)}
OPEN_TO |= {"demo": {"demo"}, "charts": {"charts", "measures"}}
OPEN_TO |= {room: {*PATH, room} for room in ENDS}
# Questions share these and nothing else.
SHARED = {"campaigns", "evidence", "consents", "left_out"}
MOST_FILES, MOST_LINES, LONGEST_BODY = 40, 300, 25
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "misc"}
DRAWING = {"matplotlib", "seaborn"}
LEARNING = {
    "fit",
    "fit_transform",
    "fit_predict",
    "predict",
    "predict_proba",
    "partial_fit",
}
TIME_KEEPERS = {"features/windows.py", "features/quarters.py"}
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


REFERENCE = re.compile(r"`(?:[a-z_]+\.)*([a-z_]+)\.([A-Za-z_]+)`")

parsed = functools.cache(ast.parse)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        if isinstance(node, ast.ImportFrom):
            inside = "." * node.level + (f"{node.module}." if node.module else "")
            yield from ((node.lineno, f"{inside}{name.name}") for name in node.names)


def crossings(source: str, room: str) -> list[str]:
    """One line per import that crosses a wall."""
    found = []
    for line, name in imports(parsed(source)):
        if name.startswith("."):
            found.append(f"line {line}: relative import {name}; write the room")
        parts = name.split(".")
        # `import crm_helpers` alone gives the package's folder, no room.
        if parts[0] == "crm_helpers" and parts[1:] and parts[1] not in OPEN_TO[room]:
            found.append(f"line {line}: {room} imports {'.'.join(parts[:3])}")
    return found


def gossip(source: str, question: str) -> list[str]:
    """One line per import that a question takes from another question."""
    found = []
    for line, name in imports(parsed(source)):
        parts = name.split(".")
        if parts[:2] == ["crm_helpers", "questions"] and len(parts) > 2:
            allowed = {question, *SHARED} - ({"campaigns"} if question in SHARED else set())
            if parts[2] not in allowed | {question}:
                found.append(f"line {line}: {question} imports {'.'.join(parts[:4])}")
    return found


def drawings(source: str) -> list[str]:
    return [
        f"line {line}: imports {name}"
        for line, name in imports(parsed(source))
        if name.split(".")[0] in DRAWING
    ]


def learnings(source: str) -> list[str]:
    return [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEARNING
    ]


def time_comparisons(source: str) -> list[str]:
    """Comparisons of order in which a side is named as_of, and .between() with it."""
    found = []
    for node in ast.walk(parsed(source)):
        compared = isinstance(node, ast.Compare) and any(isinstance(o, ORDERS) for o in node.ops)
        ranged = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "between"
        if (compared or (ranged and not _of_windows(node))) and any(
            _is_as_of(part) for part in ast.walk(node)
        ):
            found.append(f"line {node.lineno}: compares with as_of")
    return found


def _of_windows(call: ast.Call) -> bool:
    return getattr(call.func.value, "id", "") == "windows"


def _is_as_of(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "as_of") or (
        isinstance(node, ast.Attribute) and node.attr == "as_of"
    )


def everywhere(check, *, but: str | set[str]) -> list[str]:
    """What a check finds in all modules outside a room, or outside some files."""
    found = []
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(but) if isinstance(but, str) else name in but:
            continue
        found += [f"crm_helpers/{name} {fault}" for fault in check(path.read_text("utf-8"))]
    return found


def told(faults: list[str], remedy: str) -> str:
    return "\n".join(["", *faults, remedy])


def test_no_import_crosses_a_wall():
    faults = []
    for path in modules():
        room = path.relative_to(PACKAGE).parts[0]
        name = path.relative_to(ROOT).as_posix()
        faults += [f"{name} {fault}" for fault in crossings(path.read_text("utf-8"), room)]
    assert not faults, told(faults, f"A room sees only the rooms before it: {' < '.join(ROOMS)}.")


def test_no_question_imports_another():
    faults = []
    for path in sorted((PACKAGE / "questions").rglob("*.py")):
        question = path.relative_to(PACKAGE / "questions").with_suffix("").parts[0]
        name = path.relative_to(ROOT).as_posix()
        faults += [f"{name} {fault}" for fault in gossip(path.read_text("utf-8"), question)]
    assert not faults, told(faults, f"Questions share {', '.join(sorted(SHARED))} alone.")


def test_every_folder_is_a_room():
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(ROOMS)


def test_rooms_re_export_nothing():
    faults = []
    for path in sorted(PACKAGE.rglob("__init__.py")):
        body = parsed(path.read_text("utf-8")).body
        is_docstring = [isinstance(node, ast.Expr) for node in body]
        faults += [path.relative_to(ROOT).as_posix()] * (is_docstring != [True])
    assert not faults, told(faults, "An __init__.py holds one docstring and nothing else.")


def test_no_file_is_named_after_nothing():
    faults = [str(path.relative_to(ROOT)) for path in modules() if path.stem in FORBIDDEN_NAMES]
    assert not faults, told(faults, "A function with no room is a sign of a missing word.")


def test_only_windows_compares_dates_with_as_of():
    faults = everywhere(time_comparisons, but=TIME_KEEPERS)
    assert not faults, told(faults, "Filter with features.windows (up_to, observation, outcome).")


def test_only_charts_draw():
    faults = everywhere(drawings, but="charts/")
    assert not faults, told(faults, "Give the numbers to a function in crm_helpers/charts.")


def test_only_models_learn():
    faults = everywhere(learnings, but="models/")
    assert not faults, told(faults, "Fit and predict in crm_helpers/models.")


@pytest.mark.parametrize(
    ("room", "line", "fault"),
    [
        ("features", "from crm_helpers.models import rules", "features imports crm_helpers.models"),
        ("charts", "from crm_helpers.tables.needs import Skip", "charts imports crm_helpers.tabl"),
        ("demo", "import crm_helpers.tables.paths", "demo imports crm_helpers.tables.paths"),
        ("tables", "from crm_helpers import page", "tables imports crm_helpers.page"),
        ("page", "from crm_helpers.questions import consents", "page imports crm_helpers.que"),
        ("questions", "import crm_helpers.runner.run", "questions imports crm_helpers.runner"),
        ("runner", "from crm_helpers.mail import send", "runner imports crm_helpers.mail"),
        ("models", "from . import rules", "relative import .rules"),
    ],
)
def test_a_line_that_crosses_a_wall_is_named(room, line, fault):
    (found,) = crossings(f"import math\n{line}\n", room)
    assert found.startswith("line 2: ")
    assert fault in found


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("churn", "from crm_helpers.questions.credit import page"),
        ("campaigns", "from crm_helpers.questions.retention import page"),
        ("evidence", "from crm_helpers.questions.campaigns import data"),
    ],
)
def test_a_question_that_imports_another_is_named(question, line):
    assert gossip(f"\n{line}\n", question) != []


def test_a_question_may_share_and_look_into_itself():
    source = "from crm_helpers.questions import evidence\nimport crm_helpers.questions.churn.page\n"
    assert gossip(source, "churn") == []


@pytest.mark.parametrize("folder", sorted({path.parent for path in modules()}), ids=str)
def test_a_folder_can_be_read_at_a_glance(folder):
    held = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(held) <= MOST_FILES, f"{len(held)} files. Give the room folders by family."
    assert len(held) > 0 or any(folder.iterdir())


def bodies(source: str) -> list[tuple[str, int]]:
    """Name and length of the body of each function, without its docstring."""
    found = []
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = ast.get_docstring(node) is not None
            first = node.body[0].end_lineno + 1 if told else node.body[0].lineno
            found.append((node.name, node.end_lineno - first + 1))
    return found


def faults_of(path: Path) -> list[str]:
    source, name = path.read_text("utf-8"), path.relative_to(PACKAGE).as_posix()
    long = [f"{name}, {f}: {lines} lines" for f, lines in bodies(source) if lines > LONGEST_BODY]
    lines = source.count("\n")
    return long + [f"{name}: {lines} lines in all"] * (lines > MOST_LINES)


def test_modules_are_short_and_so_are_their_functions():
    found = [fault for path in modules() for fault in faults_of(path)]
    remedy = f"A body has {LONGEST_BODY} lines at most: name its parts. A file has {MOST_LINES}: "
    assert not found, told(found, remedy + "give its second concept a file of its own.")


def test_a_long_module_and_a_long_body_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_rooms.PACKAGE", tmp_path)
    body = "".join(f"    a = {n}\n" for n in range(LONGEST_BODY + 1))
    (tmp_path / "m.py").write_text(f"def f():\n{body}" + "\n" * MOST_LINES, "utf-8")
    assert faults_of(tmp_path / "m.py") == ["m.py, f: 26 lines", "m.py: 327 lines in all"]


def test_a_long_body_is_counted_without_its_docstring():
    source = 'def f():\n    """Words.\n\n    More.\n    """\n    a = 1\n    return a\n'
    assert bodies(source) == [("f", 2)]


def test_a_room_may_look_back_and_into_itself():
    source = "from crm_helpers.features import windows\nfrom crm_helpers.models import rules\n"
    assert crossings(source, "models") == []


@pytest.mark.parametrize(
    "line",
    ["rows.filter(rows.day <= as_of)", "x = p.as_of + day > limit", "day.between(first, as_of)"],
)
def test_a_comparison_with_as_of_is_named(line):
    assert time_comparisons(f"\n{line}\n") == ["line 2: compares with as_of"]


def test_a_window_is_no_comparison():
    assert time_comparisons("windows.between(rows, day, until=as_of)") == []


def test_drawing_and_learning_are_named():
    assert drawings("import matplotlib.pyplot as plt") == ["line 1: imports matplotlib.pyplot"]
    assert learnings("model.fit(rows).predict(rows)") != []


def defined() -> dict[str, set[str]]:
    """Names that the modules of one name define or import, by that name."""
    found: dict[str, set[str]] = {}
    for path in modules():
        names = found.setdefault(path.stem, set())
        for node in ast.walk(parsed(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            if isinstance(node, ast.alias):
                names.add(node.asname or node.name)
    return found


def gone(source: str, known: dict[str, set[str]]) -> list[str]:
    """References of the docstrings, `module.name`, to a name that its module does not have."""
    texts = [
        ast.get_docstring(node) or ""
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    ]
    told = [pair for text in texts for pair in REFERENCE.findall(text)]
    return [f"{module}.{name}" for module, name in told if name not in known.get(module, {name})]


def test_docstrings_point_to_names_that_are_there() -> None:
    known = defined()
    found = {path.name: gone(path.read_text("utf-8"), known) for path in modules()}
    found = {name: names for name, names in found.items() if names}
    assert not found, f"Names that are gone: {found}. Write those that took their place."


def test_a_docstring_that_points_to_nothing_is_found() -> None:
    source = '"""See `evidence.verdict` and `evidence.judgement`, or `sklearn.auc`."""\n'
    assert gone(source, {"evidence": {"verdict"}}) == ["evidence.judgement"]
