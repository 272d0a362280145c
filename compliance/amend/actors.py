"""The officials and bodies of the Rules by the names the law gives them, read in every case form and written in any."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from attrs import frozen

from compliance.amend.numerals import CASES, Case

_RK: Final = r"(?: Республики Казахстан| РК)?"
_BODIES: Final = rf"(?: специальн\w+ государственн\w+ орган\w*{_RK})?"

# In the order of matching: the longer name first. A name of None is an institution or an act, not an actor.
_FORMS: Final[tuple[tuple[str | None, str], ...]] = (
    ("head_of_administration_unit", rf"руководител\w+ структурн\w+ подразделени\w+ Администрации Президента{_RK}"),
    ("head_of_administration", rf"Руководител\w+ (?:Администрации Президента{_RK}|его Администрации)"),
    ("secretary_of_security_council", rf"Секретар\w+ Совета Безопасности{_RK}"),
    ("department", rf"Отдел\w* военной безопасности и обороны(?: Совета Безопасности)?{_RK}"),
    ("head_of_sgs", rf"Начальник\w* (?:Службы государственной охраны{_RK}|СГО)"),
    ("first_head", rf"перв\w+ руководител\w+{_BODIES}"),
    ("personnel_unit", rf"кадров\w+ подразделени\w+{_BODIES}"),
    ("head_of_host", r"руководител\w+ того органа(?: \(организации\))?"),
    ("attestation_commission", r"аттестационн\w+ комисси\w+"),
    (None, rf"Администраци\w+ Президента{_RK}"),
    (None, rf"(?:Указ\w*|распоряжени\w+) Президента{_RK}"),
    (None, rf"Совет\w* Безопасности{_RK}"),
    (None, rf"Служб\w+ государственной охраны{_RK}"),
    ("president", rf"Президент(?:а|у|ом|е)?(?!\w){_RK}"),
    ("court", r"суд(?:а|у|ом|е|ы|ов)?(?!\w)|судебном порядке"),
    ("police", r"полици\w+"),
    ("officer", r"сотрудник\w*"),
)
_BLANK: Final = r"\s+"
_COMPILED: Final = tuple(
    (name, re.compile(rf"(?<!\w)(?:{form.replace(' ', _BLANK)})(?!\w)", re.IGNORECASE if form[0].islower() else 0))
    for name, form in _FORMS
)


@frozen
class PlacedActor:
    """A mention of an actor: the name of the vocabulary, the words, their offsets."""

    actor: str
    quote: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def find_actors(text: str) -> tuple[PlacedActor, ...]:
    """Every mention of a known actor, in order; «Президента» inside «Администрации Президента» is none."""
    found: list[tuple[int, int, str | None]] = []
    for name, form in _COMPILED:
        for match in form.finditer(text.replace("ё", "е")):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), name))
    return tuple(PlacedActor(name, text[start:end], start, end) for start, end, name in sorted(found, key=_at) if name)


def known_stretches(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text that name a known actor, institution or act."""
    found = [match.span() for _, form in _COMPILED for match in form.finditer(text)]
    return tuple(sorted(set(found)))


def _at(found: tuple[int, int, str | None]) -> tuple[int, int]:
    return found[0], found[1]


def parse_actor(words: str) -> str | None:
    """The one actor that some words name, or nothing where they name none or several."""
    found = {actor.actor for actor in find_actors(words)}
    return found.pop() if len(found) == 1 else None


_HEAD: Final = "Руководитель Руководителя Руководителю Руководителя Руководителем Руководителе"
_TITLES: Final[dict[str, tuple[str, str]]] = {  # the words that decline in six cases, and the tail that does not
    "president": ("Президент Президента Президенту Президента Президентом Президенте", "Республики Казахстан"),
    "head_of_administration": (_HEAD, "Администрации Президента Республики Казахстан"),
    "secretary_of_security_council": (
        "Секретарь Секретаря Секретарю Секретаря Секретарем Секретаре",
        "Совета Безопасности Республики Казахстан",
    ),
    "department": ("Отдел Отдела Отделу Отдел Отделом Отделе", "военной безопасности и обороны"),
    "head_of_sgs": (
        "Начальник Начальника Начальнику Начальника Начальником Начальнике",
        "Службы государственной охраны",
    ),
    "first_head": (
        (
            "первый_руководитель первого_руководителя первому_руководителю первого_руководителя первым_руководителем "
            "первом_руководителе"
        ),
        "специального государственного органа Республики Казахстан",
    ),
    "personnel_unit": (
        (
            "кадровые_подразделения кадровых_подразделений кадровым_подразделениям кадровые_подразделения "
            "кадровыми_подразделениями кадровых_подразделениях"
        ),
        "специальных государственных органов Республики Казахстан",
    ),
    "head_of_administration_unit": (
        _HEAD.lower(),
        "структурного подразделения Администрации Президента Республики Казахстан",
    ),
    "head_of_host": (_HEAD.lower(), "того органа (организации), где проходит службу соответствующий сотрудник"),
    "attestation_commission": (
        (
            "аттестационная_комиссия аттестационной_комиссии аттестационной_комиссии аттестационную_комиссию "
            "аттестационной_комиссией аттестационной_комиссии"
        ),
        "",
    ),
    "court": ("суд суда суду суд судом суде", ""),
    "police": ("полиция полиции полиции полицию полицией полиции", ""),
    "officer": ("сотрудник сотрудника сотруднику сотрудника сотрудником сотруднике", ""),
}
ACTORS: Final = tuple(_TITLES)


def actor_words(actor: str, case: Case = "nom") -> str:
    """The official title in a case: `actor_words("head_of_administration", "ins")`."""
    heads, tail = _TITLES[actor]
    head = heads.split()[CASES.index(case)].replace("_", " ")
    return f"{head} {tail}".strip()


def actor_case(quote: str) -> Case | None:
    """The case in which some words name an actor, as far as its form shows it."""
    actor = parse_actor(quote)
    if actor is None:
        return None
    said, size = quote.lower().split(), 1 + (actor in _TWO_WORDS)
    return next((case for case in _ORDER if actor_words(actor, case).lower().split()[:size] == said[:size]), None)


_TWO_WORDS: Final = frozenset(("first_head", "personnel_unit", "attestation_commission"))
_ORDER: Final[tuple[Case, ...]] = ("ins", "dat", "gen", "prep", "nom", "acc")
