"""README's tables and commands hold what the code has."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import AliasChoices

from bot.settings import BotSettings
from index.settings import IndexSettings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names() -> set[str]:
    """Every setting by the name that a user writes."""
    found = {f"INDEX_{name.upper()}" for name in IndexSettings.model_fields}
    for name, field in BotSettings.model_fields.items():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices):
            found.add(str(alias.choices[0]))
        else:
            found.add(str(alias or f"BOT_{name.upper()}"))
    return found


def test_the_table_of_settings_names_all_and_no_others():
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    assert names() == listed


def test_the_first_command_asks_the_sample_and_the_second_runs_every_check():
    first, second = (
        line for line in README.splitlines() if line.startswith("python3 -m venv .venv && ")
    )

    assert 'ask "What did Russia say?"' in first
    assert [part in second for part in ("ruff check", "ruff format --check", "mypy", "pytest")] == [
        True
    ] * 4


# Where a package is imported by another name than it is installed by.
INSTALLED_AS = {
    "docx": "python-docx",
    "yaml": "pyyaml",
    "dateutil": "python-dateutil",
    "faiss": "faiss-cpu",
    "dotenv": "python-dotenv",
    "markdown_it": "markdown-it-py",
}


def imports(file: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", ["bot", "index"])
def test_every_import_is_declared(package):
    extras = PROJECT["project"]["optional-dependencies"]
    lines = PROJECT["project"]["dependencies"] + extras["mcp"] + extras["postgres"]
    declared = {re.split(r"[<>=\[;]", line)[0].lower() for line in lines}

    imported = set().union(*(imports(file) for file in (ROOT / package).rglob("*.py")))
    foreign = imported - set(sys.stdlib_module_names) - {"bot", "index"}
    assert set() == {INSTALLED_AS.get(n, n.replace("_", "-")) for n in foreign} - declared


def test_index_never_imports_bot():
    offenders = [
        str(file) for file in (ROOT / "index").rglob("*.py") if imports(file) & {"bot", "slack_sdk"}
    ]

    assert [] == offenders


def test_each_fault_run_that_the_benchmarks_page_names_is_there():
    page = (ROOT / "tests" / "benchmarks" / "README.md").read_text(encoding="utf-8")
    section = page.split("## Reliability\n", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"\| `([a-z_]+)` \|$", section, re.M))

    there = {p.stem for p in (ROOT / "tests" / "faults").glob("*.py")}

    assert len(named) > 10
    assert set() == named - there
