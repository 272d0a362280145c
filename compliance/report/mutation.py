"""The mutation of the law as a report: the score of every unit, what nobody noticed and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.law.citation import citation
from compliance.law.model import Law
from compliance.norm.vocabulary import Lang
from compliance.prove.mutate.outcome import FATES, Answer, Fate, MutationReport, Score
from compliance.report.jsonform import dump

FORMATS: Final = ("text", "json", "md")
SCHEMA: Final = "reserve.mutate/1"


def render_mutation(report: MutationReport, form: str, lang: Lang, law: Law, details: str = "auto") -> str:
    """The report in one of FORMATS; with all details every mutant has its line."""
    if form == "json":
        return dump(_json(report, law))
    lines = _markdown(report, lang) if form == "md" else _text(report, lang)
    return "\n".join([*lines, *_told(report, lang, form, details), *_sums(report, lang, form)]) + "\n"


def mutation_page(report: MutationReport, law: Law, said: str) -> str:
    """The report as a page of the documentation: the scores, and every change that is proved to be none."""
    score = report.score()
    equal = [each for each in report.answers if each.fate == "equivalent"]
    lines = ["# The Rules, changed in every place", "", said, ""]
    lines += [
        f"{len(report.answers)} changes, one at a time: a day or a period shifted by one, a bound made strict or lax,",
        "an actor swapped, a conjunct, a ground or a whole unit dropped, in the norms and in the notions they use.",
        f"The stories of `scenarios/` notice {score.killed} of them: a unit comes out otherwise than its author said.",
        f"{score.equivalent} change nothing, which is proved for any number of events. Of the others",
        f"{100 * score.share:.1f} % are noticed.",
        "",
    ]
    lines += [*_markdown(report, "en"), *_told(report, "en", "md", "auto")]
    lines += ["", "## Changes that change nothing", "", "| unit | where | change |", "|---|---|---|"]
    lines += [f"| {citation(each.unit, 'en')} | `{each.where}` | {each.label} |" for each in equal]
    return "\n".join(lines) + "\n"


def _json(report: MutationReport, law: Law) -> dict[str, object]:
    asked, noticed = report.by_theorems
    return {
        "schema": SCHEMA,
        "law": law.fingerprint,
        "units": {unit: _score(report.score(unit)) for unit in report.units},
        "total": _score(report.score()),
        "theorems": {"asked": asked, "noticed": noticed},
        "mutants": [_mutant(each) for each in report.answers],
    }


def _score(score: Score) -> dict[str, object]:
    return {**{fate: getattr(score, fate) for fate in FATES}, "share": round(score.share, 4)}


def _mutant(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.mutant, "unit": answer.unit, "where": answer.where, "change": answer.label, "fate": answer.fate,
        "by": answer.by, "theorem": answer.theorem or None, "slots": answer.slots,
        "equal_by_default": answer.by_default, "reason": answer.reason,
    }  # fmt: skip


def _text(report: MutationReport, lang: Lang) -> Iterator[str]:
    for unit in report.units:
        yield f"{_line(report.score(unit), lang)}  {unit}  {citation(unit, lang)}"


def _markdown(report: MutationReport, lang: Lang) -> Iterator[str]:
    yield f"| | {' | '.join(_HEADS[fate][lang] for fate in FATES)} | % |"
    yield f"|---{'|---' * len(FATES)}|---|"
    for unit in (*report.units, None):
        score = report.score(unit)
        cells = (*(getattr(score, fate) for fate in FATES), f"{100 * score.share:.1f}")
        yield f"| {citation(unit, lang) if unit else _TOTAL[lang]} | {' | '.join(map(str, cells))} |"


def _told(report: MutationReport, lang: Lang, form: str, details: str) -> Iterator[str]:
    """A line for each mutant that lives, with the reason; for each at all where all details are wanted."""
    shown = [each for each in report.answers if details == "all" or each.fate not in ("killed", "equivalent")]
    mark = "- " if form == "md" else ""
    if shown and details != "none":
        yield ""
        yield from (f"{mark}{each.mutant} {each.where}: {each.label}: {_why(each, lang)}" for each in shown)


def _why(answer: Answer, lang: Lang) -> str:
    said = _REASONS[answer.fate][lang].format(by=answer.by or answer.theorem, slots=answer.slots, reason=answer.reason)
    said = f"{said}; {_BY_DEFAULT[lang]}" if answer.by_default else said
    return f"{said}; {answer.theorem}" if answer.theorem and answer.by else said


def _sums(report: MutationReport, lang: Lang, form: str) -> Iterator[str]:
    asked, noticed = report.by_theorems
    yield ""
    if form != "md":
        yield f"{_TOTAL[lang]}: {_line(report.score(), lang).strip()}"
    if asked:
        yield _THEOREMS[lang].format(asked=asked, noticed=noticed)


def _line(score: Score, lang: Lang) -> str:
    counts = [f"{_HEADS['killed'][lang]} {score.killed}", f"{_HEADS['equivalent'][lang]} {score.equivalent}"]
    counts += [f"{_HEADS[fate][lang]} {n}" for fate in FATES[2:] if (n := getattr(score, fate))]
    return f"{100 * score.share:5.1f} %  {', '.join(counts)}"


_HEADS: Final[dict[Fate, dict[Lang, str]]] = {
    "killed": {"en": "noticed", "ru": "замечено"},
    "equivalent": {"en": "proved equal to the law", "ru": "доказано равных"},
    "survives": {"en": "unnoticed", "ru": "не замечено"},
    "bounded": {"en": "equal up to a bound", "ru": "равны до предела"},
    "open": {"en": "not settled", "ru": "не решено"},
}
_REASONS: Final[dict[Fate, dict[Lang, str]]] = {
    "killed": {"en": "noticed by {by}", "ru": "замечено: {by}"},
    "equivalent": {"en": "proved equal to the law for any number of events",
                   "ru": "доказано, что равно норме при любом числе событий"},
    "survives": {"en": "a story tells it from the law, and none that is stored (--save-stories writes it)",
                 "ru": "есть история, которая его обнаружит, но среди сохранённых её нет (--save-stories её запишет)"},
    "bounded": {"en": "no story with at most {slots} of each kind of event tells it, and there is no proof ({reason})",
                "ru": "истории, где событий каждого вида не более {slots}, нет, доказательства тоже нет ({reason})"},
    "open": {"en": "neither a story nor a proof: {reason}", "ru": "нет ни истории, ни доказательства: {reason}"},
}  # fmt: skip
_BY_DEFAULT: Final[dict[Lang, str]] = {
    "en": "under the default readings it is proved equal", "ru": "при прочтениях по умолчанию равенство доказано",
}  # fmt: skip
_TOTAL: Final[dict[Lang, str]] = {"en": "All of the Rules", "ru": "Все Правила"}
_THEOREMS: Final[dict[Lang, str]] = {
    "en": "Held against the theorems: {asked}; theorems notice {noticed} of them.",
    "ru": "Проверено по теоремам: {asked}; теоремы замечают {noticed} из них.",
}

__all__ = ["FORMATS", "mutation_page", "render_mutation"]
