"""What a student reads when a function gave no value to compare."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course.look_alikes import foreign_letters
from grader.course.names import nearest
from grader.model.assignment import Check, Question
from grader.model.result import Outcome, Traceback
from grader.model.submission import UnreadableModule
from grader.sandbox.faults import CrashCause, Crashed, Missing, NotLoaded, Raised, Rejected, StudentFault, TimedOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a check ended, in words."""

    outcome: Outcome
    message: str = ""
    hint: str = ""
    traceback: Traceback | None = None


def explain_fault(fault: StudentFault, question: Question, parameters: Sequence[str]) -> Explanation:
    """Return the outcome and the words for a fault of the student's function.

    `parameters` are those of the reference, as written.
    """
    match fault:
        case Raised(type_names=("NotImplementedError", *_)):
            return Explanation(outcome=Outcome.NOT_ATTEMPTED)
        case Raised():
            return _raised(fault, question, parameters)
        case Missing():
            return _missing(fault, question)
        case NotLoaded():
            return _not_loaded(fault, question)
        case Rejected():
            return Explanation(
                outcome=Outcome.REJECTED,
                message=f"{question.id} {fault}; plain numbers, texts, lists, dicts and numpy arrays can be compared",
                hint="Convert the result to a plain numpy array or number before you return it.",
            )
        case TimedOut():
            return Explanation(
                outcome=Outcome.TIMED_OUT,
                message=f"{question.id} {fault}, and was stopped",
                hint=_TIME_HINT,
            )
        case Crashed():
            return Explanation(
                outcome=Outcome.CRASHED, message=f"{question.id}: {fault}", hint=_CRASH_HINTS.get(fault.cause, "")
            )
    raise TypeError(f"no words for a {type(fault).__name__}")


def explain_blocked(blocker: Question, reason: str) -> Explanation:
    """Return the words for a check that could not say anything because another question stood in its way."""
    stopped = f"which stopped it: {reason}" if reason else "which is not written yet"
    return Explanation(
        outcome=Outcome.SKIPPED,
        message=f"not graded: this check first calls {blocker.id}, {stopped}",
        hint=f"Look at {blocker.id} first.",
    )


def explain_unreadable(module: UnreadableModule) -> Explanation:
    """Return the words for a module that is missing or is no text."""
    hint = f"{module.hint[:1].upper()}{module.hint[1:]}."
    return Explanation(outcome=Outcome.ERRORED, message=module.message, hint=hint)


def explain_time_used(question: Question) -> Explanation:
    """Return the words for a check that was not run, because the question's earlier ones used up their time."""
    return Explanation(
        outcome=Outcome.TIMED_OUT,
        message=f"not run: {question.id} gave no answer in time in the checks before this one",
        hint=_TIME_HINT,
    )


def explain_time_up() -> Explanation:
    """Return the words for a check that was not run, because all earlier ones together took too long."""
    return Explanation(
        outcome=Outcome.TIMED_OUT,
        message="not run: the checks before this one used up the time for the whole submission",
        hint=_TIME_HINT,
    )


def explain_stumble(check: Check, error: str) -> Explanation:
    """Return the words for a check that handles the reference's answer, but not what the student returned."""
    return Explanation(
        outcome=Outcome.FAILED,
        message=f"the check could not work with what {check.question} returned ({error})",
        hint="Compare the kind, the shape and the keys of what you return with the handout.",
    )


def _raised(fault: Raised, question: Question, parameters: Sequence[str]) -> Explanation:
    if not fault.frames and fault.type_names[0] == "TypeError":
        return Explanation(
            outcome=Outcome.ERRORED,
            message=f"{question.id} could not be called as {question.id}({', '.join(parameters)}): {fault.message}",
            hint="Keep the def line as it was in the stub: the same parameters, in the same order.",
        )
    where = fault.frames[-1] if fault.frames else None
    place = f" in line {where.line} of {where.filename}" if where else ""
    return Explanation(
        outcome=Outcome.ERRORED,
        message=f"{question.id} raised {fault.type_names[0]}{place}: {fault.message}".rstrip(": "),
        hint=_ERROR_HINTS.get(fault.type_names[0], ""),
        traceback=Traceback(error=str(fault), frames=fault.frames),
    )


def _missing(fault: Missing, question: Question) -> Explanation:
    near = nearest(question.id, fault.defined)
    if near and (letters := foreign_letters(near, question.id)):
        hint = f"Did you mean {near}? It looks the same and has another letter ({', '.join(letters)}): type it again."
    elif near:
        hint = f"Did you mean {near}? The grader looks for the name {question.id}."
    elif fault.defined:
        hint = f"{fault.module}.py defines {', '.join(fault.defined[:8])}. Add {question.id}, as in the stub."
    else:
        hint = f"Start from the stub of {fault.module}.py, which has the def line."
    return Explanation(outcome=Outcome.ERRORED, message=str(fault), hint=hint)


def _not_loaded(fault: NotLoaded, question: Question) -> Explanation:
    cause = explain_fault(fault.cause, question, ())
    return Explanation(
        outcome=Outcome.ERRORED if cause.outcome is Outcome.NOT_ATTEMPTED else cause.outcome,
        message=str(fault),
        hint=_LOAD_HINTS.get(cause.outcome, cause.hint),
        traceback=cause.traceback,
    )


_TIME_HINT = "Look for a loop whose condition never changes, or one that runs over every entry many times."

_LOAD_HINTS = {
    Outcome.TIMED_OUT: "Something at the top level of the file does not end. Keep only imports and definitions there.",
    Outcome.CRASHED: "Something at the top level ends the process. Keep only imports and definitions there.",
    Outcome.NOT_ATTEMPTED: "The file raises NotImplementedError while it is being imported, outside any function.",
}

_MEMORY_HINT = "Which array is much larger than the input? Compare the shapes you create with those you were given."

_CRASH_HINTS = {
    CrashCause.MEMORY: _MEMORY_HINT,
    CrashCause.EXIT: "Return a value instead of ending the program: no exit(), quit() or os._exit().",
    CrashCause.SIGNAL: "Endless recursion and out-of-range access in compiled code are the usual reasons.",
    CrashCause.OUTPUT: "Remove the print statements inside loops.",
    CrashCause.PROTOCOL: "Leave the process's descriptors alone; work with the arguments and return the result.",
}

_ERROR_HINTS = {
    "SyntaxError": "Python could not read the file. The marked line, or the one above it, has the slip.",
    "IndentationError": "Compare the indentation of the marked line with the one above it.",
    "TabError": "The file mixes tabs and spaces; use four spaces everywhere.",
    "NameError": "A name is used before it is given a value, or it is spelt in two ways.",
    "UnboundLocalError": "The variable gets its value only on some paths through the function.",
    "ModuleNotFoundError": "Only numpy, the standard library and this assignment's own modules can be imported here.",
    "AttributeError": "Print the type of the object in the marked line; it is not the one that the code expects.",
    "IndexError": "Compare the index in the marked line with the shape of the array.",
    "KeyError": "Print the keys of the dictionary in the marked line.",
    "ValueError": "Print the shapes of the arrays in the marked line, and compare them with the handout.",
    "TypeError": "Print the types of the values in the marked line.",
    "ZeroDivisionError": "Which value is zero in the marked line, and may it be?",
    "RecursionError": "The function calls itself without an end.",
    "MemoryError": _MEMORY_HINT,
    "SystemExit": "Return a value instead of ending the program.",
}
