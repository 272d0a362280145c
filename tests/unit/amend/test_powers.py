"""Powers that nobody has any more."""

from __future__ import annotations

import pytest

from compliance.amend.effect.powers import powerless
from tests.unit.amend.test_effect import made


@pytest.mark.parametrize("text", ["пункт 19 исключить.", "главу 3 исключить."])
def test_nobody_excludes_any_more(text: str) -> None:
    (found,) = powerless(made(text))
    assert (found.code, found.weight) == ("DUTY_UNDISCHARGEABLE", "reject")
    assert found.units == ("p19",)
    assert "decision on exclusion" in found.message.say("en")


@pytest.mark.parametrize(
    "text",
    ["пункт 13 исключить.", "часть третью пункта 8 исключить.", "пункт 20 исключить.",
     "часть первую пункта 5 исключить.", "часть первую пункта 12 исключить.",
     ('в пункте 19 слова "Руководителем Администрации Президента Республики Казахстан" заменить словами "Секретарем '
      'Совета Безопасности Республики Казахстан";')],
)  # fmt: skip
def test_a_power_that_stays_or_a_duty_that_goes_is_no_loss(text: str) -> None:
    assert not [*powerless(made(text))]
