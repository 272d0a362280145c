"""All obligations of a law, held against what its text is known to fail, in the form of answers to theorems."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import astuple, evolve

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.lifecycle.read import FILE as LIFECYCLE
from compliance.law.model import Law
from compliance.norm.vocabulary import Words
from compliance.prove.cache import keep, kept
from compliance.prove.inputs import engine, of_files
from compliance.prove.obligations.baseline import Known
from compliance.prove.obligations.generate import breakable, situations
from compliance.prove.obligations.settle import Settled, Settler, clash, rich_first
from compliance.prove.obligations.structure import Gap, days_in_order, inputs
from compliance.prove.obligations.ways import ways_on
from compliance.prove.outcome import LABELS, ProofResult
from compliance.source.data import model_path

_task: Final[list[tuple[Law, WorkingCalendar]]] = []
"""Set before the processes are forked, which inherit it."""

SORTS: Final[Mapping[str, Words]] = {
    "event": Words("every kind of event is possible", "каждый вид событий возможен"),
    "officer": Words("every kind of officer can be enrolled", "каждый сотрудник может быть зачислен"),
    "kept": Words("every norm can be kept with its trigger met", "каждую норму можно соблюсти, когда она применима"),
    "pair": Words("norms on one act never clash", "нормы об одном действии не противоречат друг другу"),
    "alone": Words("every norm can be broken alone", "каждую норму можно нарушить отдельно"),
    "days": Words("the days of every quarter stand in order", "сроки каждого квартала идут по порядку"),
    "input": Words(
        "every duty has a bearer and an input that somebody brings about",
        "у каждой обязанности есть исполнитель и обеспеченное условие",
    ),
    "way": Words(
        "every state can be reached and left by lawful steps",
        "каждое состояние достижимо законными шагами и имеет выход",
    ),
}


UNKNOWN: Final = Words("the baseline does not name it", "в перечне известного этого нет")
OTHER_NORMS: Final = Words("the baseline names other norms", "в перечне известного названы иные нормы")
OUTDATED: Final = Words(
    "the text no longer fails it: the baseline is out of date", "текст этого более не нарушает: перечень устарел"
)


def kept_obligations(
    law: Law, known: Mapping[str, Known], jobs: int = 1, folder: Path | None = None, broken: list[str] | None = None
) -> tuple[ProofResult, ...]:
    """As `obligations`, from the cache where the same question was settled before; what gave up is never kept."""
    calendar = shipped_calendar()
    if folder is None:
        return obligations(law, known, jobs, calendar)
    lifecycle = of_files([model_path(LIFECYCLE)])
    parts = (engine(), law.fingerprint, lifecycle, calendar.fingerprint, sorted(map(repr, known.values())))
    name = f"obligations-{hashlib.sha256(repr(parts).encode()).hexdigest()}"
    found = kept(folder, name, [] if broken is None else broken)
    if found is None:
        found = obligations(law, known, jobs, calendar)
        if all(each.settled for each in found):
            keep(folder, name, found)
    return found


def obligations(
    law: Law, known: Mapping[str, Known], jobs: int = 1, calendar: WorkingCalendar | None = None
) -> tuple[ProofResult, ...]:
    """One answer a sort, and one for each failing: as expected only where the baseline names it with its sets."""
    calendar = calendar or shipped_calendar()
    settled = _settle(law, calendar, jobs)
    by_id = {each.obligation.id: each for each in settled}
    failed = [each for each in settled if not each.met and (each.obligation.sort != "pair" or clash(each, by_id))]
    ways = ways_on(law, calendar)
    gaps = {"days": tuple(days_in_order(law, calendar)), "input": tuple(inputs(law)), "way": ways.gaps}
    results = [_failing(law, each, known) for each in failed]
    results += [_gap(gap, known) for found in gaps.values() for gap in _once(found)]
    counts = {sort: sum(each.obligation.sort == sort for each in settled) for sort in SORTS} | {"way": ways.asked}
    summary = [_sort(sort, words, counts[sort], results) for sort, words in SORTS.items()]
    gone = [_gone(each) for id, each in known.items() if id not in {result.theorem for result in results}]
    return (*summary, *sorted(results, key=lambda each: each.theorem), *gone)


def _settle(law: Law, calendar: WorkingCalendar, jobs: int) -> list[Settled]:
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [*_situations(law, calendar), *_breakable(law, calendar)]
    _task[:] = [(law, calendar)]
    try:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            parts = pool.map(_part, ("situations", "breakable"), chunksize=1)
    finally:
        _task.clear()
    goals = {each.id: each for each in (*situations(law), *breakable(law))}
    return [Settled(goals[id], *rest) for part in parts for id, *rest in part]


def _part(name: str) -> list[tuple[Any, ...]]:
    """One share of the work; formulas do not travel between processes, so their names do."""
    law, calendar = _task[0]
    found = _situations(law, calendar) if name == "situations" else _breakable(law, calendar)
    return [(each.obligation.id, *astuple(each, recurse=False)[1:]) for each in found]


def _situations(law: Law, calendar: WorkingCalendar) -> list[Settled]:
    settler = Settler(law, calendar, law.default_profile)
    return [settler.settle(each) for each in rich_first(situations(law))]


def _breakable(law: Law, calendar: WorkingCalendar) -> list[Settled]:
    settler = Settler(law, calendar, law.default_profile)
    return [settler.settle(each) for each in breakable(law)]


def _failing(law: Law, found: Settled, known: Mapping[str, Known]) -> ProofResult:
    each = found.obligation
    result = _blank(each.id, each.says, each.id in known)
    if found.reason:
        why = Words(found.reason, found.reason)
        return evolve(result, reason=found.reason, label_words=why, unmet=(why,))
    units = {norm.id: norm.unit for norm in law.norms}
    norms = tuple(dict.fromkeys(name for core in found.cores for name in core))
    core = tuple(dict.fromkeys(units.get(name, name) for name in norms))
    sets = "; ".join(" + ".join(core) for core in found.cores if core)
    whether = Words("under every reading" if found.always else "under the default readings",
                    "при любом прочтении" if found.always else "при прочтении по умолчанию")  # fmt: skip
    because = f": {sets}" if sets else ""
    label = Words(f"impossible {whether.en}{because}", f"невозможно {whether.ru}{because}")
    result = evolve(result, result="refuted", label="impossible", label_words=label, core=core, norms=norms)
    if each.id not in known:
        return evolve(result, unmet=(UNKNOWN,))
    if known[each.id].cores != frozenset(frozenset(core) for core in found.cores if core):
        return evolve(result, unmet=(OTHER_NORMS,))
    return evolve(result, says=known[each.id].says)


def _gap(gap: Gap, known: Mapping[str, Known]) -> ProofResult:
    blank = _blank(gap.id, gap.says, gap.id in known)
    if not gap.settled:
        return evolve(blank, reason=gap.detail.en, label_words=gap.detail, unmet=(gap.detail,))
    result = evolve(blank, result="refuted", label="impossible", label_words=gap.detail)
    if gap.id in known:
        return evolve(result, says=known[gap.id].says)
    return evolve(result, unmet=(UNKNOWN,))


def _gone(known: Known) -> ProofResult:
    result = _blank(known.id, known.says, True)
    return evolve(result, result="proved", label="shown", unmet=(OUTDATED,))


def _sort(sort: str, words: Words, count: int, results: Iterable[ProofResult]) -> ProofResult:
    heads = (f"{sort}:", "bearer:") if sort == "input" else (f"{sort}:",)
    own = [each for each in results if each.theorem.startswith(heads)]
    result = _blank(sort, words, False)
    n, k = count or 1, len(own)
    en = f"{k} of today's text excepted" if k else "all met"
    ru = f"исключений в действующем тексте: {k}" if k else "все выполнены"
    label = Words(f"{n} asked, {en}", f"проверено: {n}, {ru}")
    return evolve(result, result="proved", label="shown", label_words=label)


def _blank(id: str, says: Words, expected_to_fail: bool) -> ProofResult:
    expect = "refuted" if expected_to_fail else "proved"
    return ProofResult(id, says, "possible", expect, "open", "gave_up", LABELS["gave_up"], readings={})  # type: ignore[arg-type]


def _once(gaps: Iterable[Gap]) -> Iterator[Gap]:
    """Each gap once; the quarters in which it shows first."""
    seen: dict[str, Gap] = {}
    for gap in gaps:
        seen.setdefault(gap.id, gap)
    yield from seen.values()


__all__ = ["SORTS", "kept_obligations", "obligations"]
