"""`python -m grader`, and the command `grade`."""

import os
import sys

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Run the command line and leave with its exit code."""
    for variable in _THREADS:
        # Before numpy is loaded: its arrays are small here, threads would only wait for each other.
        os.environ.setdefault(variable, "1")
    from grader.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
