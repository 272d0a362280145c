"""Proposes a mapping from the headings and the words of a register, for a person to look through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from compliance.audit.engine import setting_of
from compliance.audit.options import AuditOptions
from compliance.norm.types import Bool, Enum, Items
from compliance.source.diagnostic import Collector
from compliance.source.suggest import fold

if TYPE_CHECKING:
    from compliance.norm.vocabulary import Vocabulary

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "officer_id": ("табельный номер", "таб. номер", "личный номер", "номер сотрудника", "сотрудник", "id сотрудника",
                   "иин", "employee id", "personnel number", "officer", "staff no", "id"),
    "event": ("событие", "вид события", "действие", "тип события", "мероприятие", "event type", "action", "activity"),
    "date": ("дата", "дата события", "когда", "день", "event date", "day", "timestamp"),
    "name": ("фио", "ф.и.о.", "фамилия, имя, отчество", "фамилия имя отчество", "full name", "surname"),
    "by": ("кем", "кто", "кто действовал", "исполнитель", "орган, принявший решение", "принял", "actor", "who"),
    "to": ("кому", "адресат", "куда", "recipient"),
    "position": ("должность", "на должность", "post"),
    "contents": ("приложения", "материалы", "перечень документов", "состав материалов", "attachments", "papers"),
    "outcome": ("решение", "вывод", "результат", "result", "decision"),
    "ref": ("номер приказа", "обозначение", "реквизиты", "order no", "reference"),
    "kind": ("вид взыскания", "взыскание", "penalty kind"),
    "ground": ("основание", "основание исключения"),
    "quarter": ("квартал",),
    "body": ("орган", "ведомство", "служба", "agency"),
    "signed_by": ("кем подписано", "подписал", "подписант", "signatory"),
    "listed": ("в перечне", "входит в перечень"),
    "occurred": ("состоялось", "произошло", "happened"),
    "attrs": ("сведения", "реквизиты события", "attributes"),
}  # fmt: skip
EVENT_DATES: Final[Mapping[str, tuple[str, ...]]] = {
    "materials_sent": ("дата направления материалов", "направлены материалы", "дата направления", "materials sent"),
    "materials_checked": ("дата проверки", "проверены материалы", "checked"),
    "list_formed": ("дата формирования списка", "список сформирован", "list formed"),
    "secretary_agreement": ("дата согласования", "согласовано с секретарем", "agreed"),
    "list_submitted": ("дата внесения", "внесено на утверждение", "submitted"),
    "reserve_decision": ("дата решения", "дата зачисления", "зачислен", "decision date", "enrolled"),
    "heads_informed": ("дата информирования", "информированы руководители", "informed"),
    "extract_received": ("дата получения выписки", "выписка получена", "extract received"),
    "officer_notified": ("дата уведомления", "сотрудник уведомлен", "notified"),
    "appointment": ("дата назначения", "назначен", "appointed"),
    "exclusion_decision": ("дата исключения", "исключен", "excluded"),
    "attestation": ("дата аттестации", "аттестован", "attested"),
    "dismissal": ("дата увольнения", "уволен", "dismissed"),
}
CONSTANTS: Final[Mapping[str, Mapping[str, str]]] = {
    "reserve_decision": {"outcome": "enrol"}, "attestation": {"outcome": "conforms"},
}  # fmt: skip
NEAR: Final = 0.78
LOOK: Final = 2_000
DAY_FIRST: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")


@define(eq=False)
class Draft:
    """What was recognised, and what was not."""

    vocabulary: Vocabulary
    columns: dict[str, str] = field(factory=dict)
    wide: dict[str, str] = field(factory=dict)
    events: dict[str, str | None] = field(factory=dict)
    values: dict[str, dict[str, str | None]] = field(factory=dict)
    dates: str | None = None
    certain_dates: bool = False
    unknown: list[str] = field(factory=list)


def write_draft(path: Path, target: Path, options: AuditOptions) -> None:
    """Writes the proposal; raises `Problems` where nothing is recognised or the file exists."""
    from compliance.audit.mapping import layout_of
    from compliance.audit.source import open_register

    if target.exists():
        Collector().fail("audit.already-there", None, path=str(target))
    vocabulary = setting_of(options).law.vocabulary
    opened = open_register(path, layout_of(options.map, vocabulary))
    draft = headings(Draft(vocabulary), opened.columns)
    if not draft.columns and not draft.wide:
        Collector().fail("audit.no-mapping", None, expected=tuple(opened.columns), path=str(path))
    for batch in islice(opened.events(), 1):
        if batch.table.num_columns:
            look(draft, batch.table.slice(0, LOOK))
    try:
        target.write_text("\n".join(lines_of(draft, opened.about, path.name)) + "\n", encoding="utf-8")
    except OSError as error:
        Collector().fail("audit.cannot-write", None, path=str(target), text=error.strerror or str(error))


def headings(draft: Draft, columns: Sequence[str]) -> Draft:
    """Recognises the headings: the likeliest column of ours for each, none twice."""
    scores = [
        (score, heading, name)
        for heading in columns
        for name, words in known_words(draft.vocabulary).items()
        if (score := likeness(heading, words)) >= NEAR
    ]
    for _, heading, name in sorted(scores, key=lambda each: (-each[0], columns.index(each[1]), each[2])):
        if heading not in draft.columns and name not in draft.columns.values():
            draft.columns[heading] = name
    if "event" not in draft.columns.values():
        days = [
            (score, heading, kind)
            for heading in columns
            for kind, words in EVENT_DATES.items()
            if (score := likeness(heading, (kind, *words))) >= NEAR
        ]
        for _, heading, kind in sorted(days, key=lambda each: (-each[0], columns.index(each[1]), each[2])):
            if heading not in draft.wide and kind not in draft.wide.values():
                draft.wide[heading] = kind
                draft.columns.pop(heading, None)
    draft.unknown = [name for name in columns if name not in draft.columns and name not in draft.wide]
    return draft


def known_words(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The words by which a column of ours may go."""
    from compliance.bulk.registers.layout import attributes_named, canonical_columns

    found = {}
    for name in canonical_columns(vocabulary):
        official = [word for each in attributes_named(name, vocabulary) for word in (each.words.en, each.words.ru)]
        found[name] = (name, *SYNONYMS.get(name, ()), *official)
    return found


def likeness(heading: str, words: Iterable[str]) -> float:
    """How near a heading comes to the nearest of some words; 1 for the same."""
    plain = _plain(heading)
    return max((SequenceMatcher(None, plain, _plain(word)).ratio() for word in words), default=0.0)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("ё", "е").replace("_", " ")).split())


def look(draft: Draft, table: Any) -> None:
    """Recognises the words under the headings: kinds of events, actors and other values, and how days are written."""
    by_name = {name: heading for heading, name in draft.columns.items()}
    if "event" in by_name:
        kinds = {kind.name: (kind.name, kind.words.en, kind.words.ru) for kind in draft.vocabulary.kinds.values()}
        known = {fold(word) for words in kinds.values() for word in words} | {"profile", "position"}
        for word in _words(table, by_name["event"]):
            if fold(word) not in known:
                draft.events[word] = nearest(word, kinds)
    for name, heading in by_name.items():
        values = values_of(name, draft.vocabulary)
        known = {fold(word) for words in values.values() for word in words}
        strange = [word for word in _words(table, heading) if values and fold(word) not in known]
        if 0 < len(strange) <= 40:
            draft.values[name] = {word: nearest(word, values) for word in strange}
    dated = [by_name["date"]] if "date" in by_name else list(draft.wide)
    days = [found for heading in dated for word in _words(table, heading) if (found := DAY_FIRST.fullmatch(word))]
    if days:
        mark = days[0][2]
        draft.dates = f"DD{mark}MM{mark}{'YYYY' if len(days[0][4]) == 4 else 'YY'}"
        draft.certain_dates = any(int(day[1]) > 12 for day in days) and all(int(day[3]) <= 12 for day in days)


def values_of(name: str, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    from compliance.bulk.registers.layout import FALSE, TRUE, attributes_named

    found: dict[str, tuple[str, ...]] = {}
    for attribute in attributes_named(name, vocabulary):
        if isinstance(attribute.type, Bool):
            found |= {"true": tuple(TRUE), "false": tuple(FALSE)}
        if isinstance(attribute.type, Enum | Items):
            for value, words in vocabulary.enumerations[attribute.type.name].values.items():
                found[value] = (value, words.en, words.ru)
    return found


def nearest(word: str, known: Mapping[str, Iterable[str]]) -> str | None:
    best = max(((likeness(word, words), name) for name, words in known.items()), default=(0.0, ""))
    return best[1] if best[0] >= NEAR else None


def _words(table: Any, heading: str) -> list[str]:
    if heading not in table.column_names:
        return []
    found = table.column(heading).unique().to_pylist()
    return sorted({word for each in found if each is not None and (word := str(each).strip())})


# --- the file -----------------------------------------------------------------------------------------------------


def lines_of(draft: Draft, about: Mapping[str, str], file: str) -> list[str]:
    """The mapping as YAML; what was not recognised stands there as a comment."""
    lines = [f"# A proposal for {file}: look through every line before use. / Предложение: проверьте каждую строку."]
    told = {key: about[key] for key in ("encoding", "delimiter", "sheet", "table") if about.get(key)}
    lines += [f"{key}: {quoted(word)}" for key, word in told.items() if (key, word) != ("delimiter", ",")]
    if draft.dates:
        if not draft.certain_dates:
            lines.append("# no day above 12 was seen: is the day really first? / точно ли день стоит первым?")
        lines.append(f"dates: [{quoted(draft.dates)}]")
    if draft.columns:
        lines.append("columns:")
        lines += [f"  {quoted(heading)}: {name}" for heading, name in draft.columns.items()]
    if draft.events:
        lines += ["events:" if any(draft.events.values()) else "# events:", *_pairs(draft.events, "  ")]
    if draft.values:
        some = any(meant for words in draft.values.values() for meant in words.values())
        lines.append("values:" if some else "# values:")
        for name, words in draft.values.items():
            lines += [f"  {name}:" if any(words.values()) else f"  # {name}:", *_pairs(words, "    ")]
    if draft.wide:
        lines.append("wide:")
        for heading, kind in draft.wide.items():
            fixed = "".join(f", set: {{{k}: {v}}}" for k, v in CONSTANTS.get(kind, {}).items())
            lines.append(f"  - {{column: {quoted(heading)}, event: {kind}{fixed}}}")
    lines += [f"# not recognised / не узнано: {quoted(heading)}" for heading in draft.unknown]
    return lines


def _pairs(words: Mapping[str, str | None], indent: str) -> list[str]:
    return [
        f"{indent}{quoted(word)}: {meant}" if meant else f"{indent}# {quoted(word)}: ?"
        for word, meant in words.items()
    ]  # fmt: skip


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    safe = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text.replace("\\", "\\\\"))
    return '"' + safe.replace('"', '\\"') + '"'
