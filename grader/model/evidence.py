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


Evidence = EntriesEvidence | DistributionEvidence | MaskEvidence
