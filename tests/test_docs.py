"""The pages for people name files and headings that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    ".github/CONTRIBUTING.md",
    ".github/CHANGELOG.md",
    "index/README.md",
    "tests/benchmarks/README.md",
)
# Come with the benchmark data.
SCORERS = {"score_spans.py", "score_questions.py"}
_FILE = re.compile(r"`((?:index|bot|tests)/[\w./]*\w\.(?:py|toml|tsv|sql|json|md))`")
_BARE = re.compile(r"`(\w+\.(?:py|sql))`")
_FOLDER = re.compile(r"`((?:index|bot|tests)/(?:[\w]+/)+)`")
_MODULE = re.compile(r"python -m ((?:tests|index)\.[\w.]*[a-z])(?![\w.])")
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)")


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings give it."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", PAGES)
def test_every_file_folder_and_module_that_a_page_names_is_there(name):
    text = (ROOT / name).read_text("utf-8")

    named = {*_FILE.findall(text), *_FOLDER.findall(text)}
    modules = {module.replace(".", "/") for module in _MODULE.findall(text)}
    assert set() == {path for path in named if not (ROOT / path).exists()}
    parts = (ROOT / part for part in ("index", "bot", "tests"))
    there = {path.name for part in parts for path in part.rglob("*.*")}
    assert set() == set(_BARE.findall(text)) - there - SCORERS
    assert set() == {m for m in modules if not any((ROOT / m).parent.glob(f"{Path(m).name}*"))}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_and_its_heading(name):
    page = ROOT / name

    for target, anchor in _LINK.findall(page.read_text("utf-8")):
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), (target, anchor)


def test_the_readme_can_be_read_at_one_sitting():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 220
