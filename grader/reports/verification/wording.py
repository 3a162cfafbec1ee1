"""What the reports of a proof say, in one place: every sentence that more than one format prints."""

from grader.model.verification import ProvenMisconception, Verification
from grader.model.wording import counted
from grader.reports.verification.matrix import CheckProof, Counts, Mark

SOUND = "sound"
NOT_SOUND = "not sound"

MARK_SYMBOLS = {Mark.CATCHES: "●", Mark.FAILS: "○", Mark.MISSES: "✗", Mark.PASSES: "·"}
MARK_MEANINGS = {
    Mark.CATCHES: "fails, as declared",
    Mark.FAILS: "fails too",
    Mark.MISSES: "is to fail, and passes at some seed",
    Mark.PASSES: "passes",
}

ALWAYS, BY_OUTPUTS, SAME_DRAWS, UNNAMED = "always", "by outputs", "same draws", "no"
NAMING_MEANINGS = {
    ALWAYS: "named by its outputs, and by the set of failed checks alone",
    BY_OUTPUTS: "named by its outputs",
    SAME_DRAWS: "named when the student's function draws its numbers in the same way",
    UNNAMED: "caught, and not named",
}


def verdict(verification: Verification) -> str:
    """Return `sound` or `not sound`."""
    return SOUND if verification.sound else NOT_SOUND


def headline(verification: Verification) -> str:
    """Say in one sentence what came out."""
    if verification.sound:
        return "Nothing is missing: right solutions keep their points, known mistakes lose some, at every seed."
    return f"{counted(len(verification.problems), 'thing')} to mend before students see it."


def proven(verification: Verification, counts: Counts) -> tuple[str, ...]:
    """Say what a sound proof shows, a sentence each."""
    return (
        "the reference earns all points and the stubs none, locked in as a student's work is",
        f"{counted(len(verification.alternatives), 'alternative')} keep every point",
        f"functions that do nothing of use earn none ({', '.join(verification.trivial)})",
        f"{counted(counts.misconceptions, 'misconception')} lose points, each at the checks that are to catch it",
        f"{counted(len(verification.checks), 'check')}, and each that scores catches a misconception",
        f"the verdicts are the same at {seeds(verification)}",
    )


def ran(verification: Verification, counts: Counts) -> str:
    """Say what was run, without saying that it went well."""
    return (
        f"{counted(len(verification.checks), 'check')}, {counted(counts.misconceptions, 'misconception')}, "
        f"{counted(len(verification.alternatives), 'alternative')}, {seeds(verification)}"
    )


def seeds(verification: Verification) -> str:
    """Say which seeds were tried, e.g. `20 seeds (20 to 39)`."""
    first, last = verification.seeds[0], verification.seeds[-1]
    return f"{counted(len(verification.seeds), 'seed')} ({first}{f' to {last}' if last != first else ''})"


def naming(counts: Counts) -> str:
    """Say how many misconceptions are named to a student."""
    if not counts.misconceptions:
        return "there is no misconception to name"
    named = f"{counts.named} of {counts.misconceptions} misconceptions are named by their outputs"
    return f"{named} ({share(counts.named, counts.misconceptions)})"


def naming_by_checks(counts: Counts) -> str:
    """Say how many keep their name when outputs cannot be compared."""
    text = f"{counts.named_by_checks} of {counts.misconceptions} are named by their failed checks alone"
    if not counts.random:
        return text
    return (
        f"{text}, and {counts.random_named_by_checks} of the {counts.random} that are given a generator, "
        "where another way of drawing gives other outputs"
    )


def unnamed(verification: Verification) -> tuple[str, ...]:
    """Return the ids of the misconceptions that are caught and not named."""
    return tuple(each.misconception.id for each in verification.misconceptions if not each.named)


def naming_cell(proven: ProvenMisconception) -> str:
    """Say in two words how a misconception is named."""
    return f"✓ {_how_named(proven)}" if proven.named else UNNAMED


def caught_line(proof: CheckProof) -> str:
    """Say what a check is good for, e.g. `catches 7, 2 of them alone`."""
    if not proof.caught:
        return "catches none"
    return f"catches {len(proof.caught)}" + (f", {len(proof.alone)} alone" if proof.alone else "")


def milliseconds(seconds: float) -> str:
    """Return a time, e.g. `3.1 ms`."""
    return f"{1000 * seconds:.1f} ms"


def share(part: int, whole: int) -> str:
    """Return a percentage that is never rounded up to all of it."""
    return f"{100 * part // whole} %"


def _how_named(proven: ProvenMisconception) -> str:
    if proven.named_by_checks:
        return ALWAYS
    return SAME_DRAWS if proven.random else BY_OUTPUTS
