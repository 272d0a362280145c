"""What one record is judged against: the law, the calendar, the version's days and the readings that may vary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from compliance.calendar.days import format_iso, parse_iso
from compliance.calendar.working import WorkingCalendar
from compliance.check.contested import Readings
from compliance.check.judge import Judge, KnownJudge, OpenJudge
from compliance.check.options import CheckOptions
from compliance.check.projection import counts_working_days
from compliance.check.quiet import QuietJudge, guarded, without_silent
from compliance.check.sentences import Sentences
from compliance.law.model import Law, Norm
from compliance.law.version import window
from compliance.source.diagnostic import Collector
from compliance.timeline.case import Case
from compliance.timeline.model import Days, Timeline


@frozen
class Setting:
    """A law and a calendar with a caller's options, ready for records."""

    law: Law
    calendar: WorkingCalendar
    options: CheckOptions
    sentences: Sentences = field(init=False, eq=False, repr=False)
    _counting: dict[str, bool] = field(init=False, factory=dict, eq=False, repr=False)

    @sentences.default
    def _sentences(self) -> Sentences:
        return Sentences(self.law)

    def counting(self, norms: Sequence[Norm]) -> list[Norm]:
        """Those of the norms that count working days, on which a calendar can have a say."""
        for norm in norms:
            if norm.id not in self._counting:
                self._counting[norm.id] = counts_working_days(self.law.program, norm.typed)
        return [norm for norm in norms if self._counting[norm.id]]

    def readings_of(self, fixed: Mapping[str, str]) -> Readings:
        """The default profile with the fixed values; only the other readings vary."""
        given = {**fixed, **self.options.readings}
        program = self.law.program.readings
        return Readings(
            default={**self.law.default_profile, **given},
            vary={name: values for name, values in program.items() if name not in given},
            undecided=self.law.undecided - given.keys(),
        )

    def placed(self, case: Case) -> Case:
        """The case with its timeline placed between the days of the version.

        A fixed version means all days; else the publication day of the options, then that of the file, then the
        window that the law leaves.
        """
        if self.options.law is not None:
            case = evolve(case, law=self.options.law)
        if self.options.as_of is not None:
            case = known_up_to(case, parse_iso(self.options.as_of))
        published = parse_iso(self.options.published) if self.options.published else case.published
        days = window(self.law.version, published)
        return case.in_window(days.lo if days.certain else Days(((days.lo, days.hi),)))

    def judge(self, timeline: Timeline, readings: Readings) -> Judge:
        """The evaluator where everything is known, else the solver.

        Where only judgements are open that nobody recorded, the solver is asked for what asks for them.
        """
        program, vary = self.law.program, frozenset(readings.vary)
        if timeline.certain:
            return KnownJudge(program, self.calendar, timeline.facts())

        def solver() -> OpenJudge:
            return OpenJudge(program, self.calendar, timeline, self.law.norms, readings.default, vary)

        kinds = frozenset(kind.name for kind in self.law.vocabulary.kinds.values() if kind.judgement)
        rest = without_silent(timeline, kinds)
        if rest is None:
            return solver()
        silent = frozenset(slot.kind for slot in timeline.slots if slot.phantom)
        return QuietJudge(program, self.calendar, guarded(rest.facts(), silent), solver)


def known_up_to(case: Case, day: int) -> Case:
    """The case with what is known up to another day; raises `Problems` for events that lie after it."""
    collector = Collector()
    for slot in case.timeline.slots:
        if not slot.phantom and (slot.date.lo if isinstance(slot.date, Days) else slot.date) > day:
            collector.error("scenario.after-as-of", slot.place, as_of=format_iso(day))
    collector.raise_if_any()
    return evolve(case, as_of=day, timeline=evolve(case.timeline, as_of=day))
