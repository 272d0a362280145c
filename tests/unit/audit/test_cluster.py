"""The judge of a cluster's workers: on a stand-in for Spark's frames, and on Spark itself where it is installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
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


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A session of Spark on this machine; it needs the extra `spark` and a Java."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java, and there is none")
    sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")
    pytest.importorskip("pandas", reason="the extra `spark` is not installed")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3", "spark.driver.host": "127.0.0.1"}
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_on_spark_itself_over_a_partitioned_register(
    spark: Any, tmp_path: Path, generated: tuple[list[Row], Any], whole: tuple[Path, Any, list[Line]]
) -> None:
    events, posts = divided(generated[0])
    names = list(dict.fromkeys(name for row in events for name in row))
    for at in range(3):  # the events of one officer lie in different files
        mine = events[at::3]
        table = pa.table({name: pa.array([row.get(name) for row in mine], pa.string()) for name in names})
        pq.write_table(table, tmp_path / f"part-{at}.parquet")
    frame = spark.read.parquet(str(tmp_path))
    found = verdicts(frame, as_of=whole[1]["as_of"], positions=posts, partitions=3).collect()
    told = sorted((line["officer"], line["unit"], line["verdict"], bool(line["depends_on"])) for line in whole[2])
    assert sorted((row.officer, row.unit, row.verdict, row.depends_on is not None) for row in found) == told
