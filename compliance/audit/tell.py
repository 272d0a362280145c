"""What columns cannot say: some findings are judged again and explained by the evaluator, or settled by the solver."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from compliance.audit.choose import Choice, Place
from compliance.audit.explain import Explainer
from compliance.audit.lines import Line
from compliance.audit.settle import Settler
from compliance.bulk.forks import fork_map

if TYPE_CHECKING:
    from compliance.audit.run import Audit
    from compliance.bulk.registers.lines import Phrases

SHARE: Final = 48
"""Officers are explained and settled in portions of about so many."""
AT_ONCE: Final = 20_000
"""The events of about so many officers are in memory at once."""

Told = tuple[Place, Line]


@frozen
class Task:
    """One officer with the findings that are to be judged again, explained or settled."""

    officer: str
    explain: tuple[tuple[Place, Line], ...]
    verify: tuple[tuple[Place, Line], ...]
    settle: tuple[tuple[Place, Line], ...]


@define(eq=False)
class Teller:
    """Goes through the parts once more for the officers that were chosen."""

    audit: Audit
    choice: Choice
    phrases: Phrases
    counts: Counter[str] = field(factory=Counter)

    def tell(self) -> Mapping[str, int]:
        """Writes what is told of each part beside its findings; how many were explained, verified and settled."""
        for old in [*self.audit.work.glob("told-*.jsonl"), *self.audit.work.glob("story-*.arrow")]:
            old.unlink()
        waiting: list[int] = []
        size = 0
        for part in sorted({*self.choice.officers, *self.choice.told}):
            waiting.append(part)
            size += len(self.choice.officers.get(part, set()) | self.choice.told.get(part, set()))
            if size >= AT_ONCE:
                self.group(waiting)
                waiting, size = [], 0
        if waiting:
            self.group(waiting)
        return {"explained": self.counts["explained"], "verified": self.counts["verified"],
                "open_pairs": self.choice.open_pairs, "settled": self.counts["settled"]}  # fmt: skip

    def group(self, parts: Sequence[int]) -> None:
        from compliance.bulk.registers.block import gathered
        from compliance.bulk.registers.quarantine import Quarantine
        from compliance.bulk.registers.story import keep_stories

        blocks = []
        for part in parts:
            wanted = frozenset(self.choice.officers.get(part, set()) | self.choice.told.get(part, set()))
            block = self.audit.register.block(part, self.audit.as_of, Quarantine(), wanted)
            keep_stories(block, self.choice.told.get(part, set()), self.audit.work / f"story-{part:05d}.arrow")
            blocks.append(block)
        tasks = [task for part in parts for task in self.tasks(part)]
        if not tasks:
            return
        block = gathered(blocks, frozenset(task.officer for task in tasks))
        packed = self.audit.engine.pack(block)
        number = {name: at for at, name in enumerate(packed.ids)}
        rows = block.events.column("row").to_numpy()
        setting, readings, as_of = self.audit.setting, self.audit.engine.readings, self.audit.as_of
        explainer = Explainer(setting, readings, self.audit.path.name, as_of, self.audit.options.vary)
        settler = Settler(setting, readings, as_of)

        def work(portion: Sequence[Task]) -> list[Told]:
            told: list[Told] = []
            for task in portion:
                told += done(task, packed, number[task.officer], rows, explainer, settler)
            return told

        told = [each for share in fork_map(work, portions(tasks), self.audit.options.workers) for each in share]
        for task in tasks:
            self.counts["explained"] += len(task.explain)
            self.counts["verified"] += len(task.explain) + len(task.verify)
            self.counts["settled"] += len(task.settle)
        self.write(told)

    def tasks(self, part: int) -> Iterator[Task]:
        """The officers of a part of whom something is to be said, in their order."""
        from compliance.bulk.registers.findings import kept
        from compliance.bulk.registers.lines import Lines

        if not self.choice.officers.get(part):
            return
        lines = Lines(kept(self.audit.found(part)), self.phrases)
        by_officer: dict[str, tuple[list[Told], list[Told], list[Told]]] = {}
        for at, officer in enumerate(lines.columns["officer"]):
            place, choice = (part, at), self.choice
            asked = (place in choice.explained, place in choice.verified - choice.explained, place in choice.settled)
            for kind, wanted in enumerate(asked):
                if wanted:
                    found = by_officer.setdefault(officer, ([], [], []))
                    found[kind].append((place, json.loads(lines.text(at))))
        for officer, (explain, verify, settle) in sorted(by_officer.items()):
            yield Task(officer, tuple(explain), tuple(verify), tuple(settle))

    def write(self, told: Sequence[Told]) -> None:
        by_part: dict[int, list[str]] = {}
        for (part, at), line in told:
            said = json.dumps({"at": at, "line": line}, ensure_ascii=False)
            by_part.setdefault(part, []).append(said + "\n")
        for part, lines in by_part.items():
            path = self.audit.work / f"told-{part:05d}.jsonl"
            path.write_text("".join(lines), encoding="utf-8")


def done(task: Task, packed: Any, officer: int, rows: Any, explainer: Explainer, settler: Settler) -> list[Told]:
    """What is told of one officer; raises where the evaluator disagrees."""
    told: list[Told] = []
    if task.explain or task.verify:
        whole = explainer.record(packed, officer, rows)
        told += [(place, whole.explained(line)) for place, line in task.explain]
        for _, line in task.verify:
            whole.verify(line)
    if task.settle:
        lines = settler.settle(packed, officer, [line for _, line in task.settle], rows)
        told += [(place, line) for (place, _), line in zip(task.settle, lines, strict=True)]
    return told


def told_of(work: Path, part: int) -> dict[int, Line]:
    """What was told of the findings of a part, by place."""
    path = work / f"told-{part:05d}.jsonl"
    if not path.exists():
        return {}
    with open(path, encoding="utf-8") as stream:
        return {each["at"]: each["line"] for each in map(json.loads, stream)}


def portions(items: Sequence[Any]) -> list[list[Any]]:
    """The items in portions that can be worked on apart."""
    return [list(items[at : at + SHARE]) for at in range(0, len(items), SHARE)]
