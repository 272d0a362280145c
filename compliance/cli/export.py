"""`reserve export`: a theorem as the text that a second solver is given, or the Rules as Akoma Ntoso."""

from __future__ import annotations

from pathlib import Path

import click

from compliance.cli.exits import Exit
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.cli.types import Word


@declare("export")
@click.argument("theorem", required=False, metavar="[THEOREM]")
@click.option("--to", type=Word("smt2", "akn"), default="smt2", help="What to write.")
@click.option("--from", "files", multiple=True, metavar="FILE|FOLDER", help="Where the theorem stands.")
@view_options(("text",))
def export(view: View, theorem: str | None, to: str, files: tuple[str, ...]) -> int:
    """Write THEOREM as SMT-LIB text, or with `--to akn` the text of the Rules as XML."""
    from compliance.law.load import load_law

    check_outputs(view.outputs)
    law = load_law()
    if to == "akn":
        from compliance.law.akn import akoma_ntoso

        text = akoma_ntoso(law, view.lang)
    elif theorem is None:
        raise click.UsageError("THEOREM is missing")
    else:
        from compliance.prove.export import smt2
        from compliance.prove.read import read_theorems
        from compliance.prove.run import chosen
        from compliance.source.data import data_path

        read = read_theorems([Path(name) for name in files] or [data_path("proofs")], law)
        text = smt2(law, chosen(read, [theorem])[-1])
    deliver(view, lambda form, page: text if text.endswith("\n") else f"{text}\n")
    return Exit.AS_EXPECTED


command = export
