"""Runs the command-line tool as whole processes and measures them (see launch.py)."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass


@dataclass
class Run:
    seconds: float
    peak_bytes: int
    code: int
    stdout: str
    stderr: str

    def document(self) -> dict:
        """Standard output as one JSON object."""
        return json.loads(self.stdout)


def run(arguments: list[str]) -> Run:
    """Wall time from before the start to after the end, and the process's own peak memory."""
    launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.py")
    with tempfile.TemporaryDirectory() as folder:
        out, err = os.path.join(folder, "out"), os.path.join(folder, "err")
        launched = subprocess.run(
            [sys.executable, "-I", launcher, out, err, *arguments],
            check=True,
            stdout=subprocess.PIPE,
        )
        measured = json.loads(launched.stdout)
        with open(out) as stdout, open(err) as stderr:
            return Run(stdout=stdout.read(), stderr=stderr.read(), **measured)


def require(arguments: list[str]) -> Run:
    """As `run`, but a failure ends the benchmark with what the process said."""
    result = run(arguments)
    if result.code != 0:
        raise SystemExit(
            f"{' '.join(arguments)}\nexit code {result.code}\n{result.stderr.strip()}"
        )
    return result


def directory_bytes(path: str) -> dict[str, int]:
    """Bytes of a store's files, by extension."""
    sizes: dict[str, int] = {}
    for folder, _, names in os.walk(path):
        for name in names:
            kind = os.path.splitext(name)[1] or name
            sizes[kind] = sizes.get(kind, 0) + os.path.getsize(os.path.join(folder, name))
    return sizes
