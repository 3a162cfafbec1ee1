"""The rlimits layer: bounds that the kernel keeps, as far as the system has them."""

import sys
from types import ModuleType

# Loaded here, in the zygote: loading it in each worker takes longer than the rest of the lock-down.
resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

MAX_OPEN_FILES = 64
MAX_PROCESSES = 64


def restrict(memory_bytes: int, cpu_seconds: int) -> str:
    """Bound memory above what is used now, CPU time, files and processes. Returns `on`, or what is not bounded."""
    if resource is None:
        return "off: this system has none"
    wanted = {
        "CPU": (cpu_seconds, cpu_seconds + 1),
        "FSIZE": (0, 0),
        "NOFILE": (MAX_OPEN_FILES, MAX_OPEN_FILES),
        "CORE": (0, 0),
        "NPROC": (MAX_PROCESSES, MAX_PROCESSES),
        "MEMLOCK": (0, 0),
    }
    if sys.platform == "linux":
        # macOS takes this limit and does not keep it.
        limit = _address_space_bytes(resource.getpagesize()) + memory_bytes
        wanted["AS"] = (limit, limit)
    missing = [] if "AS" in wanted else ["memory"]
    for name, (soft, hard) in wanted.items():
        try:
            kind = getattr(resource, f"RLIMIT_{name}")
            highest = resource.getrlimit(kind)[1]
            if highest != resource.RLIM_INFINITY:
                soft, hard = min(soft, highest), min(hard, highest)
            resource.setrlimit(kind, (soft, hard))
        except (AttributeError, ValueError, OSError):
            missing.append(name.lower())
    return "on" if not missing else f"on, without a limit for {', '.join(missing)}"


def _address_space_bytes(page_bytes: int) -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123 - pathlib is not loaded here
        return int(file.read().split()[0]) * page_bytes
