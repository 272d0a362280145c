"""Random scenario files: everything the vocabulary lets a record say, in all its forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref
from compliance.norm.vocabulary import Attribute, Kind, Vocabulary

AS_OF = date(2027, 3, 15)
POSTS = ("deputy", "head_2", "начальник")
REFS = ("w1", "приказ-17", "12/2026")

days = st.integers(0, 4000).map(lambda back: AS_OF - timedelta(days=back))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """A date, certain or not, none of them wholly after AS_OF."""
    first, last = sorted((draw(days), draw(days)))
    return draw(
        st.sampled_from(
            [
                first.isoformat(), "unknown",
                first.strftime("%Y-%m-XX"), first.strftime("%Y-XX-XX"), first.strftime("%Y-%m"),
                f"[{first}..{last}]", f"../{last}", f"{first}/..", f"{first}/{last}", f"[{first},{last}]",
                f"[{first}..{first + timedelta(days=3)}, {last}]", f"[..{first}, {last}..]",
            ]
        )
    )  # fmt: skip


@st.composite
def values(draw: st.DrawFn, attribute: Attribute, vocabulary: Vocabulary) -> str:
    """A value of an attribute as it may stand in a file."""
    match attribute.type:
        case Date():
            return draw(edtf())
        case Items(name=name):
            words = draw(st.lists(st.sampled_from(sorted(vocabulary.enumerations[name].values)), unique=True))
            cut = draw(st.integers(0, len(words)))
            partly = f"{{sure: [{', '.join(words[:cut])}], maybe: [{', '.join(words[cut:])}]}}"
            return draw(st.sampled_from(["unknown", f"[{', '.join(words)}]", partly]))
        case Bool():
            known = ["true", "false"]
        case Enum(name=name):
            known = sorted(vocabulary.enumerations[name].values)
        case Quarter():
            known = ["2026Q4", "2027Q1", "2025Q2"]
        case Position():
            known = list(POSTS)
        case Ref():
            known = list(REFS)
        case _:
            raise AssertionError(attribute)
    if attribute.optional and "none" not in known:
        known.append("none")
    if len(known) > 1 and draw(st.booleans()):
        several = draw(st.lists(st.sampled_from(known), min_size=2, unique=True))
        return draw(st.sampled_from(["unknown", f"{{one_of: [{', '.join(several)}]}}"]))
    return draw(st.sampled_from(known))


@st.composite
def said(draw: st.DrawFn, attributes: Mapping[str, Attribute], vocabulary: Vocabulary) -> list[str]:
    """Some of the attributes with their values."""
    names = draw(st.lists(st.sampled_from(sorted(attributes)), unique=True)) if attributes else []
    return [f"{name}: {draw(values(attributes[name], vocabulary))}" for name in names]


@st.composite
def events(draw: st.DrawFn, vocabulary: Vocabulary, planned: bool = False) -> str:
    kind: Kind = draw(st.sampled_from(list(vocabulary.kinds.values())))
    day = draw(days).isoformat() if planned else draw(edtf())
    words = [f"type: {kind.name}", f"date: {day}", *draw(said(kind.attributes, vocabulary))]
    if not planned and draw(st.booleans()):
        words.append("occurred: unknown")
    return f"  - {{{', '.join(words)}}}\n"


@st.composite
def stories(draw: st.DrawFn, vocabulary: Vocabulary) -> str:
    """A scenario file without errors."""
    kinds = st.lists(st.sampled_from(sorted(vocabulary.kinds)), unique=True, max_size=3)
    happened = draw(st.lists(events(vocabulary), max_size=5))
    planned = draw(st.none() | st.lists(events(vocabulary, planned=True), max_size=2))
    text = f"as_of: {AS_OF}\n"
    text += f"officer: {{{', '.join(['id: A-17', *draw(said(vocabulary.officer, vocabulary))])}}}\n"
    text += "positions:\n" + "".join(
        f"  {post}: {{{', '.join(draw(said(vocabulary.position, vocabulary)))}}}\n" for post in POSTS
    )
    text += draw(st.sampled_from(["", "", "", "complete: true\n", "complete: false\n"]))
    text += draw(st.sampled_from(["", f"may_be_missing: [{', '.join(draw(kinds))}]\n"]))
    listed = "".join(happened) + "".join(planned or ())
    if "qualification_assessment" not in listed and draw(st.booleans()):
        text += "did_not_happen: [qualification_assessment]\n"
    text += "events:" + ("\n" + "".join(happened) if happened else " []\n")
    if planned is not None:
        text += "propose:" + ("\n" + "".join(planned) if planned else " []\n")
    return text
