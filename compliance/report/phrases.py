"""Every word of the interface in English and Russian, and how numbers take their nouns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.norm.vocabulary import Lang, Words

_P: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    # verdicts
    "compliant": ("compliant", "соблюдено"),
    "violated": ("violated", "нарушено"),
    "pending": ("pending", "срок идёт"),
    "undetermined": ("undetermined", "не определено"),
    "not_judged": ("not judged", "не оценивается"),
    # the table of files
    "file": ("File", "Файл"),
    "officer": ("Officer", "Сотрудник"),
    "verdict": ("Verdict", "Вывод"),
    "units": ("Units", "Нормы"),
    "readings": ("Turns on", "Зависит от"),
    "expectation": ("Expected", "Ожидание"),
    "together": ("several together", "несколько вместе"),
    "as_expected": ("as expected", "как ожидалось"),
    "not_as_expected": ("not as expected", "не как ожидалось"),
    # one officer's findings
    "as_of": ("as of {day}", "по состоянию на {day}"),
    "law": ("law {law}", "редакция {law}"),
    "norm": ("norm {norm}", "норма {norm}"),
    "unit": ("Unit", "Норма"),
    "words": ("Words of the unit", "Текст нормы"),
    "says": ("Why", "Почему"),
    "because": ("because of", "основание"),
    "repair": ("repair", "исправление"),
    "if_read": (
        "under the reading {reading} = {value} it would be: {verdict}",
        "при прочтении {reading} = {value} вывод: {verdict}",
    ),
    "if_read_jointly": (
        "only these readings together change it: {readings}",
        "вывод меняют только эти прочтения вместе: {readings}",
    ),
    "projected": (
        "turns on a day whose calendar is projected, not confirmed",
        "зависит от дня, календарь которого прогнозный и не подтверждён",
    ),
    "is_pending": ("still to do", "предстоит исполнить"),
    "is_ahead": ("ahead", "впереди"),
    "duty": ("by {day}: {bearer} ({citation})", "не позднее {day}: {bearer} ({citation})"),
    "missing": ("would decide", "решили бы сведения"),
    "notices": ("notices", "замечания"),
    "notice": ("notice", "замечание"),
    "contradiction": ("contradiction", "противоречие"),
    "unmet": ("expectation not met", "ожидание не оправдалось"),
    "expected_got": ("{what}: expected {expected}, got {got}", "{what}: ожидалось {expected}, получено {got}"),
    "nothing": ("nothing", "ничего"),
    "what_verdict": ("verdict", "вывод"),
    "what_units": ("units", "нормы"),
    "what_robust": ("robust", "устойчивость к прочтениям"),
    "what_depends_on": ("readings it turns on", "прочтения, от которых зависит вывод"),
    "what_missing": ("missing facts", "недостающие сведения"),
    "what_pending": ("duties still to do", "предстоящие обязанности"),
    "what_ahead": ("what approaches", "приближающиеся сроки"),
    "what_notices": ("notices", "замечания"),
    "what_proposal.answer": ("answer to the proposal", "ответ на предложение"),
    "what_proposal.from": ("first day of the proposal", "первый день для предложения"),
    "what_proposal.units": ("units in the way of the proposal", "нормы, препятствующие предложению"),
    "what_proposal": ("answer to the proposal", "ответ на предложение"),
    "proposal": ("proposal", "предложение"),
    "proposal_yes": ("yes, it may be decided", "да, решение возможно"),
    "proposal_no": ("no", "нет"),
    "proposal_not_yet": ("not yet", "пока нет"),
    "proposal_undetermined": ("cannot be said on the known facts", "по известным сведениям сказать нельзя"),
    "proposal_from": ("possible from {day}", "возможно с {day}"),
    "proposal_units": ("in the way: {units}", "препятствуют: {units}"),
    # repairs
    "change_date": ("{path}: {to} instead of {was}", "{path}: {to} вместо {was}"),
    "change_set": ("{path}: {to}", "{path}: {to}"),
    # summary
    "summary": ("Summary", "Итог"),
    "all_as_expected": ("all as expected", "всё как ожидалось"),
    "left_out": (
        "Findings that are as expected are left out ({count}); --details shows them.",
        "Ожидавшиеся результаты не раскрыты ({count}); их покажет --details.",
    ),
    "not_checked": ("No record can decide these units", "Эти нормы по записям не проверяются"),
    "unreadable": ("Files that could not be read", "Файлы, которые не удалось прочитать"),
    "nothing_checked": ("nothing was checked", "ничего не проверено"),
    "report_title": ("Compliance with the Rules of the Presidential personnel reserve",
                     "Соблюдение Правил формирования Президентского кадрового резерва"),
    "checking": ("checking", "проверка"),
    "proving": ("proving", "доказательство"),
    "mutating": ("changing the law", "изменение правил"),
    # explain
    "kind": ("kind", "вид"),
    "bearer": ("bearer", "кто обязан"),
    "text": ("official words", "официальный текст"),
    "translation": ("translation", "перевод"),
    "note": ("note", "пояснение"),
    "no_norm": ("no norm", "без нормы"),
    "norm_formula": ("norm", "норма"),
    "sentence": ("in words", "словами"),
    "parameters": ("anchored", "закреплено"),
    "consults": ("readings", "прочтения"),
    "scenarios": ("stories", "примеры"),
    "question": ("question", "вопрос"),
    "values": ("values", "варианты"),
    "default": ("default", "по умолчанию"),
    "no_default": ("none: the text prefers no value", "нет: текст не даёт предпочтения"),
    "differs": ("they part at", "расходятся в случае"),
    "used_by": ("used by", "используется в"),
    "definition": ("definition", "определение"),
    "notion": ("notion", "понятие"),
    "reading": ("reading", "прочтение"),
    "message": ("message", "сообщение"),
    "meaning": ("meaning", "значение"),
    "formula": ("formula", "формула"),
    "known_units": ("units", "единицы текста"),
    "known_readings": ("readings", "прочтения"),
    "known_definitions": ("definitions", "определения"),
    "known_codes": ("message codes", "коды сообщений"),
    "value": ("value", "значение"),
    "broken": ("said when broken", "при нарушении"),
    "known_names": ("what can be explained", "что можно объяснить"),
    "known_norms": ("norms", "нормы"),
    "known_notions": ("notions", "понятия"),
    # kinds of units
    "kind_competence": ("assigns a competence", "определяет компетенцию"),
    "kind_deadline": ("sets a deadline", "устанавливает срок"),
    "kind_definition": ("defines", "определяет понятие"),
    "kind_ground": ("a ground for exclusion", "основание исключения"),
    "kind_introduction": ("introduces what follows", "вводит последующее"),
    "kind_limit": ("sets a limit", "устанавливает предел"),
    "kind_obligation": ("an obligation", "обязанность"),
    "kind_permission": ("a permission", "дозволение"),
    "kind_power": ("a power", "полномочие"),
    "kind_precondition": ("a precondition", "предварительное условие"),
    "kind_procedure": ("a step of procedure", "порядок действий"),
    "kind_prohibition": ("a prohibition", "запрет"),
    "kind_purpose": ("states a purpose", "указывает цель"),
    "kind_scope": ("states the scope", "очерчивает предмет"),
    # show
    "date": ("Date", "Дата"),
    "event": ("Event", "Событие"),
    "details": ("Details", "Сведения"),
    "post": ("Post", "Должность"),
    "last_day": ("last day", "последний день"),
    "first_day": ("first day", "первый день"),
    "standing_kept": ("kept", "соблюдён"),
    "standing_missed": ("missed", "не соблюдён"),
    "standing_open": ("still open", "ещё не истёк"),
    "stay": ("Stay", "Пребывание"),
    "stay_from": ("in the reserve from {day}", "в резерве с {day}"),
    "stay_until": ("until {day}", "по {day}"),
    "stay_open": ("not ended by {day}", "на {day} не прекращено"),
    "stay_limit": ("last lawful day {day}", "последний законный день {day}"),
    "higher_post_from": ("appointment to a higher post from {day}", "назначение на вышестоящую должность с {day}"),
    "no_stay": ("none in this record", "в этой записи нет"),
    "may_have": ("may not have happened", "могло не произойти"),
    "by_example": (
        "days and stays are computed for one way in which the unknown facts may stand",
        "дни и сроки рассчитаны для одного из возможных значений неизвестных сведений",
    ),
    # lint
    "lint_clean": ("the law has no findings", "замечаний к тексту закона нет"),
})  # fmt: skip

WORDS: Final[Mapping[str, Words]] = MappingProxyType({key: Words(*pair) for key, pair in _P.items()})
"""The table, for those who keep both languages."""

VERDICTS: Final = ("compliant", "violated", "pending", "undetermined", "not_judged")

# One, few (2-4 in Russian), many.
_COUNTS: Final[Mapping[str, tuple[tuple[str, str, str], tuple[str, str, str]]]] = MappingProxyType({
    "files": (("file", "files", "files"), ("файл", "файла", "файлов")),
    "officers": (("officer", "officers", "officers"), ("сотрудник", "сотрудника", "сотрудников")),
    "unreadable": (("unreadable", "unreadable", "unreadable"), ("не прочитан", "не прочитаны", "не прочитаны")),
    "readings": (("reading", "readings", "readings"), ("прочтение", "прочтения", "прочтений")),
    "findings": (("finding", "findings", "findings"), ("замечание", "замечания", "замечаний")),
})  # fmt: skip


def phrase(key: str, lang: Lang, **fields: str) -> str:
    """The words for a key, their holes filled; KeyError for a key that does not exist."""
    words = _P[key][1 if lang == "ru" else 0]
    return words.format(**fields) if fields else words


def keys() -> tuple[str, ...]:
    """Every key, in the order of the table."""
    return tuple(_P)


def counted(number: int, noun: str, lang: Lang) -> str:
    """`1 file`, `2 files`; `1 файл`, `2 файла`, `5 файлов`."""
    forms = _COUNTS[noun][1 if lang == "ru" else 0]
    return f"{number} {forms[_form(number, lang)]}"


def verdict_word(verdict: str, lang: Lang) -> str:
    """A verdict as people read it; the word itself where it is none of ours."""
    return phrase(verdict, lang) if verdict in VERDICTS else verdict


def term(what: str, lang: Lang) -> str:
    """What an expectation is about, in words: `depends_on.until_date`; the key itself where it has none."""
    for key, rest in ((what, ""), (what.partition(".")[0], what.partition(".")[2])):
        if f"what_{key}" in _P:
            return f"{phrase(f'what_{key}', lang)} {rest}".strip()
    return what


def _form(number: int, lang: Lang) -> int:
    if lang == "en":
        return 0 if number == 1 else 2
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2
