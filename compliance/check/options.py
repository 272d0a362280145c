"""What a caller can choose about a check."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class CheckOptions:
    """`readings` fixes values; `published` is the day of first official publication, `as_of` overrides the files'
    (both ISO days); `law` fixes a version; `repair` is whether the smallest repairs are looked for."""

    readings: Mapping[str, str] = field(factory=dict)
    published: str | None = None
    law: str | None = None
    as_of: str | None = None
    repair: bool = True
