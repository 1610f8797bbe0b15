"""
The house keeps its order: imports go downwards only, and no room is overfull.

Every import counts: those inside functions and under TYPE_CHECKING too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A package imports only those that stand before it, from left to right and from top to bottom.
LAYERS = {
    "index": """
        query witnesses types outcomes labels sentence_links
        errors settings log_limit admission serving
        text formats database origins
        models sources
        attribution
        speakers
        store
        ingest roster
        queue questions
        reader
        answers
        checking timelines
        on_record
        core
        reports
        alerts
        arrivals
        maintenance
        cli
        __main__
    """,
    "index.speakers": "gazetteer learned cast affiliation resolve training",
    "index.store": "vectors sqlite memory postgres factory",
    "index.answers": """
        search captions fragments quotes pages context finishing
        explanation quoted_in quotation names answer
        digest comparison changes introduction
    """,
    "index.checking": "checked alignment agreement surroundings draft passages verdicts checker",
    "bot": """
        timetable types errors encryption logs metrics engine settings
        messages state
        slack
        suggestions answering alerts services rounds
        listeners workers
        manifest
        transport
        app server doctor
        __main__
    """,
}
# All that bot may import of index.
PUBLIC = {
    *("core", "query", "types", "witnesses", "outcomes", "labels", "errors", "settings", "serving"),
    *("cli", "maintenance", "database", "reports", "sentence_links", "alerts", "checking"),
    "timelines",
}

MODULES_IN_A_FOLDER = 16
LINES_OF_A_FILE = 350
LINES_OF_A_FUNCTION = 50


@cache
def files() -> Mapping[str, Path]:
    """Every module of both packages, by its dotted name."""
    found = {}
    for package in ("index", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """The modules of both packages that each module imports, wherever in it."""
    return {name: frozenset(_imported(path)) - {name} for name, path in files().items()}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files())
        elif isinstance(node, ast.ImportFrom) and node.module in files():
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in files() else node.module


def member(name: str, package: str) -> str | None:
    """The part of *package* that a module belongs to; None for the package itself and others."""
    inside = name.removeprefix(package + ".")
    return None if inside == name else inside.split(".")[0]


@pytest.mark.parametrize("package", LAYERS)
def test_a_package_imports_only_those_before_it(package):
    order = {part: place for place, part in enumerate(LAYERS[package].split())}

    upwards = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if (own := member(name, package)) and (its := member(other, package))
        if own != its and own in order and its in order and order[own] < order[its]
    ]
    assert [] == upwards


@pytest.mark.parametrize("package", ["index", "bot"])
def test_the_table_names_every_part(package):
    parts = {part for name in files() if (part := member(name, package))}

    assert parts == set(LAYERS[package].split())


def test_no_module_is_in_a_circle():
    # A package's own file gathers its modules, which it may import; they may not import it.
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as exc:
        pytest.fail(" -> ".join(exc.args[1]))


def test_index_never_imports_bot_and_bot_only_what_is_public():
    crossings = {
        (name, other)
        for name, others in imports().items()
        for other in others
        if name.split(".")[0] != other.split(".")[0]
    }

    assert [] == [pair for pair in crossings if pair[0].startswith("index")]
    assert [] == sorted(pair for pair in crossings if member(pair[1], "index") not in PUBLIC)


def test_index_knows_nothing_of_slack():
    slack = re.compile(r"slack_sdk|slack_bolt|SLACK_|xox[a-z]-|xapp-")

    assert [] == [
        n
        for n, p in files().items()
        if n.startswith("index") and slack.search(p.read_text("utf-8"))
    ]


def test_nothing_is_read_from_beside_the_checkout():
    beside = re.compile(r"""["']shared["']|\.\./shared""")

    assert [] == [name for name, path in files().items() if beside.search(path.read_text("utf-8"))]


def test_no_folder_is_overfull():
    folders = {path.parent for path in files().values()}

    counts = {str(f.relative_to(ROOT)): len(list(f.glob("*.py"))) for f in folders}
    assert {} == {f: n for f, n in counts.items() if n > MODULES_IN_A_FOLDER}


def test_no_file_and_no_function_is_too_long():
    texts = {name: path.read_text("utf-8") for name, path in files().items()}

    lengths = {name: len(text.splitlines()) for name, text in texts.items()}
    assert {} == {name: n for name, n in lengths.items() if n > LINES_OF_A_FILE}
    functions = {
        f"{name}.{node.name}": node.end_lineno - node.lineno + 1
        for name, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {} == {name: n for name, n in functions.items() if n > LINES_OF_A_FUNCTION}
