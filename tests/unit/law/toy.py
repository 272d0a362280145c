"""A toy law of three points: small enough to break in every way, complete enough to exercise every kind of file."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.law.load import law_from_texts
from compliance.law.model import Law
from compliance.source.diagnostic import Diagnostic, Problems

VOCABULARY = """\
enumerations:
  actor:
    head: {en: the head, ru: руководитель}
    clerk: {en: the clerk, ru: сотрудник}
  outcome:
    enrol: {en: enrol, ru: зачислить}
    refuse: {en: refuse, ru: отказать}
  ground:
    p3: {en: point 3, ru: пункт 3}
kinds:
  decision:
    words: {en: decision, ru: решение}
    attributes:
      outcome: {type: outcome, en: outcome, ru: решение}
      by: {type: actor, en: by whom, ru: кем}
  notice:
    words: {en: notice, ru: уведомление}
  exclusion:
    words: {en: exclusion, ru: исключение}
    attributes:
      ground: {type: ground, en: ground, ru: основание}
officer:
  in_service: {type: truth, en: in service, ru: на службе, default: "=true"}
position:
  listed: {type: truth, en: listed, ru: в перечне}
"""

VERSIONS = """\
- id: "2025"
  title: {en: the toy rules, ru: учебные правила}
  act: учебный указ
  signed: 2025-04-23
  in_force:
    publication: {earliest: 2025-04-23, latest: 2025-05-23}
    plus_days: 11
"""

DEFINITIONS = """\
notions:
  enrolment:
    kind: decision
    var: d
    where: d.outcome = enrol
    words: {en: enrolment, ru: зачисление}
definitions:
- define: "later(t: date, p: period): date"
  is: |
    case rounding {
      down: t + p rounded down;
      up: t + p rounded up
    }
  says: {en: "{t} plus {p}", ru: "{t} плюс {p}"}
- define: "full(e: decision): date"
  is: later(e.date, max_stay)
  says: {en: "the day on which the stay of {e} is full", ru: "день, когда истекает срок по {e}"}
"""

READINGS = """\
- id: rounding
  words: трех лет
  question: {en: where does a term end that has no such day, ru: когда истекает срок без такого дня}
  values:
    down: {en: on the last day, ru: в последний день}
    up: {en: on the first day of the next month, ru: первого числа следующего месяца}
  default: down
  units: [p2, p3]
  parts: {en: enrolled on 29 February, ru: зачислен 29 февраля}
- id: silence
  words: незамедлительно
  question: {en: is silence a notice, ru: считается ли молчание уведомлением}
  values:
    no_notice: {en: it is none, ru: не считается}
    a_notice: {en: it is one, ru: считается}
  default: none
  units: [p1.part1]
  parts: {en: nobody said anything, ru: никто ничего не сказал}
"""

P1 = """\
units:
- id: p1.part1
  kind: obligation
  bearer: [clerk]
  text:
    ru: 1. Сотрудник уведомляется о зачислении в течение десяти рабочих дней согласно пункту 3 настоящих Правил.
    en: 1. The officer is notified of the enrolment within ten working days in accordance with point 3 of these Rules.
  note: {en: the clerk notifies, ru: уведомляет сотрудник}
  parameters:
    notify_within: {value: 10 working days, words: десяти рабочих дней}
  norm: |
    every enrolment e:
      by e.date + notify_within rounded down: (some notice n: e.date <= n.date)
        or case silence {no_notice: false; a_notice: true}
  fails: {en: "nobody was notified of {e.date}", ru: "никто не уведомлен о {e.date}"}
- id: p1.part2
  kind: purpose
  bearer: []
  text: {ru: Цель - порядок., en: The purpose is order.}
  note: {en: a purpose, ru: цель}
  no_norm: {why: purpose, en: no act is required, ru: действие не требуется}
"""

P2 = """\
units:
- id: p2
  kind: limit
  bearer: [head]
  text:
    ru: 2. Срок пребывания не должен превышать трех лет.
    en: 2. The stay must not exceed three years.
  note: {en: a limit, ru: предел}
  parameters:
    max_stay: {value: 3 years, words: трех лет}
  norms:
  - id: p2.s1
    norm: |
      every enrolment e with e.by = head or e.by = clerk:
        full(e) >= as_of or some exclusion x: x.date <= full(e)
    open: ahead
  - id: p2.s2
    norm: "every decision d: d.by = head"
    judged: always
- id: p3
  kind: ground
  bearer: [head]
  text: {ru: 3. Исключение производится по истечении срока., en: 3. Exclusion is made when the term has run out.}
  note: {en: a ground, ru: основание}
  norm: |
    every exclusion x with x.ground = p3: some enrolment e: full(e) <= x.date
"""

NOTICES = """\
- id: early_notice
  severity: contradiction
  units: [p1]
  norm: "every notice n: some enrolment e: e.date <= n.date"
  fails: {en: "notified on {n.date} of nothing", ru: "уведомлен {n.date} ни о чем"}
"""

WORLD = """\
- id: w.one_decision_a_day
  says: {en: one decision a day, ru: одно решение в день}
  norm: "every decision d: no decision c with c != d and c.date = d.date"
"""

CHECKLIST = """\
units: [p1.part1, p1.part2, p2, p3]
breakable: [p1.part1, p2, p3]
"""

CHAPTERS = """\
chapters:
- id: chapter1
  first: p1
  text: {ru: Глава 1. Общие положения, en: Chapter 1. General provisions}
"""

TEXTS: Mapping[str, str] = {
    "vocabulary.yaml": VOCABULARY,
    "versions.yaml": VERSIONS,
    "definitions.yaml": DEFINITIONS,
    "readings.yaml": READINGS,
    "notices.yaml": NOTICES,
    "world.yaml": WORLD,
    "checklist.yaml": CHECKLIST,
    "rules/chapters.yaml": CHAPTERS,
    "rules/p01.yaml": P1,
    "rules/p02.yaml": P2,
}


def toy_law(**changed: str | None) -> Law:
    """The toy law with some files replaced (by stem, `p01` for rules/p01.yaml) or left out (None)."""
    return law_from_texts(toy_texts(**changed))


def toy_texts(**changed: str | None) -> dict[str, str]:
    """The files of the toy law, changed in the same way."""
    by_stem = {name.rpartition("/")[2].removesuffix(".yaml"): name for name in TEXTS}
    texts = {by_stem[stem]: text for stem, text in changed.items() if text is not None}
    gone = {by_stem[stem] for stem, text in changed.items() if text is None}
    return {name: text for name, text in {**TEXTS, **texts}.items() if name not in gone}


def swapped(text: str, old: str, new: str) -> str:
    """A file of the toy law with one stretch replaced, which must be there once."""
    assert text.count(old) == 1, (text.count(old), old)
    return text.replace(old, new)


def problems_of(**changed: str | None) -> tuple[Diagnostic, ...]:
    """The errors of a toy law that must have some."""
    try:
        toy_law(**changed)
    except Problems as problems:
        return problems.diagnostics
    raise AssertionError("the law was read without an error")


def codes_of(**changed: str | None) -> list[str]:
    """The codes of the errors of a toy law that must have some."""
    return [each.code for each in problems_of(**changed)]
