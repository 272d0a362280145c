"""The words of reports on amendments in English and Russian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.norm.vocabulary import Lang

_P: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "title": ("Report on an amendment", "Отчёт о поправке"),
    "accept": ("accept: nothing that needs a decision", "можно принимать: ничего, что требовало бы решения"),
    "warn": ("look at: something needs a decision before signing", "обратить внимание: до подписания нужны решения"),
    "reject": ("do not adopt as it stands", "не принимать в таком виде"),
    "unapplied": ("the package cannot be applied; nothing was changed, and nothing further was checked",
                  "пакет не может быть применён; ничего не изменено и дальше ничего не проверено"),
    "tag_reject": ("must not stand", "недопустимо"),
    "tag_warn": ("to decide", "нужно решение"),
    "tag_note": ("note", "замечание"),
    "in_force": ("in force from {day}", "вводится в действие с {day}"),
    "no_day": ("the instruction does not say from which day it is in force",
               "из указания не видно, с какого дня оно действует"),
    "findings": ("What the amendment brings", "Что приносит поправка"),
    "edges": ("What happens past each edge", "Что происходит за каждой границей"),
    "problems": ("What stops it", "Что этому мешает"),
    "meant": ("did you mean `{words}`?", "возможно, `{words}`?"),
    "what": ("what", "что"),
    "where": ("where", "где"),
    "why": ("rests on", "основано на"),
    "story": ("story", "случай"),
    "repair": ("repair", "исправление"),
    "paste": ("to paste", "вставить"),
    "depends": ("readings", "прочтение"),
    "known_until": ("until then nothing more has happened", "к этому дню больше ничего не произошло"),
    "first_day": ("the new text comes into force; nobody has done anything",
                  "новая редакция вводится в действие; никто ничего не сделал"),
    "compare": ("How the law changes", "Как меняется право"),
    "not_formalised": ("not formalised: what these words do is not known",
                       "не формализовано: действие этих слов не известно"),
    "equivalent": ("equivalent: the same is lawful as before", "равносильно: законно то же, что и прежде"),
    "stricter": ("stricter: something that was lawful no longer is",
                 "строже: кое-что законное перестаёт быть законным"),
    "looser": ("looser: something that was unlawful becomes lawful", "мягче: кое-что незаконное становится законным"),
    "incomparable": ("neither stricter nor looser: some things become lawful, others stop being so",
                     "не строже и не мягче: одно становится законным, другое перестаёт"),
    "open": ("undecided", "не решено"),
    "short_not_formalised": ("not formalised", "не формализовано"),
    "short_equivalent": ("the same", "без изменений"),
    "short_stricter": ("stricter", "строже"),
    "short_looser": ("looser", "мягче"),
    "short_incomparable": ("both stricter and looser", "и строже, и мягче"),
    "short_open": ("undecided", "не решено"),
    "side": ("matter", "о чём"),
    "becomes": ("becomes", "становится"),
    "only_new": ("lawful only under the new text", "законно только по новой редакции"),
    "only_old": ("lawful only under the old text", "законно только по прежней редакции"),
    "bounded": ("checked for all stories in which nothing happens more than twice; not proved for all others",
                "проверено для всех случаев, где ничто не происходит больше двух раз; для остальных не доказано"),
    "followed": ("if every reference is read as following its target: {relation}",
                 "если ссылки понимать как следующие за своей единицей: {relation}"),
    "units_not_formalised": ("not formalised: {units}", "не формализовано: {units}"),
    "redline": ("The new text", "Новая редакция"),
    "life": ("Steps that nobody can take lawfully any more", "Шаги, которых законно больше никто сделать не может"),
    "from_state": ("out of", "из состояния"),
    "to_state": ("into", "в состояние"),
    "step": ("step", "шаг"),
    "path": ("how", "путь"),
    "flips": ("Stored stories that would be judged otherwise", "Хранимые случаи, которые оценивались бы иначе"),
    "files": ("stories", "случаев"),
    "such_as": ("such as", "например"),
    "unit": ("unit", "единица"),
    "was": ("was", "было"),
    "now": ("becomes", "стало"),
    "compliant": ("compliant", "соблюдено"),
    "violated": ("violated", "нарушено"),
    "shown_below": ("the one below, {heading}", "тот, что ниже: {heading}"),
    "said_above": ("the words stand above", "слова приведены выше"),
    "or": ("or", "либо"),
    "all_in_html": ("and {count} more, all of them on the page (--format html)",
                    "и ещё {count}, все названы на странице (--format html)"),
    "day_d": ("day D", "день D"),
    "transition": ("Who stands where on the eve of {day}", "Кто в каком положении накануне {day}"),
    "position": ("position", "положение"),
    "act": ("act", "действие"),
    "nothing_done": ("nobody does anything", "никто ничего не делает"),
    "effect": ("effect", "последствие"),
    "unlawful": ("unlawful by the change alone", "нарушение только из-за поправки"),
    "stranded": ("unlawful, and no way out", "нарушение, и выхода нет"),
    "barred": ("no longer lawful", "больше не законно"),
    "allowed": ("becomes lawful", "становится законным"),
    "register": ("The register {file}", "Реестр {file}"),
    "register_size": ("officers: {officers}, rows: {rows}, known up to {as_of}",
                      "сотрудников: {officers}, строк: {rows}, сведения до {as_of}"),
    "left_out": ("not counted because a row of theirs cannot be read or contradicts another: {count}",
                 "не учтены, так как их строки не читаются или противоречат друг другу: {count}"),
    "always": ("as if the new text had always stood, up to {day}",
               "если бы новая редакция действовала всегда, до {day}"),
    "first": ("on {day}, each event judged by the text of its day, nothing more having happened",
              "на {day}: каждое событие по редакции своего дня, больше ничего не произошло"),
    "touched": ("officers touched: {count}", "затронуто сотрудников: {count}"),
    "officers": ("officers", "сотрудников"),
    "direction": ("direction", "направление"),
    "newly_violated": ("newly violated", "новое нарушение"),
    "newly_satisfied": ("newly satisfied", "нарушения больше нет"),
    "newly_pending": ("newly pending", "новый идущий срок"),
    "newly_undetermined": ("newly undetermined", "стало не определено"),
    "left_alone": ("Places that speak of the same and were left alone", "Места о том же, оставленные без изменений"),
    "not_checked": ("Not checked", "Не проверено"),
    "solve_question": ("what stays", "что сохраняется"),
    "solve_values": ("for these values", "при значениях"),
    "solve_now": ("today: {value}", "сейчас: {value}"),
    "solve_answer": ("For which values", "При каких значениях"),
    "solve_consistent": ("the rules can be kept, deadlines in order", "правила исполнимы, сроки по порядку"),
    "solve_routes_open": ("every way into and through the reserve is open", "открыты все пути в резерв и в нём"),
    "solve_no_stricter": ("nothing lawful today becomes unlawful", "ничто законное сейчас не становится незаконным"),
    "solve_none": ("none", "ни при каких"),
    "solve_edge": ("at {value} no longer so: {question}", "{value} - уже не так: {question}"),
    "solve_note": ("looked at from {low} to {high}, {count} values tried; both neighbours of an edge were tried",
                   "просмотрены значения: {low} … {high}, проверено: {count}; в том числе обе стороны границ"),
    "act_good": ("all that the act alone decides is in order", "всё, что решает сам акт, в порядке"),
    "act_bad": ("something in the act is not in order", "в акте есть несогласованность"),
    "act_count": ("{count} operations", "операций: {count}"),
    "act_operations": ("Operations and their targets", "Операции и их место"),
    "act_number": ("no.", "№"),
    "act_target": ("act, item", "акт, пункт"),
    "act_operation": ("operation", "операция"),
    "act_place": ("place", "место"),
    "act_item": ("item {item}", "пункт {item}"),
    "act_checks": ("What the act alone decides", "Что решает сам акт"),
    "act_answer": ("answer", "ответ"),
    "act_what": ("what", "что"),
    "act_of": ("operations, units", "операции, единицы"),
    "act_holds": ("holds", "верно"),
    "act_fails": ("fails", "неверно"),
    "act_derived": ("What follows from it", "Что из него следует"),
    "op_restate": ("restate", "изложить"),
    "op_restate_whole": ("restate as a whole", "изложить целиком"),
    "op_delete": ("delete", "исключить"),
    "op_add": ("add", "дополнить"),
    "op_replace_row": ("replace a row", "заменить строку"),
    "more": ("and {count} more", "и ещё {count}"),
})  # fmt: skip


def word(key: str, lang: Lang, **fields: str) -> str:
    """A word of the report with its holes filled."""
    text = _P[key][0 if lang == "en" else 1]
    for name, value in fields.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def quoted(text: str, lang: Lang) -> str:
    """A message with marks of quotation in the place of those that the house puts round words of the user."""
    return re.sub(r"`([^`]*)`", r"«\1»" if lang == "ru" else r"“\1”", text)


def keys() -> tuple[str, ...]:
    """Every word."""
    return tuple(_P)


__all__ = ["keys", "quoted", "word"]
