"""Anatomy of the notebooks, read from their JSON alone (STYLE 3.2)."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from crm_helpers.page.parameters import DECLARED

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "tests/notebooks/template.ipynb"
NOTEBOOKS = [*sorted((ROOT / "notebooks").glob("*.ipynb")), TEMPLATE]
LINES, PARAMETER_LINES, CELLS, ALL_LINES = 12, 25, 30, 200
PARAMETER = re.compile(r"^(\w+): (str|int|float|bool|list\[str\]) = (.+?)  +# (.+)$")


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags_of(cell: dict[str, Any]) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def faults_of(notebook: dict[str, Any], name: str) -> list[str]:
    """One line per departure from the anatomy; empty for a good notebook."""
    numbered = enumerate(notebook["cells"], 1)
    faults = [f"{name} cell {n}: {fault}" for n, c in numbered for fault in cell_faults(c)]
    return faults + [f"{name}: {fault}" for fault in whole_faults(notebook, name)]


def cell_faults(cell: dict[str, Any]) -> list[str]:
    if cell["cell_type"] != "code":
        return markdown_faults(source_of(cell))
    source = source_of(cell)
    lines, is_parameters = source.count("\n") + 1, "parameters" in tags_of(cell)
    limit = PARAMETER_LINES if is_parameters else LINES
    found = [f"{lines} lines (limit {limit}). Move the steps to crm_helpers."] * (lines > limit)
    found += ["has outputs. Strip them (nbstripout)."] * bool(cell["outputs"])
    found += ["has an execution count. Strip it (nbstripout)."] * bool(cell["execution_count"])
    return found + code_faults(source) + (parameter_faults(source) if is_parameters else [])


def code_faults(source: str) -> list[str]:
    if re.search(r"^\s*[%!]", source, re.MULTILINE):
        return ["a magic or shell command. Notebooks install and call nothing."]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.append(f"defines {node.name}. Move it to crm_helpers.")
        if isinstance(node, ast.For | ast.While | ast.If | ast.Try | ast.With):
            kind = type(node).__name__.lower()
            found.append(f"line {node.lineno}: '{kind}'. Move the branch or loop to crm_helpers.")
        if isinstance(node, ast.Constant) and is_absolute(node.value):
            found.append(f"absolute path '{node.value}'. Paths start from the project root.")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.asname or alias.name for alias in node.names]
            found += [f"imports {n}, the name of a parameter." for n in names if n in DECLARED]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            found.append("prints. Say it with words.note or words.paragraph.")
    return found


def is_absolute(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"(/[\w.]+/|~/|[A-Z]:\\)", value))


def markdown_faults(source: str) -> list[str]:
    found = re.findall(r"\d[\d,.]* ?%|[€$£] ?\d|\d{1,3}(?:,\d{3})+", source)
    return [f"'{found[0]}' is typed into prose. Compute it."] if found else []


def parameter_faults(source: str) -> list[str]:
    found = []
    for line in source.splitlines():
        match = PARAMETER.match(line)
        if not match:
            found.append(f"'{line[:40]}' is not `name: type = default  # help (unit, range)`.")
        elif "=" in match[4] or "#" in match[4] + match[3]:
            found.append(f"the help of {match[1]} holds = or #, which papermill cuts.")
    return found


def whole_faults(notebook: dict[str, Any], name: str) -> list[str]:
    cells = notebook["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    lines = sum(source_of(cell).count("\n") + 1 for cell in code)
    found = [f"{len(code)} code cells (limit {CELLS})."] * (len(code) > CELLS)
    found += [f"{lines} code lines (limit {ALL_LINES})."] * (lines > ALL_LINES)
    found += ["the kernel is not python3."] * (kernel(notebook) != "python3")
    ids = [cell.get("id") for cell in cells]
    found += ["cell ids are missing or repeat."] * (None in ids or len(set(ids)) < len(ids))
    return found + order_faults(cells) + section_faults(cells)


def kernel(notebook: dict[str, Any]) -> str:
    return notebook["metadata"].get("kernelspec", {}).get("name", "")


def order_faults(cells: list[dict[str, Any]]) -> list[str]:
    found = []
    if not re.match(r"# .+\n\n.+", source_of(cells[0])) or cells[0]["cell_type"] != "markdown":
        found.append("cell 1 is not a `# Title` with two sentences under it.")
    places = [n for n, cell in enumerate(cells, 1) if "parameters" in tags_of(cell)]
    found += [f"parameters are in cells {places}; expected cell 2 alone."] * (places != [2])
    for place, tag in ((2, "setup"), (-2, "summary"), (-1, "colophon")):
        found += [f"cell {place % len(cells) + 1} lacks the tag '{tag}'."] * (
            tag not in tags_of(cells[place])
        )
    found += ["the setup cell lacks the tag 'remove-cell'."] * (
        "remove-cell" not in tags_of(cells[2])
    )
    return found


def section_faults(cells: list[dict[str, Any]]) -> list[str]:
    headings = [
        heading
        for cell in cells
        if cell["cell_type"] == "markdown"
        for heading in re.findall(r"^## (.+)$", source_of(cell), re.MULTILINE)
    ]
    last = headings[-2:]
    questions = headings[: len(headings) - len(last)]
    found = [f"'## {h}' is no question." for h in questions if not h.endswith("?")]
    if last != ["What to do", "How far to trust this"]:
        found.append(f"ends on {last}; expected 'What to do' and 'How far to trust this'.")
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_anatomy(path: Path) -> None:
    faults = faults_of(json.loads(path.read_text(encoding="utf-8")), path.name)
    assert not faults, "\n" + "\n".join(faults)


def test_every_declared_parameter_stands_in_a_notebook() -> None:
    cells = [json.loads(path.read_text(encoding="utf-8"))["cells"][1] for path in NOTEBOOKS]
    stated = {name for cell in cells for name in re.findall(r"^\w+", source_of(cell), re.MULTILINE)}
    idle = set(DECLARED) - stated
    assert not idle, f"{sorted(idle)}: no notebook has them. Take them out of parameters.py."


@pytest.fixture
def template() -> dict[str, Any]:
    return json.loads(TEMPLATE.read_text(encoding="utf-8"))


def test_a_long_cell_is_named_with_its_remedy(template: dict[str, Any]) -> None:
    template["cells"][5]["source"] = "\n".join(["x = 1"] * 17)
    assert faults_of(template, "churn.ipynb") == [
        "churn.ipynb cell 6: 17 lines (limit 12). Move the steps to crm_helpers."
    ]


BAD_CELLS = {
    "def f():\n    return 1": "defines f",
    "class A:\n    pass": "defines A",
    "for row in rows:\n    x = row": "'for'",
    "if x:\n    y = 1": "'if'",
    "x = '/home/me/data.csv'": "absolute path '/home/me/data.csv'",
    "print(x)": "prints",
    "from crm_helpers.models.x import seed": "imports seed, the name of a parameter",
    "!pip install x": "a magic or shell command",
}


@pytest.mark.parametrize(("source", "fault"), BAD_CELLS.items(), ids=BAD_CELLS.values())
def test_code_that_belongs_elsewhere_is_found(
    template: dict[str, Any], source: str, fault: str
) -> None:
    template["cells"][5]["source"] = source
    (found,) = faults_of(template, "churn.ipynb")
    assert found.startswith("churn.ipynb cell 6: ")
    assert fault in found


def test_outputs_and_execution_counts_are_found(template: dict[str, Any]) -> None:
    template["cells"][5] |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    assert [fault.split(": ")[1] for fault in faults_of(template, "x")] == [
        "has outputs. Strip them (nbstripout).",
        "has an execution count. Strip it (nbstripout).",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("days = 3", "is not `name: type"),
        ("days: int | None = None  # length, in days", "is not `name: type"),
        ("days: int = 3  # length, default = 3", "holds = or #"),
    ],
)
def test_a_parameter_papermill_would_lose_is_found(
    template: dict[str, Any], line: str, fault: str
) -> None:
    template["cells"][1]["source"] = line
    (found,) = faults_of(template, "x.ipynb")
    assert fault in found


def test_a_number_typed_into_prose_is_found(template: dict[str, Any]) -> None:
    template["cells"][4]["source"] = "## What is it?\n\nThe top tenth holds 41 % of it."
    assert "'41 %' is typed into prose" in faults_of(template, "x")[0]


def test_a_heading_that_asks_nothing_is_found(template: dict[str, Any]) -> None:
    template["cells"][4]["source"] = "## Gain chart"
    assert faults_of(template, "x") == ["x: '## Gain chart' is no question."]


def test_a_missing_last_section_is_found(template: dict[str, Any]) -> None:
    template["cells"] = [c for c in template["cells"] if "What to do" not in "".join(c["source"])]
    assert any("expected 'What to do'" in fault for fault in faults_of(template, "x"))
