"""Notices and contradictions: what a record shows that is no breach of the Rules."""

from __future__ import annotations

from compliance.check.contested import Readings
from compliance.check.evidence import Witness
from compliance.check.judge import Judge
from compliance.check.setting import Setting
from compliance.verdict import NoticeFinding


def notices_of(setting: Setting, judge: Judge, readings: Readings, witness: Witness) -> tuple[NoticeFinding, ...]:
    """What is worth saying of the record, in the order of model/notices.yaml; only what certainly holds."""
    found: list[NoticeFinding] = []
    holds = judge.hold({notice.id: notice.typed for notice in setting.law.notices}, readings.default)
    for notice in setting.law.notices:
        if holds[notice.id] is False:
            found.extend(witness.notice(notice))
    return tuple(found)
