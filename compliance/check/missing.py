"""Which facts would decide what a record leaves open."""

from __future__ import annotations

from compliance.check.contested import Readings
from compliance.check.judge import OpenJudge
from compliance.check.setting import Setting
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.verdict import Missing


def missing_facts(setting: Setting, case: Case, judge: OpenJudge, readings: Readings) -> tuple[Missing, ...]:
    """The smallest set of facts whose knowledge would decide every unit that is open under the default readings."""
    raise NotImplementedError
