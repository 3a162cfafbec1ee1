"""Which imports a text that serves as every module must not make: it would import itself while being loaded."""

from collections.abc import Sequence, Set

from grader.course.statements import statements_of


def imports_itself(module: str, name: str, *, modules: Sequence[str], defined: Set[str]) -> bool:
    """Whether `from module import name` asks one of `modules` for what the text defines itself."""
    return module in modules and (name in defined or name == "*")


def without_self_imports(text: str, modules: Sequence[str]) -> str:
    """Return `text` without such imports at its top level; line numbers stay, and so does a text that is no Python."""
    try:
        statements = statements_of(text)
    except SyntaxError:
        return text
    defined = frozenset(statement.defines for statement in statements if statement.defines)
    lines = text.split("\n")
    for statement in statements:
        if statement.imports_only:
            kept = statement.definitions_only(
                lambda module, name: not imports_itself(module, name, modules=modules, defined=defined), known=defined
            ).split("\n")
            blank = [""] * (len(statement.lines) - len(kept))
            start = statement.first_line - 1
            lines[start : start + len(statement.lines)] = kept + blank
    return "\n".join(lines)
