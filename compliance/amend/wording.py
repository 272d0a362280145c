"""What the new words do to duties: force changed, limits left vague, no time limit, roles collapsed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from compliance.amend.actors import actor_case, find_actors
from compliance.amend.address import cite
from compliance.amend.finding import Finding, Weight, says
from compliance.amend.redline import Fresh, fresh_rows
from compliance.amend.text import likeness, sentences
from compliance.amend.tree import Row, Tree
from compliance.amend.words import find_values
from compliance.norm.types import Period

# The order counts: what an earlier form has taken is not read again.
_MODALS: Final = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        ("limit", (r"не\s+долж\w+\s+превыша\w+|долж\w+\s+составлять\s+не\s+(?:менее|более)|не\s+превыша\w+|"
                  r"не\s+(?:более|менее|ранее|позднее|свыше)|ранее\s+истечения|минимальн\w+\s+срок|максимальн\w+\s+срок")),
        ("must_not", (r"не\s+допуска\w+|запреща\w+|не\s+мо(?:жет|гут)|не\s+вправе|не\s+долж\w+|недопустим\w+|"
                     r"не\s+подлеж\w+|не\s+производ\w+")),
        ("may", r"мо(?:жет|гут)(?!\w)|вправе|допускается|имеет\s+право|имеют\s+право|разрешается|по\s+усмотрению"),
        ("must", (r"долж(?:ен|на|но|ны)(?!\w)|обязан[аоы]?(?!\w)|подлеж(?:ит|ат)(?!\w)|необходимо|"
                  r"следует(?!\w)|требуется")),
    )
)  # fmt: skip
_VERB: Final = re.compile(
    r"(?<![\w-])(?!(?:имеют|имеет|могут|может|состоят|состоит|являются|является|относятся|относится)(?!\w))"
    r"[а-яё]{3,}(?:яют|ают|уют|ируют|одят|осят|ляет|дает|няет|жает|ирует|одит|осит|рует|вляет|щает|щают)(?:ся)?(?![\w-])",
    re.IGNORECASE,
)


def modalities(text: str) -> Counter[str]:
    """How often a text permits, commands, forbids or limits; «не должен превышать» is a limit, not a ban."""
    found: Counter[str] = Counter()
    for sentence in sentences(text):
        found += _of_sentence(sentence)
    return found


def _of_sentence(sentence: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, form in _MODALS:
        found[name] += len(form.findall(sentence))
        sentence = form.sub(" ", sentence)
    if found["limit"] and found["must_not"]:
        del found["must_not"]
    return +found


def wording_findings(old: Tree, new: Tree) -> tuple[Finding, ...]:
    """All that the new words alone give away about duties."""
    fresh = fresh_rows(old, new)
    return (*_modality(old, new, fresh), *_vague(fresh), *_no_deadline(fresh), *_roles(old, fresh))


# Modality -----------------------------------------------------------------------------------------------------


def _modality(old: Tree, new: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    """Points that go on and whose words changed in force: may, must, must not."""
    points = sorted({row.old.id.partition(".")[0] for row in fresh if row.old is not None})
    for point in points:
        nodes = [node for node in old.places.get(point, ()) if node.kind == "point"]
        unit = next(
            (address for address, found in new.places.items() if nodes and nodes[0].key in {n.key for n in found}), None
        )
        if unit is None:
            continue
        yield from _modality_of(point, unit, old, new, fresh)


def _modality_of(point: str, unit: str, old: Tree, new: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    changed = {row.row.key for row in fresh}
    was = [row for row in old.under(point) if row.key in changed or row.key not in new.by_key]
    now = [row for row in new.under(unit) if row.key in changed]
    before, after = _of_rows(was), _of_rows(now)
    if _weighed(before) == _weighed(after):
        return
    new_sentence, old_sentence = _pair(was, now, _weighed(before), _weighed(after))
    if new_sentence is None or old_sentence is None:
        return
    one, other = _named(old_sentence), _named(new_sentence)
    if one == other:
        return
    # The law commands in the present tense too: «подлежат направлению» and «направляются» bind alike.
    weight: Weight = "note" if {one, other} == {"must", "state"} else "warn"
    fields = {"unit_ru": cite(unit), "unit_en": cite(unit, "en"), "old": old_sentence, "new": new_sentence,
              "was_ru": _RU[one], "was_en": _EN[one], "now_ru": _RU[other], "now_en": _EN[other]}  # fmt: skip
    row = next((row for row in now if new_sentence in row.text), now[0])
    yield Finding("MODALITY_CHANGE", weight, (row.id,), new_sentence, says("amend.modality-change", **fields))


_RU: Final = {"may": "право", "must": "обязанность", "must_not": "запрет", "limit": "предел", "state": "утверждение"}
_EN: Final = {"may": "a permission", "must": "a duty", "must_not": "a ban", "limit": "a limit", "state": "a statement"}


def _of_rows(rows: list[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found += modalities(row.text)
    return found


def _weighed(found: Counter[str]) -> dict[str, int]:
    """What is compared: permissions, commands and bans; limits are numbers, and numbers are judged elsewhere."""
    return {name: found[name] for name in ("may", "must", "must_not")}


def _named(sentence: str) -> str:
    found = _of_sentence(sentence)
    return next((name for name in ("must_not", "may", "must", "limit") if found[name]), "state")


def _pair(
    was: list[Row], now: list[Row], before: dict[str, int], after: dict[str, int]
) -> tuple[str | None, str | None]:
    """The new sentence whose force differs from that of its nearest old one."""
    old_sentences = [sentence for row in was for sentence in sentences(row.text)]
    for sentence in (sentence for row in now for sentence in sentences(row.text)):
        twin = max(old_sentences, key=lambda each: likeness(each, sentence), default=None)
        if twin is None or likeness(twin, sentence) < 0.45:
            continue
        one, other = _named(twin), _named(sentence)
        if (
            one != other
            and "limit" not in (one, other)
            and any(before[n] != after[n] for n in before if n in (one, other))
        ):
            return sentence, twin
    return None, None


# Vague words --------------------------------------------------------------------------------------------------

_VAGUE: Final = re.compile(
    r"незамедлительно|в\s+разумн\w+\s+срок\w*|в\s+кратчайш\w+\s+срок\w*|своевременно|по\s+возможности|"
    r"в\s+установленн\w+\s+(?:порядке|срок\w*)|при\s+необходимости|как\s+правило|в\s+исключительных\s+случаях|"
    r"в\s+ближайшее\s+время|заблаговременно",
    re.IGNORECASE,
)
_ANAPHORA: Final = re.compile(
    r"(?:указанн|данн|этот|этом|этого|соответствующ|такой|таком|такого|названн|вышеуказанн|упомянут)\w*\s+"
    r"(?P<noun>срок|период|орган|решени|лиц|должност|сотрудник|материал|список|списк)\w*",
    re.IGNORECASE,
)


def _vague(fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    for row in fresh:
        for match in _VAGUE.finditer(row.row.text):
            if row.covers(*match.span()):
                fields = {"words": match[0], "unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en")}
                yield Finding("AMBIGUITY", "note", (row.row.id,), match[0], says("amend.vague", **fields))
        for match in _ANAPHORA.finditer(row.row.text):
            count = _antecedents(row.row.text[: match.start()], match["noun"].lower())
            if row.covers(*match.span()) and count != 1:
                fields = {
                    "words": match[0],
                    "count": str(count),
                    "unit_ru": cite(row.row.id),
                    "unit_en": cite(row.row.id, "en"),
                }
                yield Finding("AMBIGUITY", "note", (row.row.id,), match[0], says("amend.anaphora", **fields))


def _antecedents(before: str, noun: str) -> int:
    """How many things of the kind were named before: one is clear, none or several are not."""
    if noun in ("срок", "период"):
        return len([value for value in find_values(before) if isinstance(value.value, Period)])
    return len(re.findall(rf"(?<!\w){noun[:6]}\w*", before, re.IGNORECASE))


# Duties without a time limit ----------------------------------------------------------------------------------

_TIMED: Final = re.compile(
    r"не\s+позднее|в\s+течение|до\s+\d|в\s+(?:\w+\s+)?срок|ежеквартальн|ежемесячн|ежегодн|незамедлительно|в\s+день|со\s+дня|"
    r"одновременно|до\s+(?:истечения|окончания|принятия|направления|назначения)|после\s+\w+|"
    r"перед\s+\w+|при\s+(?:зачислении|назначении|исключении|направлении|приеме)|заблаговременно",
    re.IGNORECASE,
)
_COMMAND: Final = re.compile(r"долж(?:ен|на|но|ны)(?!\w)|обязан[аоы]?(?!\w)|подлеж(?:ит|ат)(?!\w)", re.IGNORECASE)
_WEAK: Final = re.compile(r"мо(?:жет|гут)(?!\w)|вправе|не\s+допуска|запреща|не\s+вправе", re.IGNORECASE)


def _no_deadline(fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    for row in fresh:
        at = 0
        for sentence in sentences(row.row.text):
            start = row.row.text.index(sentence, at)
            at = start + len(sentence)
            if _new_duty(sentence, start, row):
                fields = {"unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en"), "words": sentence}
                yield Finding("NO_DEADLINE", "warn", (row.row.id,), sentence, says("amend.no-deadline", **fields),
                              says("amend.no-deadline-repair"))  # fmt: skip


def _new_duty(sentence: str, start: int, row: Fresh) -> bool:
    """A sentence all or nearly all new in which a known bearer is to act, and no word says by when."""
    came = sum(
        min(b, start + len(sentence)) - max(a, start) for a, b in row.spans if a < start + len(sentence) and start < b
    )
    known = row.old is not None and any(likeness(sentence, each) > 0.5 for each in sentences(row.old.text))
    if (
        came < 0.6 * len(sentence)
        or known
        or _TIMED.search(sentence)
        or _WEAK.search(sentence)
        or find_values(sentence)
    ):
        return False
    if _of_sentence(sentence)["limit"]:
        return False
    bearers = [actor for actor in find_actors(sentence) if actor.actor not in ("officer", "court", "police")]
    subjects = [actor for actor in bearers if actor_case(actor.quote) in ("nom", "acc", None)]
    return bool((_COMMAND.search(sentence) and bearers) or (_VERB.search(sentence) and subjects))


# Roles --------------------------------------------------------------------------------------------------------

_ROLES: Final = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        ("proposes", r"по\s+представлению\s+$|представлени\w+\s+$|по\s+предложению\s+$"),
        ("agrees", r"согласованн\w+\s+с\s+$|согласовани\w+\s+с\s+$|по\s+согласованию\s+с\s+$"),
        ("decides", (r"(?:осуществляется|принимается|утверждается|производится)\s+$|на\s+утверждение\s+$|"
                    r"оснований,.*настоящих\s+Правил,\s+$")),
    )
)  # fmt: skip


def roles(text: str) -> dict[str, set[str]]:
    """Who proposes, agrees and decides in a unit, as far as the words before an actor say it."""
    found: dict[str, set[str]] = {}
    for actor in find_actors(text):
        for name, form in _ROLES:
            if form.search(text[: actor.start]):
                found.setdefault(actor.actor, set()).add(name)
    return found


def _roles(old: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    for row in fresh:
        was = roles(row.old.text) if row.old is not None else {}
        for actor, held in sorted(roles(row.row.text).items()):
            if len(held) < 2 or held <= was.get(actor, set()):
                continue
            quote = next(found.quote for found in find_actors(row.row.text) if found.actor == actor)
            fields = {"actor": quote, "unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en"),
                      "roles_ru": ", ".join(_ROLE_RU[name] for name in sorted(held)),
                      "roles_en": ", ".join(_ROLE_EN[name] for name in sorted(held))}  # fmt: skip
            yield Finding("SELF_APPROVAL", "warn", (row.row.id,), quote, says("amend.self-approval", **fields))
        yield from _powers(row, old)


_ROLE_RU: Final = {"proposes": "представляет", "agrees": "согласовывает", "decides": "решает"}
_ROLE_EN: Final = {"proposes": "proposes", "agrees": "agrees", "decides": "decides"}
_POWER: Final = re.compile(r"вправе|мо(?:жет|гут)(?!\w)|имеет\s+право", re.IGNORECASE)
_DECIDE: Final = re.compile(r"исключ|зачисл|утвер|отказ|продл|приостан|отмен|сократ", re.IGNORECASE)
_PROCEDURE: Final = re.compile(
    r"по\s+представлени|по\s+предложени|в\s+порядке|на\s+основании|по\s+результатам|по\s+рапорт|по\s+ходатайств|"
    r"согласован|соответстви\w+\s+с|общих\s+основаниях|в\s+случа",
    re.IGNORECASE,
)


def _powers(row: Fresh, old: Tree) -> Iterator[Finding]:
    """A new power to decide on an officer for which the unit names no way in which it comes before the bearer."""
    for sentence in sentences(row.row.text):
        start = row.row.text.index(sentence)
        power = _POWER.search(sentence)
        if power is None or not row.covers(start + power.start(), start + power.end()) or _PROCEDURE.search(sentence):
            continue
        bearers = [actor for actor in find_actors(sentence[: power.start()]) if actor.actor != "officer"]
        known = any(likeness(sentence, each) > 0.85 for other in old.rows for each in sentences(other.text))
        if bearers and _DECIDE.search(sentence[power.end() :]) and not known:
            fields = {"actor": bearers[0].quote, "unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en")}
            yield Finding("POWER_WITHOUT_PROCEDURE", "warn", (row.row.id,), sentence,
                          says("amend.power-without-procedure", **fields))  # fmt: skip
