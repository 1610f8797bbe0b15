"""What is installed is what was locked, and no model file can carry code."""

from __future__ import annotations

import ast
import json
import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from index.attribution.network import WEIGHTS, weights_file
from index.errors import AttributionError, EmbeddingError
from index.models.embedder import PINNED, check_files, encoder_folder

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# What reads objects out of a file, and with them whatever code the file names.
UNPICKLERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
UNPICKLING_CALLS = {"torch.load", "torch.save", "np.load", "numpy.load", "pd.read_pickle"}
PICKLED = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".npy", ".npz", ".h5"}


def locked(*names: str) -> dict[str, tuple[str, list[str]]]:
    """Each locked package with its version and hashes."""
    text = "".join((LOCK / f"{name}.txt").read_text("utf-8") for name in names)
    found = re.findall(r"^([\w.-]+)==(\S+) \\\n((?:    --hash=.*\n?)+)", text, re.M)
    return {canonicalize_name(n): (v, re.findall(r"sha256:(\w{64})", h)) for n, v, h in found}


ALL = locked("requirements", "dev", "cuda")
NEEDED = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]


@pytest.mark.parametrize(
    ("requirement", "files"),
    [(line, ("requirements", "cuda")) for line in NEEDED]
    + [
        (line, ("requirements", "dev"))
        for line in PROJECT["project"]["optional-dependencies"]["dev"]
    ],
)
def test_every_requirement_is_locked_at_a_version_that_satisfies_it(requirement, files):
    wanted = Requirement(requirement)
    version, _ = locked(*files).get(canonicalize_name(wanted.name), ("none", []))

    assert version != "none", f"{wanted.name} is not locked; run python .lock/make.py"
    assert wanted.specifier.contains(version), f"locked is {version}; run python .lock/make.py"


def test_every_locked_package_has_the_hashes_of_its_files():
    lines = "".join(path.read_text("utf-8") for path in LOCK.glob("*.txt"))

    assert lines.count("==") == len(ALL) + len(locked("cpu")) > 100
    assert [] == [name for name, (_, hashes) in ALL.items() if not hashes]


def test_both_builds_of_torch_are_the_same_release():
    assert f"{locked('cuda')['torch'][0]}+cpu" == locked("cpu")["torch"][0]


def test_nothing_that_a_locked_package_needs_is_missing_from_the_lock():
    # They are installed without looking at what they need.
    missing = []
    for name, (version, _) in ALL.items():
        try:
            known = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        wanted = [Requirement(line) for line in known.requires or () if version == known.version]
        for each in wanted:
            applies = each.marker is None or each.marker.evaluate({"extra": ""})
            if applies and canonicalize_name(each.name) not in ALL:
                missing.append(f"{name} needs {each}")

    assert [] == missing


def test_both_commands_of_readme_install_by_the_lock():
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    commands = [line for line in readme if line.startswith("python3 -m venv .venv && ")]

    assert [True] * 2 == [".lock/install .venv/bin/python -e " in line for line in commands]


# --- no code in data ------------------------------------------------------------------------


def pickling(file: Path) -> list[str]:
    """What in a module imports or calls an unpickler, or lets a library do so."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import():
                names = {alias.name.split(".")[0] for alias in node.names}
            case ast.ImportFrom():
                names = {(node.module or "").split(".")[0]}
            case ast.Call():
                names = {ast.unparse(node.func)} & UNPICKLING_CALLS
                found += [
                    f"{file.name}: {word.arg}"
                    for word in node.keywords
                    if word.arg in ("allow_pickle", "trust_remote_code")
                    and ast.unparse(word.value) != "False"
                ]
                found += [f"{file.name}: {name}" for name in names]
                continue
            case _:
                continue
        found += [f"{file.name}: {name}" for name in names & UNPICKLERS]
    return found


def test_our_code_reads_no_pickle_and_runs_no_code_of_a_model():
    modules = [file for part in ("bot", "index", "tests") for file in (ROOT / part).rglob("*.py")]

    assert [] == [line for file in modules for line in pickling(file)]


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from joblib import load",
        "torch.load(path)",
        "numpy.fromfile(path, allow_pickle=True)",
        "AutoModel.from_pretrained(folder, trust_remote_code=True)",
    ],
)
def test_the_check_for_pickles_sees_one(tmp_path, line):
    (tmp_path / "module.py").write_text(line)

    assert 1 == len(pickling(tmp_path / "module.py"))


def is_pickle(path: Path) -> bool:
    """A pickle begins with its protocol; torch wraps it in a zip."""
    with path.open("rb") as file:
        begins = file.read(4)
    return path.suffix in PICKLED or bool(re.match(rb"\x80[\x02-\x05]|PK\x03\x04", begins))


def test_no_shipped_file_and_no_file_of_the_model_is_a_pickle():
    folders = (ROOT / "bot", ROOT / "index", encoder_folder())
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    assert len(files) > 100
    assert [] == [p for p in files if is_pickle(p) and "__pycache__" not in p.parts]


@pytest.fixture
def model(tmp_path):
    """A copy of the model's folder."""
    return Path(shutil.copytree(encoder_folder(), tmp_path / "model"))


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_changed_byte_in_any_file_of_the_model_is_refused_with_its_hash(model, name):
    with (model / name).open("r+b") as file:
        byte = file.read(1)[0]
        file.seek(0)
        file.write(bytes([byte ^ 1]))

    with pytest.raises(
        EmbeddingError, match=rf"{name} has SHA-256 \w{{64}}, expected {PINNED[name]}"
    ):
        check_files(model, PINNED)


@pytest.mark.parametrize(
    "name", ["pytorch_model.bin", "model.pkl", "modeling_canary.py", "adapter_model.safetensors"]
)
def test_a_file_that_may_carry_code_is_refused_by_name_and_not_run(model, tmp_path, name):
    canary = tmp_path / "canary"
    (model / name).write_text(f"open({str(canary)!r}, 'w')")

    with pytest.raises(EmbeddingError, match=f"unknown file .*{name}"):
        check_files(model, PINNED)
    assert not canary.exists()


def test_a_configuration_that_asks_for_code_of_its_own_is_refused(model):
    config = json.loads((model / "config.json").read_text("utf-8"))
    config |= {"trust_remote_code": True, "auto_map": {"AutoModel": "modeling_canary.Model"}}
    (model / "config.json").write_text(json.dumps(config))

    with pytest.raises(EmbeddingError, match=r"config.json has SHA-256"):
        check_files(model, PINNED)


def test_changed_weights_of_the_tagger_are_refused_with_their_hash(tmp_path):
    folder = Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))
    with (folder / "tagger.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)[0]
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))

    with pytest.raises(AttributionError, match=r"tagger.safetensors has SHA-256 \w{64}"):
        weights_file(folder)
