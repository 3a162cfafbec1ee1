"""What a failed check can show as a picture: plain numbers, bounded in size."""

from dataclasses import dataclass
from typing import Literal

MAX_CELLS = 2500
"""No evidence holds more entries than this; a larger array is cut, and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesEvidence:
    """A parameter or an output, entry by entry: where got and expected disagree."""

    kind: Literal["entries"] = "entries"
    name: str
    """E.g. `dW2`."""
    shape: tuple[int, ...]
    """Of the whole array."""
    rows: int
    columns: int
    """Of the part shown: axes before the last are folded into rows."""
    expected: tuple[float, ...]
    """Row by row; `rows * columns` numbers."""
    got: tuple[float | None, ...]
    """None stands for a value that is not finite."""
    differs: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionEvidence:
    """A sample against the law it should follow."""

    kind: Literal["distribution"] = "distribution"
    name: str
    law: str
    """E.g. `normal, standard deviation 0.05`."""
    edges: tuple[float, ...]
    """Histogram bins."""
    density: tuple[float, ...]
    """Of the sample, one number per bin."""
    curve_x: tuple[float, ...]
    curve_density: tuple[float, ...]
    """Of the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskEvidence:
    """A pattern of kept and dropped entries."""

    kind: Literal["mask"] = "mask"
    name: str
    rows: int
    columns: int
    kept: tuple[bool, ...]
    """Row by row; `rows * columns` flags."""
    kept_share: float
    """Of the whole mask."""
    expected_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a curve."""

    name: str
    values: tuple[float | None, ...]
    """One number for each step; None stands for a value that is not finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveEvidence:
    """How numbers changed step by step, e.g. the loss in the course of a training."""

    kind: Literal["curve"] = "curve"
    name: str
    steps: tuple[int, ...]
    """Which steps are shown: those in between are left out of a long curve."""
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsEvidence:
    """Which class a model sees where in the plane, and points whose class is known."""

    kind: Literal["regions"] = "regions"
    name: str
    rows: int
    columns: int
    """Of a grid over the plane, the first row at the top."""
    classes: tuple[int, ...]
    """Row by row; `rows * columns` class numbers from 0."""
    point_rows: tuple[float, ...]
    point_columns: tuple[float, ...]
    """Where the points lie, in cells of the grid."""
    point_classes: tuple[int, ...]


Evidence = EntriesEvidence | DistributionEvidence | MaskEvidence | CurveEvidence | RegionsEvidence
EVIDENCE_KINDS: dict[str, type[Evidence]] = {
    "entries": EntriesEvidence,
    "distribution": DistributionEvidence,
    "mask": MaskEvidence,
    "curve": CurveEvidence,
    "regions": RegionsEvidence,
}
"""To read evidence back from plain data."""
