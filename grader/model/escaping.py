"""How text that a student controls is shown: every character visible, none of them obeyed."""

import re
import unicodedata

_RUNNER_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
_OLD_RUNNER_COMMAND = re.compile(r"##(?=(?:vso)?\[)")


def visible(text: str) -> str:
    """Return `text` with its control, bidirectional, zero-width and surrogate characters spelled out.

    Escape becomes `\\x1b`, the right-to-left override `\\u202e`. Line feeds stay, CRLF becomes one, tabs become spaces.
    """
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text.replace("\r\n", "\n").expandtabs(4))


def one_line(text: str) -> str:
    """Return the visible form of `text` on a single line."""
    return visible(text).replace("\n", "\\n")


def excerpt(text: str, *, characters: int) -> str:
    """Return the visible form of `text` on one line, cut to so many characters; an ellipsis shows the cut."""
    line = one_line(text)
    return line if len(line) <= characters else line[:characters] + " …"


def clip(text: str, *, lines: int, characters: int) -> str:
    """Return the visible form of `text`, cut to so many lines and characters; a last line says how much is left out."""
    kept = visible(text).rstrip("\n").split("\n")
    notes = []
    if len(kept) > lines:
        notes.append(_counted(len(kept) - lines, "line"))
        kept = kept[:lines]
    shown = "\n".join(kept)
    if len(shown) > characters:
        notes.append(_counted(len(shown) - characters, "character"))
        shown = shown[:characters]
    return shown + (f"\n… {' and '.join(notes)} not shown" if notes else "")


def defuse_commands(report: str, *, colon: str = r"\x3a", hash_sign: str = r"\x23") -> str:
    """Return `report` without text that a CI runner would take for its commands when it is printed there.

    Runners obey lines that begin with `::name::`, blanks before it included, `##[name]` anywhere in a line (GitHub:
    ActionCommand.cs of actions/runner), and `##vso[name]` (Azure).
    """
    return _OLD_RUNNER_COMMAND.sub(f"#{hash_sign}".replace("\\", r"\\"), _RUNNER_COMMAND.sub(_spelled(colon), report))


def _visible_character(character: str) -> str:
    if character == "\n" or character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def _counted(count: int, noun: str) -> str:
    return f"{count} more {noun}{'' if count == 1 else 's'}"


def _spelled(colon: str) -> str:
    return r"\g<1>" + colon.replace("\\", r"\\")
