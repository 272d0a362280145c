"""Records of a few events, with every attribute that is not given at its default."""

from __future__ import annotations

from attrs import evolve

from compliance.calendar.days import day
from compliance.law.model import Law
from compliance.norm.evaluate import DUE, OPEN
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import Bool, Enum, Items, Position
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline

CONTENTS = frozenset(
    {
        "representation", "qualities", "three_year_results", "qualification_statement", "attestation_decision",
        "service_record_with_photo", "special_check",
    }
)  # fmt: skip
AS_OF = day(2027, 6, 30)


def _left_out(attribute: Attribute) -> Open:
    if attribute.default == "date":
        return FromDate(quarter=False)
    if attribute.default == "quarter_of_date":
        return FromDate(quarter=True)
    return attribute.value


def event(vocabulary: Vocabulary, index: int, kind: str, date: int | Days, /, **given: Open) -> Slot:
    attrs = {name: _left_out(attribute) for name, attribute in vocabulary.kinds[kind].attributes.items()}
    assert given.keys() <= attrs.keys()
    return Slot(kind, date, {**attrs, **given}, index)


def story(law: Law, *slots: Slot, as_of: int = AS_OF) -> Timeline:
    officer = {name: _left_out(attribute) for name, attribute in law.vocabulary.officer.items()}
    deputy = {name: _left_out(attribute) for name, attribute in law.vocabulary.position.items()}
    return Timeline(
        officer={**officer, "id": "A-1", "body": "knb"} if "id" in officer else {**officer, "body": "knb"},
        positions={"deputy": {**deputy, "listed": True, "first_head": False, "higher": True, "body": "knb"}},
        slots=slots,
        as_of=as_of,
        in_force=1,
    )


def sending(law: Law, index: int, date: int | Days, **given: Open) -> Slot:
    usual: dict[str, Open] = {
        "position": "deputy", "by": "first_head", "signed_by": "first_head", "contents": CONTENTS, "basis": "ordinary",
        "quarter": 2026 * 4 + 3,
    }  # fmt: skip
    return event(law.vocabulary, index, "materials_sent", date, **{**usual, **given})


def profile_of(law: Law) -> dict[str, str]:
    return {**law.default_profile, DUE: OPEN}


def formula(law: Law, text: str) -> Typed:
    """A formula over the words of the law."""
    return check_expr(parse_expr(text), Scope(law.program))


def all_open(law: Law, days: Days, *kinds: str) -> Timeline:
    """A record of which only the officer and the post are known: one possible event of each kind, in every respect."""
    slots = [evolve(_any_event(law, kind, index, days), occurred=None) for index, kind in enumerate(kinds)]
    return story(law, *slots, as_of=days.hi)


def _any_event(law: Law, kind: str, index: int, days: Days) -> Slot:
    given: dict[str, Open] = {}
    for name, attribute in law.vocabulary.kinds[kind].attributes.items():
        match attribute.type:
            case Enum(name=enumeration) if not attribute.stipulated:
                given[name] = OneOf(tuple(law.vocabulary.enumerations[enumeration].values))
            case Bool() if not attribute.stipulated:
                given[name] = OneOf((False, True))
            case Position():
                given[name] = "deputy"
            case Items(name=enumeration):
                given[name] = OpenItems(frozenset(), frozenset(law.vocabulary.enumerations[enumeration].values))
            case _:
                pass
    return event(law.vocabulary, index, kind, days, **given)
