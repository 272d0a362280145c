"""Writes the generated pages of the documentation: `make docs`. A meta test sees that they are fresh."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance.source.catalog import codes, message

ROOT: Final = Path(__file__).resolve().parent


def errors() -> str:
    """The page of all diagnostics, by subsystem."""
    lines = [
        "# Diagnostics",
        "",
        "Written by `make docs` from `compliance/source/messages/`. The words in braces are filled in.",
    ]
    subsystem = ""
    for code in codes():
        found = message(code)
        assert found is not None
        if code.partition(".")[0] != subsystem:
            subsystem = code.partition(".")[0]
            lines += ["", f"## {subsystem}"]
        lines += [
            "",
            f"### `{code}`",
            "",
            f"*{found.en}* — {found.explain_en}",
            "",
            f"*{found.ru}* — {found.explain_ru}",
        ]
    return "\n".join(lines) + "\n"


def decisions() -> str:
    """The index of the decisions, from the first line of each page."""
    lines = [
        "# Decisions",
        "",
        "One short page for each choice that a newcomer would ask about: the context, the choice, its price, what else",
        "was looked at. A page is not rewritten when the choice changes: a new one says so, and the old points to it.",
        "Numbers below 0020 belong to the house, the others to the law and to its checkers.",
        "`make docs` writes this index.",
        "",
    ]
    for path in sorted((ROOT / "decisions").glob("[0-9]*.md")):
        heading = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        lines.append(f"- [{heading}]({path.name})")
    return "\n".join(lines) + "\n"


def lifecycle() -> str:
    """The graphs of the life of the reserve, held against the norms."""
    from compliance.check.lifecycle.verify import verify
    from compliance.law.lifecycle.read import load_lifecycle
    from compliance.law.load import load_law
    from compliance.report.lifecycle.page import lifecycle_page

    page = lifecycle_page(load_lifecycle(load_law()), verify(jobs=os.cpu_count() or 1), "en")
    title, _, rest = page.partition("\n")
    said = "Written by `make docs` from `model/lifecycle.yaml` and the answers of `reserve show lifecycle --verify`;"
    return f"{title}\n\n{said}\n[the lifecycle](../lifecycle.md) says what was asked.\n{rest}"


def mutation() -> str:
    """What the stories notice of a law that is changed everywhere, and the changes that are none."""
    from compliance.cli.check import expand
    from compliance.law.load import load_law
    from compliance.prove.mutate.run import mutate
    from compliance.report.mutation import mutation_page
    from compliance.source.data import data_path

    law = load_law()
    report = mutate(law, expand([str(data_path("scenarios"))]), jobs=os.cpu_count() or 1)
    said = "Written by `make docs` from the answers of `reserve prove --mutate`;"
    return mutation_page(report, law, f"{said}\n[decision 0051](../decisions/0051-mutation.md) says how.")


PAGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {"reference/errors.md": errors, "decisions/README.md": decisions}
)

SLOW_PAGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {"reference/lifecycle.md": lifecycle, "reference/mutation.md": mutation}
)
"""Pages that take a minute; only the long run of the tests sees that they are fresh."""


def main() -> None:
    """Writes every generated page, or those that are named: `python -m docs.build reference/errors.md`."""
    every = {**PAGES, **SLOW_PAGES}
    for name in sys.argv[1:] or every:
        page = every[name]
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
