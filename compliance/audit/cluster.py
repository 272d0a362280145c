"""Audits on a cluster: what each worker needs to judge a partition of a register in long form.

from compliance.audit.cluster import verdicts
posts = [{"position": "deputy", "listed": "true", "first_head": "false", "higher": "true"}]
verdicts(spark.read.parquet("register/"), as_of="2026-12-31", positions=posts).write.parquet("verdicts/")
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from compliance.audit.engine import Engine, setting_of
from compliance.audit.options import AuditOptions
from compliance.calendar.days import parse_iso

Posts = tuple[tuple[tuple[str, str], ...], ...]


def verdicts(
    frame: Any, *, as_of: str, positions: Iterable[Mapping[str, str]] = (), readings: Mapping[str, str] | None = None,
    partitions: int | None = None,
) -> Any:  # fmt: skip
    """The verdicts on a frame of Spark in long form, as a frame of Spark.

    `as_of` must be given, and so must the posts: no worker sees the whole register. What is not known of a post stays
    open. Pairs that stay open are `undetermined`: the solver does not run on the workers.
    """
    from compliance.bulk.spark import judged

    posts = tuple(tuple(post.items()) for post in positions)
    return judged(frame, partial(judge_of, as_of, tuple((readings or {}).items()), posts), partitions)


def judge_of(as_of: str, readings: tuple[tuple[str, str], ...], posts: Posts) -> Any:
    """The judge of one worker."""
    options = AuditOptions(readings=dict(readings), as_of=as_of, workers=1)
    engine = Engine(setting_of(options), options, parse_iso(as_of))
    return partial(judge_table, engine, posts)


def judge_table(engine: Engine, posts: Posts, table: Any) -> Iterator[dict[str, Any]]:
    """The verdicts on one table of whole officers; an officer with a row that cannot be read is undetermined."""
    from compliance.audit.part import judge_block
    from compliance.bulk.registers.findings import STATUS
    from compliance.bulk.registers.quarantine import Quarantine
    from compliance.bulk.registers.whole import block_of

    aside = Quarantine()
    block = block_of(table, posts, engine.setting.law.vocabulary, engine.as_of, aside)
    found, _ = judge_block(engine, "", block, aside)
    for row in found.to_pylist():
        put_aside = json.loads(row["aside"]) if row["aside"] else ()
        yield {
            "officer": row["officer"],
            "unit": row["unit"],
            "norm": row["norm"],
            "verdict": STATUS[row["code"]],
            "depends_on": row["turns"],
            "rows": [each["row"] for each in row["because"]] + [each["row"] for each in put_aside],
        }
