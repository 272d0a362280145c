"""The words of the lifecycle's pictures in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.norm.vocabulary import Lang

_W: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "title": ("The life of the reserve", "Жизнь резерва"),
    "state": ("state", "состояние"),
    "start": ("start", "начало"),
    "time": ("time", "время"),
    "same": ("the state stays", "состояние не меняется"),
    "days": ("at the earliest {days}", "не ранее чем {days}"),
    "same_day": ("on the same day", "в тот же день"),
    "next_day": ("on the next day", "на следующий день"),
    "after_days": ("after {days} days", "через {days} дн."),
    "not_taken": ("no lawful story takes this step", "ни одна правомерная история не делает этот шаг"),
    "gave_up": ("not settled: {reason}", "не решено: {reason}"),
    "story": ("story", "история"),
    "verified": ("Verification", "Проверка"),
    "bounds": (
        "records with at most {slots} events of a kind, from {first} to {last}; readings: {readings}",
        "записи, где не более {slots} событий каждого вида, с {first} по {last}; прочтения: {readings}",
    ),
    "default_readings": ("default", "по умолчанию"),
    "taken": ("steps taken by a lawful story", "шаги, которые делает правомерная история"),
    "of": ("{count} of {all}", "{count} из {all}"),
    "missing": ("questions whether a further step is lawful", "вопросы, возможен ли иной правомерный шаг"),
    "none_lawful": ("{count}, none has a lawful story", "{count}, правомерных историй нет"),
    "some_lawful": ("{bad} of {count} have a lawful story", "правомерная история есть у {bad} из {count}"),
    "exactly_one": ("exactly one state at any time", "в любой момент ровно одно состояние"),
    "yes": ("yes", "да"),
    "no": ("no", "нет"),
    "unreachable": ("states that cannot be reached", "недостижимые состояния"),
    "dead_ends": ("states without a way on", "состояния без выхода"),
    "none": ("none", "нет"),
    "waits": ("steps that cannot follow on the next day", "шаги, невозможные уже на следующий день"),
    "matrix": (
        "fewest days from entering a state (row) to entering another (column), a lower bound",
        "наименьшее число дней от входа в состояние (строка) до входа в другое (столбец), оценка снизу",
    ),
    "lacks": (
        "a lawful story makes a step that the graph lacks: {source} → {target} ({event})",
        "правомерная история делает шаг, которого нет в графе: {source} → {target} ({event})",
    ),
    "two": ("two states at once", "два состояния сразу"),
    "no_state": ("no state at all", "нет ни одного состояния"),
    "other_start": ("another state at the start", "иное состояние в начале"),
    "belongs": ("belongs to: {words}, {day}", "относится к: {words}, {day}"),
    "way": ("way", "путь"),
    "no_step": ("the Rules know no such step", "такого шага Правила не знают"),
    "several": ("several acts on one day", "несколько действий за день"),
    "events": ("events", "события"),
    "deadlines": ("days to watch", "важные дни"),
    "last_day": ("last day", "последний день"),
    "as_of": ("as of {day}", "по состоянию на {day}"),
    "actor": ("actor", "кто действует"),
    "units": ("units", "нормы"),
    "step": ("step", "шаг"),
    "fewest": ("fewest days", "не менее дней"),
    "note": ("note", "пояснение"),
    "from": ("from", "из"),
    "to": ("to", "в"),
})  # fmt: skip


def say(key: str, lang: Lang, **fields: str) -> str:
    """The words of a key, their holes filled."""
    english, russian = _W[key]
    text = english if lang == "en" else russian
    return text.format(**fields) if fields else text
