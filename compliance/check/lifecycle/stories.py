"""The stories of a verification as scenario files, each with its step as its title and its verdict as expectation."""

from __future__ import annotations

from attrs import evolve

from compliance.check.case import check_case
from compliance.check.lifecycle.verify import Fewest, Finding, Missing, Taken, Verification
from compliance.check.open import open_setting
from compliance.check.options import CheckOptions
from compliance.check.setting import Setting
from compliance.law.model import Law
from compliance.norm.vocabulary import Words
from compliance.smt.query import Story
from compliance.timeline.expectation import Expectation
from compliance.timeline.story import case_of
from compliance.timeline.write import write_case


def story_files(law: Law, verification: Verification) -> dict[str, str]:
    """The texts by file name: one a step, one for each wait of more than a day, one for each step that is missing."""
    setting = open_setting(CheckOptions(verification.fixed, repair=False), law)
    files: dict[str, str] = {}
    for finding in verification.findings:
        named = _name(finding)
        if named is not None and isinstance(finding.found, Story):
            name, title = named
            files[f"{name}.yaml"] = _text(setting, finding.found, title, verification)
    return files


def _name(finding: Finding) -> tuple[str, Words] | None:
    """The file's name and the story's title; nothing where the story is none that people read."""
    match finding:
        case Taken(step=step):
            words = step.transition.words
            return step.id, words
        case Fewest(step=step, days=days) if days is not None and days > 1:
            words = step.transition.words
            return f"{step.id}.fewest", Words(f"{words.en}, after {days} days", f"{words.ru}, через {days} дн.")
        case Missing(graph=graph, state=state, event=event):
            name = f"missing.{graph}.{state}.{event}"
            return name, Words(f"a step that the graph lacks: {event}", f"шаг, которого нет в графе: {event}")
        case _:
            return None


def _text(setting: Setting, story: Story, title: Words, verification: Verification) -> str:
    """The story under its version of the law, with the verdict that a check gives it."""
    case = case_of(story.facts, setting.law.vocabulary)
    case = evolve(case, law=setting.law.version.id, readings=dict(verification.fixed))
    verdict = check_case(setting, case).verdict
    return write_case(evolve(case, expect=Expectation(verdict=verdict)), title)
