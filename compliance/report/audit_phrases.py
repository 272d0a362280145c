"""The words of audit reports in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.norm.vocabulary import Lang

_P: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "title": (
        "Audit of a register of the Presidential personnel reserve",
        "Аудит реестра Президентского кадрового резерва",
    ),
    "summary": (
        "{officers} officers, {events} events, {rows} rows of {file}; as of {as_of}, law {law}",
        "{officers} сотр., {events} событий, {rows} строк в {file}; по состоянию на {as_of}, редакция {law}",
    ),
    "officers": ("officers", "сотрудников"),
    "violated": ("violated", "нарушено"),
    "pending": ("pending", "срок идёт"),
    "undetermined": ("undetermined", "не определено"),
    "compliant": ("compliant", "соблюдено"),
    "not_settled": ("of these not settled", "из них не решалось"),
    "contested": ("contested", "спорно"),
    "suppressed": ("answered for", "с пояснением"),
    "unit": ("Unit", "Норма"),
    "words": ("Words of the unit", "Слова нормы"),
    "officer": ("Officer", "Сотрудник"),
    "row": ("Row", "Строка"),
    "why": ("Why", "Почему"),
    "turns_on": ("Turns on", "Зависит от"),
    "overview": ("Overview", "Обзор"),
    "units": ("Units", "Нормы"),
    "whole": ("the record as a whole", "запись в целом"),
    "by_body": ("Violations by body", "Нарушения по органам"),
    "by_quarter": ("Violations by quarter", "Нарушения по кварталам"),
    "late": ("Lateness in days", "Просрочка, дней"),
    "late_by_unit": ("Lateness in days, by unit", "Просрочка в днях по нормам"),
    "late_by_body": ("Lateness in days, by body", "Просрочка в днях по органам"),
    "late_by_quarter": ("Lateness in days, by quarter", "Просрочка в днях по кварталам"),
    "late_basis": (
        "counted over all {count} violations that hold one day against another",
        "по всем {count} нарушениям, где один день сопоставлен с другим",
    ),
    "median": ("median", "медиана"),
    "longest": ("longest", "наибольшая"),
    "ahead": ("Deadlines ahead", "Предстоящие сроки"),
    "bearer": ("Bearer", "Кто обязан"),
    "last_day": ("Last day", "Последний день"),
    "count": ("Count", "Число"),
    "quarantine": ("Rows put aside", "Отложенные строки"),
    "reason": ("Reason", "Причина"),
    "none_aside": ("every row was read", "все строки прочитаны"),
    "ignored_cells": (
        "cells that such an event has no place for: {cells}",
        "ячейки, для которых у события нет места: {cells}",
    ),
    "unused": ("columns that were not read: {columns}", "непрочитанные столбцы: {columns}"),
    "notices": ("Notices", "Замечания"),
    "examples": ("Examples", "Примеры"),
    "shown": ("{shown} of {count} are shown; all of them stand in findings.jsonl, findings.parquet and evidence.sqlite",
              "показано {shown} из {count}; все - в findings.jsonl, findings.parquet и evidence.sqlite"),
    "engine": (
        "{verified} findings judged again by the evaluator, no difference; {settled} of {open} open pairs were settled",
        "{verified} находок заново проверено вычислителем, расхождений нет; решено {settled} из {open} открытых пар",
    ),
    "missing": ("would decide", "решили бы сведения"),
    "put_aside": ("row {row}: {reason}", "строка {row}: {reason}"),
    "contradiction": ("contradiction in the record: {name}", "противоречие в записи: {name}"),
    "apart": ("{day} held against {last}: {days} days apart", "{day} против {last}: разница {days} дн."),
    "not_explained": ("found by columns; `reserve explain OFFICER --from DIR` gives the reasons",
                      "найдено по столбцам; причины назовёт `reserve explain СОТРУДНИК --from ПАПКА`"),
    "repair": ("would mend it", "исправит"),
    "combination": ("turns on readings together", "зависит от чтений вместе"),
    "written": ("results: {path}", "результаты: {path}"),
    "answered": ("answered for: {reason} (until {expires})", "с пояснением: {reason} (до {expires})"),
    "expired": ("the answer has expired: {reason} (until {expires})", "пояснение истекло: {reason} (до {expires})"),
    "run": ("How to repeat it", "Как повторить"),
    "all_units": ("all units", "все нормы"),
    "example_note": ("evidence from one completion of what is unknown", "на примере одного из возможных случаев"),
    "reading": ("reading", "чтение"),
    "judging": ("judging", "оценка"),
    "body": ("Body", "Орган"),
    "quarter": ("Quarter", "Квартал"),
    "unknown": ("unknown", "неизвестно"),
    "nothing": ("No finding concerns this officer.", "Находок по этому сотруднику нет."),
    "generated": (
        "{rows} rows of {officers} officers written to {path}",
        "{rows} строк о {officers} сотр. записано в {path}",
    ),
    "answers": ("the seeded violations are in {path}", "заложенные нарушения - в {path}"),
    "drafted": ("a mapping is proposed in {path}; look through it before use",
                "файл соответствий предложен в {path}; просмотрите его перед использованием"),
})  # fmt: skip


def say(key: str, lang: Lang, **fields: object) -> str:
    """A phrase with its holes filled."""
    en, ru = _P[key]
    return (ru if lang == "ru" else en).format(**fields)
