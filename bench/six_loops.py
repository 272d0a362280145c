"""The six rules as loops over one officer's events, compiled by Numba: what no general engine is expected to reach."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

SUBMITTED, DECIDED, SENT, EXCLUDED, APPOINTED, WAIVED, PENALTY, LIFTED = range(8)


@njit(cache=False)
def judge(
    offsets: Any, event: Any, date: Any, flag: Any, ref: Any, as_of: int, first: int,
    three_years: Any, three_months: Any, one_year: Any, last_month: Any,
) -> Any:  # fmt: skip
    """For each rule and officer, whether it is broken."""
    officers = len(offsets) - 1
    broken = np.zeros((6, officers), dtype=np.bool_)
    for o in range(officers):
        lo, hi = offsets[o], offsets[o + 1]
        for i in range(lo, hi):
            kind, day = event[i], date[i]
            if kind == DECIDED and flag[i]:
                submitted, ended = False, as_of <= three_years[day - first]
                for k in range(lo, hi):
                    if event[k] == SUBMITTED and date[k] <= day:
                        submitted = True
                    elif event[k] == EXCLUDED and day <= date[k] and date[k] <= three_years[day - first]:
                        ended = True
                    elif event[k] == APPOINTED and day <= date[k] and date[k] < three_months[day - first]:
                        waived = False
                        for w in range(lo, hi):
                            if event[w] == WAIVED and day <= date[w] and date[w] <= date[k]:
                                waived = True
                        if not waived:
                            broken[3, o] = True
                if not submitted:
                    broken[0, o] = True
                if not ended:
                    broken[2, o] = True
            elif kind == SENT:
                if last_month[day - first]:
                    broken[1, o] = True
                for k in range(lo, hi):
                    if event[k] == PENALTY and date[k] <= day:
                        lifted = False
                        for w in range(lo, hi):
                            if event[w] == LIFTED and ref[w] == ref[k] and date[w] <= day:
                                lifted = True
                        if not lifted:
                            broken[5, o] = True
            elif kind == EXCLUDED and flag[i]:
                for k in range(lo, hi):
                    if event[k] == DECIDED and flag[k] and day < date[k]:
                        cooled = False
                        for w in range(lo, hi):
                            lifts = event[w] == LIFTED and ref[w] == ref[i] and day <= date[w]
                            if lifts and one_year[date[w] - first] <= date[k]:
                                cooled = True
                        if not cooled:
                            broken[4, o] = True
    return broken
