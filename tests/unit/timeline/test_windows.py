"""Versions of the law in time: the day of entry into force, and who needs to know it."""

from __future__ import annotations

import pytest

from compliance.calendar.days import NEVER, day
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import Days, Timeline
from compliance.timeline.windows import entry_into_force, place_in_time
from tests.unit.timeline.records import HEAD, case


class TestWindow:
    WINDOW = Days(((day(2025, 5, 4), day(2025, 6, 3)),))

    def timeline(self, dates: list[str], lexicon: Lexicon) -> Timeline:
        events = "".join(f"  - {{type: dismissal, date: {date}}}\n" for date in dates)
        return case(f"{HEAD}events:\n{events}", lexicon).timeline

    def test_the_publication_decides_the_entry_into_force(self) -> None:
        published = Days(((day(2025, 4, 23), day(2025, 5, 23)),))
        assert entry_into_force(published, 11) == self.WINDOW
        assert entry_into_force(day(2025, 5, 20), 11) == day(2025, 5, 31)

    @pytest.mark.parametrize("dates", [["2025-06-02"], ["2025-06-02/2025-07-01", "2026-01-01"], ["2020-01-01"]])
    def test_an_early_event_leaves_the_day_open(self, dates: list[str], lexicon: Lexicon) -> None:
        placed = place_in_time(self.timeline(dates, lexicon), self.WINDOW, undated=("qualification_assessment",))
        assert placed.in_force == self.WINDOW
        assert "in_force" in placed.unknowns()

    @pytest.mark.parametrize("dates", [["2025-06-03"], ["2026-XX-XX"], []])
    def test_without_an_early_event_the_last_day_stands_for_it(self, dates: list[str], lexicon: Lexicon) -> None:
        timeline = self.timeline([*dates, "2026-12-01"], lexicon)
        placed = place_in_time(timeline, self.WINDOW, day(2030, 1, 1), undated=("qualification_assessment",))
        assert (placed.in_force, placed.replaced) == (day(2025, 6, 3), day(2030, 1, 1))

    def test_acts_that_may_be_missing_count(self, lexicon: Lexicon) -> None:
        timeline = self.timeline(["2026-12-01"], lexicon)
        assert place_in_time(timeline, self.WINDOW).in_force == self.WINDOW

    def test_a_known_day_is_kept(self, lexicon: Lexicon) -> None:
        assert place_in_time(self.timeline(["2025-01-01"], lexicon), day(2025, 5, 31)).in_force == day(2025, 5, 31)

    def test_a_fixed_version_holds_at_all_times(self, lexicon: Lexicon) -> None:
        text = HEAD + "events:\n  - {type: dismissal, date: 2025-05-20}\n"
        fixed = case("law: 2025\n" + text, lexicon).in_window(self.WINDOW, day(2030, 1, 1)).timeline
        free = case(text, lexicon).in_window(self.WINDOW, day(2030, 1, 1)).timeline
        assert (fixed.in_force, fixed.replaced) == (1, NEVER)
        assert (free.in_force, free.replaced) == (self.WINDOW, day(2030, 1, 1))
