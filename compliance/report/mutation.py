"""The mutation of the law as a report: the score of every unit, and what nobody noticed."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.law.citation import citation
from compliance.law.model import Law
from compliance.norm.vocabulary import Lang
from compliance.prove.mutate.run import Answer, MutationReport, Score
from compliance.report.jsonform import dump

FORMATS = ("text", "json", "md")
SCHEMA = "reserve.mutate/1"


def render_mutation(report: MutationReport, form: str, lang: Lang, law: Law) -> str:
    """The report in one of FORMATS."""
    if form == "json":
        return dump({"schema": SCHEMA, "law": law.fingerprint, "units": _units(report), "total": _score(report.score()),
                     "mutants": [_mutant(each) for each in report.answers]})  # fmt: skip
    return "\n".join(_markdown(report, lang) if form == "md" else _text(report, lang)) + "\n"


def _units(report: MutationReport) -> dict[str, object]:
    return {unit: _score(report.score(unit)) for unit in report.units}


def _score(score: Score) -> dict[str, object]:
    return {
        "killed": score.killed, "equivalent": score.equivalent, "survives": score.survives, "open": score.open,
        "share": round(score.share, 4),
    }  # fmt: skip


def _mutant(answer: Answer) -> dict[str, str]:
    return {
        "id": answer.mutant, "unit": answer.unit, "where": answer.where, "change": answer.label, "fate": answer.fate,
        "by": answer.by,
    }  # fmt: skip


def _text(report: MutationReport, lang: Lang) -> Iterator[str]:
    for unit in report.units:
        yield f"{_line(report.score(unit), lang)}  {unit}  {citation(unit, lang)}"
    yield ""
    for each in report.answers:
        if each.fate in ("survives", "open"):
            yield f"{each.mutant} {each.unit} {each.where}: {each.label}: {_FATES[each.fate][lang]}"
    yield f"{_TOTAL[lang]} {_line(report.score(), lang)}"


def _markdown(report: MutationReport, lang: Lang) -> Iterator[str]:
    yield {"en": "| | killed | equal | alive | open | % |", "ru": "| | убито | равны | живы | не решено | % |"}[lang]
    yield "|---|---|---|---|---|---|"
    for unit in (*report.units, None):
        score = report.score(unit)
        cells = (score.killed, score.equivalent, score.survives, score.open, f"{100 * score.share:.1f}")
        yield f"| {unit or _TOTAL[lang]} | {' | '.join(map(str, cells))} |"


def _line(score: Score, lang: Lang) -> str:
    words = {"en": ("killed", "equal to the law", "alive"), "ru": ("убито", "равны праву", "живы")}[lang]
    alive = score.survives + score.open
    return f"{100 * score.share:5.1f} %  {words[0]} {score.killed}, {words[1]} {score.equivalent}, {words[2]} {alive}"


_FATES = {
    "survives": {"en": "a story would tell it", "ru": "есть история, которая его обнаружит"},
    "open": {"en": "not settled", "ru": "не решено"},
}
_TOTAL = {"en": "Whole law:", "ru": "Всё право:"}

__all__ = ["FORMATS", "render_mutation"]
