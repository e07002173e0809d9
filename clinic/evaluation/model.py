"""What an evaluation finds: outcomes, rates with their intervals, a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from .transcript import Exchange


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check of one line: `why` is empty when it passed.

    `group` is the style, kind, flag or turn the line is counted under. `words` is the length of the answers
    given, None without one.
    """

    measure: str
    id: str
    group: str
    passed: bool
    why: str = ""
    exchanges: tuple[Exchange, ...] = ()
    words: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a proportion, both ends between 0 and 1."""

    low: float
    high: float


def wilson(successes: int, total: int, z: float = 1.959964) -> Interval:
    """The Wilson score interval, 95% by default; 0 to 1 when nothing was counted.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212; recommended for small samples by
    L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial proportion",
    Statistical Science 16 (2001), 101-133. Raises ValueError unless 0 <= successes <= total.
    """
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} successes out of {total}")
    if total == 0:
        return Interval(0.0, 1.0)
    share, shrink = successes / total, 1 + z * z / total
    centre = (share + z * z / (2 * total)) / shrink
    margin = z / shrink * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return Interval(max(0.0, centre - margin), min(1.0, centre + margin))


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group passed."""

    group: str
    passed: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 when nothing was counted."""
        return self.passed / self.total if self.total else 0.0

    @property
    def interval(self) -> Interval:
        """The Wilson 95% interval."""
        return wilson(self.passed, self.total)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named measure: all its lines, and the same by group."""

    name: str
    total: Rate
    groups: tuple[Rate, ...]
    median_words: float | None


@dataclass(frozen=True, slots=True)
class IntentScore:
    """First guesses against labels: `confusion` counts (label, guess); `not_trusted` counts fallbacks."""

    right: Rate
    macro_f1: float
    confusion: Mapping[tuple[str, str], int]
    not_trusted: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Answering at `threshold` or surer: the share of answerable questions answered, of answers right."""

    threshold: float
    coverage: float
    precision: float


@dataclass(frozen=True, slots=True)
class Report:
    """One run: when (ISO time), against what address, and all that was found."""

    at: str
    base_url: str
    folder: str
    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    intents: IntentScore | None
    curve: tuple[CurvePoint, ...]

    @property
    def misses(self) -> tuple[Outcome, ...]:
        """Every check that did not pass, in the order asked."""
        return tuple(o for o in self.outcomes if not o.passed)
