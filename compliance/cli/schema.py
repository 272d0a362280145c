"""`reserve schema`: JSON Schemas of the files that people write and of the reports that programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import click

from compliance.cli.exits import Exit
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.norm.vocabulary import Lang
from compliance.source.diagnostic import Diagnostic, Problems, did_you_mean

Schema = dict[str, Any]


@declare("schema")
@click.argument("name", required=False, metavar="[NAME]")
@view_options(("json",))
def schema(view: View, name: str | None) -> int:
    """Print the JSON Schema NAME: scenario, check, amend, or a file of the law such as readings.

    Without NAME, list them.
    """
    check_outputs(view.outputs)
    text = "".join(f"{known}\n" for known in SCHEMAS) if name is None else _dumped(_schema(name, view.lang))
    deliver(view, lambda form, page: text)
    return Exit.AS_EXPECTED


def _schema(name: str, lang: Lang) -> Schema:
    make = SCHEMAS.get(name)
    if make is None:
        known = tuple(SCHEMAS)
        raise Problems([Diagnostic("cli.unknown-schema", None, {"word": name}, known, did_you_mean(name, known))])
    return make(lang)


def _dumped(found: Schema) -> str:
    from compliance.report.jsonform import dump

    return dump(found)


def _scenario(lang: Lang) -> Schema:
    from compliance.check.open import lexicon_of
    from compliance.law.load import load_law
    from compliance.timeline.schema import scenario_schema

    return scenario_schema(lexicon_of(load_law()), lang)


def _check(lang: Lang) -> Schema:
    from compliance.report.jsonform import check_schema

    return check_schema()


def _amend(lang: Lang) -> Schema:
    from compliance.report.amend_schema import amend_schema

    return amend_schema()


def _solve(lang: Lang) -> Schema:
    from compliance.report.amend_schema import solve_schema

    return solve_schema()


def _act(lang: Lang) -> Schema:
    from compliance.report.amend_schema import act_schema

    return act_schema()


def _model(file: str, lang: Lang) -> Schema:
    from compliance.law.load import load_law
    from compliance.law.schema import model_schemas

    return model_schemas(load_law().vocabulary)[file]


_MODEL: Final = ("vocabulary", "definitions", "readings", "notices", "world", "versions", "checklist")

SCHEMAS: Final[Mapping[str, Callable[[Lang], Schema]]] = MappingProxyType({
    "scenario": _scenario,
    "check": _check,
    "amend": _amend,
    "amend-solve": _solve,
    "amend-act": _act,
    "rules": partial(_model, "rules/*.yaml"),
    "chapters": partial(_model, "rules/chapters.yaml"),
    **{name: partial(_model, f"{name}.yaml") for name in _MODEL},
})  # fmt: skip
"""Every schema by its name; a command that brings a new form adds a line."""

command = schema
