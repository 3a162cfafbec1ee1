"""How a worker locks itself in: the layers in their order, and a report of each."""

import os
import signal
import sys

import numpy as np

from grader.worker import rlimits
from grader.worker.settings import Layer, WorkerSettings

if sys.platform == "linux":
    from grader.worker import landlock, privileges, probes, seccomp
    from grader.worker.kernel import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl

_OFF = "off: left out"


def lock_in(settings: WorkerSettings) -> dict[str, str]:
    """Put every layer on this process, try the lock, and return each protection: `on`, or why it is not."""
    report = dict.fromkeys((*Layer, "probes"), _OFF)
    if Layer.RLIMITS in settings.layers:
        report[Layer.RLIMITS] = rlimits.restrict(settings.memory_bytes, settings.cpu_seconds)
    if sys.platform == "linux":
        _lock_in_linux(settings, report)
    else:
        for layer in (Layer.PRIVILEGES, Layer.LANDLOCK, Layer.SECCOMP, "probes"):
            report[layer] = "off: only on Linux"
    return report


def _lock_in_linux(settings: WorkerSettings, report: dict[str, str]) -> None:
    if Layer.PRIVILEGES in settings.layers:
        report[Layer.PRIVILEGES] = privileges.drop((os.__file__, np.__file__, sys.executable))
    # To die with the zygote; changing the user clears it, so it comes after.
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_DUMPABLE, 0)
    if Layer.LANDLOCK in settings.layers:
        report[Layer.LANDLOCK] = landlock.restrict(settings.readable, settings.landlock_version)
    if Layer.SECCOMP in settings.layers:
        # Without Landlock nothing stands between the code and the files but a filter that knows no paths.
        opens = report[Layer.LANDLOCK].startswith("on")
        report[Layer.SECCOMP] = seccomp.restrict(opens=opens)
    if {Layer.LANDLOCK, Layer.SECCOMP} & set(settings.layers):
        report["probes"] = probes.probe(settings.forbidden)
