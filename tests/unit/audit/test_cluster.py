"""The judge of a cluster's workers: on a stand-in for Spark's frames, and on Spark itself where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import frozen

from compliance.audit.cluster import verdicts
from tests.unit.audit.conftest import Line, Row


@frozen(eq=False)
class Frame:
    """Two partitions, officers whole in each, batches cut through them."""

    rows: list[Row]

    def repartition(self, *by: Any) -> Frame:
        assert by[-1] == "officer_id"
        return self

    def mapInArrow(self, work: Callable[[Iterator[Any]], Iterator[Any]], schema: str) -> list[dict[str, Any]]:  # noqa: N802
        assert schema.startswith("officer string")
        names = list(dict.fromkeys(name for row in self.rows for name in row))
        found = []
        for part in (0, 1):
            mine = [row for row in self.rows if int(row["officer_id"][2:]) % 2 == part]
            table = pa.table({name: pa.array([row.get(name) for row in mine], pa.string()) for name in names})
            found += [each for batch in work(iter(table.to_batches(max_chunksize=7))) for each in batch.to_pylist()]
        return found


def divided(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of officers, and the posts without what makes them rows of a register."""
    posts = [{name: value for name, value in row.items() if name != "event"} for row in rows if "officer_id" not in row]
    return [row for row in rows if "officer_id" in row], posts


def test_workers_say_what_one_machine_says(
    generated: tuple[list[Row], Any], whole: tuple[Path, dict[str, Any], list[Line]]
) -> None:
    events, posts = divided(generated[0])
    found = verdicts(Frame(events), as_of=whole[1]["as_of"], positions=posts)
    said = sorted((line["officer"], line["unit"], line["verdict"]) for line in found)
    assert said == sorted((line["officer"], line["unit"], line["verdict"]) for line in whole[2])


def test_on_spark_itself(generated: tuple[list[Row], Any], whole: tuple[Path, Any, list[Line]]) -> None:
    sql = pytest.importorskip("pyspark.sql")
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    events, posts = divided(generated[0])
    names = list(dict.fromkeys(name for row in events for name in row))
    schema = ", ".join(f"`{name}` string" for name in names)
    frame = spark.createDataFrame([[row.get(name) for name in names] for row in events], schema)
    found = verdicts(frame, as_of=whole[1]["as_of"], positions=posts, partitions=3).collect()
    told = sorted((line["officer"], line["unit"]) for line in whole[2])
    assert sorted((row.officer, row.unit) for row in found) == told
    spark.stop()
