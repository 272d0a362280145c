"""The whole report of one package: what the words gave away, what the logic says, and the verdict; plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from compliance.amend.effect.ask import story_json
from compliance.amend.effect.compare import Comparison
from compliance.amend.effect.flips import Flip
from compliance.amend.effect.life import Lost as Life
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.register import Touched
from compliance.amend.effect.sizes import Size
from compliance.amend.effect.theorems import Verdict as TheoremVerdict
from compliance.amend.effect.transition import Moved
from compliance.amend.examine import TextReport
from compliance.amend.finding import Finding, Says, Verdict, ordered, says, verdict_of
from compliance.calendar.days import format_iso
from compliance.source.diagnostic import Diagnostic, as_json

SCHEMA = "reserve.amend/1"


@frozen(eq=False)
class AmendReport:
    """One package against one law. `new` is missing where the package cannot be applied."""

    text: TextReport
    new: NewLaw | None = None
    comparison: Comparison | None = None
    followed: Comparison | None = None
    logic: tuple[Finding, ...] = ()
    flips: tuple[Flip, ...] = ()
    theorems: tuple[TheoremVerdict, ...] = ()
    moved: tuple[Moved, ...] = ()
    not_checked: tuple[Says, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    life: Life | None = field(default=None, kw_only=True)
    """What becomes of the graphs of the lifecycle, where a step is lost."""
    register: Touched | None = None
    """What a register says, where one was given."""
    relations: Mapping[str, str] = field(factory=dict, kw_only=True)
    """The comparison under other readings, by `reading=value`, where it is not the one by default."""
    sizes: tuple[Size, ...] = field(default=(), kw_only=True)
    """By how much each changed value moves a last day."""
    texts: Mapping[str, str] = field(factory=dict, kw_only=True)
    """The files of the new law, where it is the ground of another package."""
    problems: tuple[Any, ...] = field(default=())
    """Diagnostics of what was supplied, where that stopped the package."""

    @property
    def applicable(self) -> bool:
        """Whether the package can be applied as it stands."""
        return self.text.applicable and not self.problems

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, the heaviest first."""
        return ordered((*self.text.findings, *self.logic))

    @property
    def verdict(self) -> Verdict:
        """`reject` where it cannot be applied, else by the heaviest finding."""
        return verdict_of(self.findings) if self.applicable else "reject"

    @property
    def relation(self) -> str:
        """The comparison as a whole, in one word."""
        if self.comparison is None or self.new is None:
            return "not_formalised"
        if self.comparison.relation == "equivalent" and self.new.unformalised:
            return "not_formalised"
        return self.comparison.relation

    @property
    def day(self) -> date | None:
        """The first day of the new law."""
        return self.text.in_force.day if self.text.in_force else None

    def as_json(self) -> dict[str, Any]:
        """The report for programs; the keys are fixed by its schema."""
        findings = self.findings
        return {
            "schema": SCHEMA,
            "package": self.text.package.name,
            "title": self.text.package.title.en or None,
            "applicable": self.applicable,
            "verdict": self.verdict,
            "in_force": self.day.isoformat() if self.day else None,
            "problems": [_problem(each) for each in (*self.text.diagnostics, *self.problems)],
            "findings": [finding.as_json() for finding in findings],
            "conflicts": [list(units) for units in self.conflicts],
            "compare": self._compare(),
            "dangling": [list(finding.units) for finding in findings if finding.code == "XREF_DANGLING"],
            "dead": [list(finding.units) for finding in findings if finding.code.startswith("DEAD_")],
            "transition": [self._moved(moved) for moved in self.moved],
            "flips": self._flips(),
            "lifecycle": self._life(),
            **({"register": self.register.as_json()} if self.register else {}),
            "redline": self._redline(),
            "left_alone": list(self.text.left_alone),
            "not_checked": [_both(said) for said in (*self.text.not_checked, *self.not_checked)],
        }

    def _compare(self) -> dict[str, Any]:
        found = self.comparison
        if found is None or self.new is None:
            return {"whole": "not_formalised", "facets": {}, "stories": {}, "bounded": False, "not_formalised": []}
        vocabulary = self.new.law.vocabulary
        sides = (("looser", found.looser_side), ("stricter", found.stricter_side))
        return {
            "whole": self.relation,
            "facets": {facet.name: facet.relation for facet in found.facets},
            "stories": {
                name: {"story": story_json(told.facts, vocabulary), "because": [*found.because.get(name, ())]}
                for name, told in sides
                if told.facts is not None
            },
            "bounded": found.bounded,
            "under": dict(self.relations),
            "sizes": [size.as_json() for size in self.sizes],
            "references_followed": self.followed.relation if self.followed else None,
            "not_formalised": [self.new.name(unit) for unit in self.new.unformalised],
        }

    def _life(self) -> dict[str, Any]:
        if self.life is None:
            return {"lost_steps": [], "undecided": [], "unreachable": [], "stuck": []}
        states = {"unreachable": self.life.unreachable, "stuck": self.life.stuck}
        return {
            "lost_steps": [step.id for step in self.life.steps],
            "undecided": [step.id for step in self.life.open],
            **{name: [f"{graph.id}.{state.id}" for graph, state in found] for name, found in states.items()},
        }

    def _moved(self, moved: Moved) -> dict[str, Any]:
        assert self.new is not None
        return {
            "position": moved.position,
            "effect": moved.effect,
            "act": moved.act or None,
            "cohort": {"from": format_iso(moved.cohort[0]), "to": format_iso(moved.cohort[1])},
            "first_hit": format_iso(moved.first),
            "norms": list(moved.norms),
            "story": story_json(moved.facts, self.new.law.vocabulary),
        }

    def _flips(self) -> dict[str, Any]:
        return {
            "scenarios": [
                {"file": flip.file, "officer": flip.officer, "title": {"en": flip.title.en, "ru": flip.title.ru},
                 "old": flip.old, "new": flip.new,
                 "norms": list(flip.norms), "transitional": flip.transitional}
                for flip in self.flips
            ],
            "theorems": [
                {"theorem": each.id, "says": {"en": each.says.en, "ru": each.says.ru}, "old": each.old,
                 "new": each.new, "how": each.how}
                for each in self.theorems
                if each.flipped
            ],
            "carried_over": [each.id for each in self.theorems if each.how == "carries_over"],
        }  # fmt: skip

    def _redline(self) -> list[dict[str, Any]]:
        return [
            {"unit": change.unit, "was": change.old_id or None, "status": change.status,
             "segments": [[segment.kind, segment.text] for segment in change.segments]}
            for change in self.text.redline
        ]  # fmt: skip


def unreadable(name: str, diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """The report on a package that could not be read at all."""
    return {
        "schema": SCHEMA,
        "package": name,
        "applicable": False,
        "verdict": "reject",
        "title": None,
        "in_force": None,
        "problems": [_problem(each) for each in diagnostics],
        **{key: [] for key in ("findings", "conflicts", "dangling", "dead", "transition", "redline", "left_alone")},
        "compare": {"whole": "not_formalised", "facets": {}, "stories": {}, "bounded": False, "not_formalised": []},
        "flips": {"scenarios": [], "theorems": [], "carried_over": []},
        "lifecycle": {"lost_steps": [], "undecided": [], "unreachable": [], "stuck": []},
        "not_checked": [_both(says("effect.unchecked-all"))],
    }


def _problem(each: Diagnostic) -> dict[str, Any]:
    found = as_json(each, "en")
    return {**found, "message": {"en": found["message"], "ru": as_json(each, "ru")["message"]}}


def _both(said: Says) -> dict[str, str]:
    return {lang: said.say(lang) for lang in ("en", "ru")}


__all__ = ["SCHEMA", "AmendReport", "unreadable"]
