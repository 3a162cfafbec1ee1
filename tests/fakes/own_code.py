"""Code that nobody else has written."""

import random

OPERATORS = ("+", "-", "*", "/", "@", "//", "**", "%")


def written(seed: int, *, statements: int = 30) -> list[str]:
    """Make up somebody's own code: every statement differs in its operators and functions."""
    rng = random.Random(seed)  # noqa: S311 - nothing is secret

    def term() -> str:
        return rng.choice(["x", "keep", "3", f"np.{rng.choice(['exp', 'log', 'sum', 'mean', 'dot', 'ones'])}(x)"])

    return [
        f"    out = {term()} {rng.choice(OPERATORS)} {term()} {rng.choice(OPERATORS)} {term()}"
        for _ in range(statements)
    ]
