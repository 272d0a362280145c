"""The command line as whole processes: help, one known story, all stories."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.rows import Row, median

ROOT = Path(__file__).resolve().parent.parent
KNOWN = "scenarios/compliant/ordinary-route-to-appointment.yaml"

LIMITS = {"reserve --help": 0.2, "reserve check, one known story": 0.5, "reserve check, all stories": 10.0}
COMMANDS = {
    "reserve --help": ["--help"],
    "reserve check, one known story": ["check", KNOWN],
    "reserve check, all stories": ["check", "scenarios"],
}


def run(quick: bool) -> list[Row]:
    """Medians of wall seconds, each with its limit."""
    rows = []
    for what, args in COMMANDS.items():
        times = 3 if quick or "all" in what else 7
        seconds = median(partial(_call, args), times)
        rows.append(Row(what, seconds, note=f"limit {LIMITS[what]} s"))
    return rows


def _call(args: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "compliance", *args], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
