"""
Write the lock anew: for Linux x86-64 with Python 3.11, from pyproject.toml and PyPI.

    pip install uv && python .lock/make.py

``requirements.txt`` is what the project needs, without torch, and ``dev.txt`` adds what its checks
need. torch comes in two builds of one release: ``cpu.txt``, from an index that has it, or
``cuda.txt``, the one of PyPI with the libraries that it needs. Versions that are locked already
stay unless pyproject.toml has moved on; with ``--upgrade`` all are the newest.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = Path(__file__).parent

# PyPI does not list it: torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl
CPU_BUILDS = {"2.13.0": "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"}
CUDA = ("torch", "cuda-", "nvidia-", "triton")
HEAD = "# Made by .lock/make.py; every package with the SHA-256 of its files.\n"


def compiled(*extras: str) -> dict[str, str]:
    """Resolve the project with *extras*: the lines of each package, by its name."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    locked = [f for name in ("requirements", "dev", "cuda") if (f := LOCK / f"{name}.txt").exists()]
    command = ["uv", "pip", "compile", "-q", "--no-config", "--generate-hashes", "--no-annotate"]
    command += ["--no-header", "--only-binary", ":all:", "--python-version", "3.11"]
    command += ["--python-platform", "x86_64-manylinux_2_28"]
    command += ["--default-index", "https://pypi.org/simple", "pyproject.toml", "-"]
    command += [f"--extra={extra}" for extra in extras]
    if "--upgrade" not in sys.argv:
        command += [word for file in locked for word in ("--constraint", str(file))]
    made = subprocess.run(  # noqa: S603  # words of our own
        command, cwd=ROOT, input="\n".join(build), text=True, check=True, stdout=subprocess.PIPE
    ).stdout
    return {m[1]: m[0] for m in re.finditer(r"^([\w.-]+)==.*\n(?:    .*\n)+", made, re.M)}


def cpu_build(lines: str) -> str:
    """Name the CPU build of the torch of *lines*."""
    version = lines.split("==")[1].split()[0]
    return f"torch=={version}+cpu \\\n    --hash=sha256:{CPU_BUILDS[version]}\n"


def main() -> None:
    """Write the four files."""
    needed = compiled()
    checks = {name: lines for name, lines in compiled("dev").items() if name not in needed}
    cuda = {name: lines for name, lines in needed.items() if name.startswith(CUDA)}
    plain = {name: lines for name, lines in needed.items() if name not in cuda}
    for name, first, part in (
        ("requirements", "", plain),
        ("dev", "-r requirements.txt\n", checks),
        ("cuda", "", cuda),
        ("cpu", "", {"torch": cpu_build(needed["torch"])}),
    ):
        (LOCK / f"{name}.txt").write_text(HEAD + first + "".join(part.values()), "utf-8")


if __name__ == "__main__":
    main()
