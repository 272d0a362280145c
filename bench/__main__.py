"""Runs every module of this folder that defines `run(quick) -> list[Row]`: `python -m bench [--quick] [NAME...]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from bench.rows import load, machine

HERE = Path(__file__).resolve().parent


def main() -> None:
    quick = "--quick" in sys.argv
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    print(machine())
    for path in sorted(HERE.glob("[a-z]*.py")):
        if wanted and path.stem not in wanted:
            continue
        module = import_module(f"bench.{path.stem}")
        if not hasattr(module, "run"):
            continue
        print(f"\n{path.stem}: {(module.__doc__ or '').strip().splitlines()[0]} ({load()})")
        for row in module.run(quick):
            print(f"  {row.what:<58} {row.seconds:>9.3f} s  {row.rate:<24} {row.note}".rstrip())


if __name__ == "__main__":
    main()
