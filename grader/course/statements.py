"""What the top-level statements of a foreign text are, found by its tokens: parsing one can be slow or fatal."""

import builtins
import io
import keyword
import tokenize
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

Token = tokenize.TokenInfo
MayImport = Callable[[str, str], bool]
"""Whether to keep an import of (module, name); the name is empty for `import module` and `*` for a star."""

_LAYOUT = frozenset(
    {tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)
_DEFINING = frozenset({"def", "class", "async"})
_COMPOUND = frozenset({"if", "elif", "else", "for", "while", "with", "try", "except", "finally"})
_CONSTANTS = frozenset({"True", "False", "None"})
_VALUE_OPERATORS = frozenset("[](){},:+-*/%|.") | {"**", "//"}
_CALLABLE_MODULES = frozenset({"np", "numpy", "math"})
"""What a kept value may call: `np.sqrt(2)`. Anything else might train, load or draw."""
_QUOTES = frozenset("'\"")
_FORBIDDEN_WORDS = frozenset(keyword.kwlist) - _CONSTANTS

MOST_TOKENS = 50_000
"""Ten times those of all the questions of an assignment; they take about half a second."""
_CHARACTERS_PER_TOKEN = 12
"""A single token of so many characters costs less than this many short ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One top-level statement with its block and decorators, or simple statements on one line."""

    tokens: tuple[Token, ...]
    lines: tuple[str, ...]
    """From the statement's first line to its last."""

    @property
    def first_line(self) -> int:
        """Line of the first token, counted from 1."""
        return self.tokens[0].start[0]

    @property
    def defines(self) -> str | None:
        """Name of the function or class that this defines; None for any other statement."""
        if self.tokens[0].string not in _DEFINING | {"@"}:
            return None
        words = [token.string for token in self.tokens]
        return next((name for word, name in pairwise(words) if word in ("def", "class")), None)

    @property
    def decorated(self) -> bool:
        """Whether a decorator stands before the definition."""
        return self.tokens[0].string == "@"

    @property
    def imports_only(self) -> bool:
        """Whether it is one import, or several on a line."""
        return all(part[0].string in ("import", "from") for part in _split(self.tokens, ";"))

    def definitions_only(self, may_import: MayImport, known: Set[str]) -> str:
        """Return the text without what is no definition, allowed import or constant; it has no more lines.

        A constant is given a value made of literals, `known` names and what it makes itself.
        """
        if self.defines:
            return "\n".join(self.lines)
        if self.tokens[0].string in _COMPOUND:
            return ""
        parts = (self._kept(part, may_import, known) for part in _split(self.tokens, ";"))
        return "; ".join(part for part in parts if part)

    def _kept(self, part: Sequence[Token], may_import: MayImport, known: Set[str]) -> str:
        match part[0].string:
            case "import":
                names = [name for name in _split(part[1:], ",") if may_import(name[0].string, "")]
                return "import " + ", ".join(self._text(name) for name in names) if names else ""
            case "from":
                return self._kept_from(part, may_import)
        return self._text(part) if _is_constant(part, known) else ""

    def _kept_from(self, part: Sequence[Token], may_import: MayImport) -> str:
        words = [token.string for token in part]
        if "import" not in words:
            return ""
        middle = words.index("import")
        listed = [token for token in part[middle + 1 :] if token.string not in ("(", ")")]
        names = [name for name in _split(listed, ",") if may_import(words[1], name[0].string)]
        kept = ", ".join(" ".join(token.string for token in name) for name in names)
        return f"from {''.join(words[1:middle])} import {kept}" if kept else ""

    def _text(self, part: Sequence[Token]) -> str:
        (top, left), (bottom, right) = part[0].start, part[-1].end
        lines = list(self.lines[top - self.first_line : bottom - self.first_line + 1])
        lines[-1] = lines[-1][:right]
        lines[0] = lines[0][left:]
        return "\n".join(lines)


class TokenBudget:
    """How much foreign text may still be split into tokens: a megabyte made to be slow would take ten seconds."""

    def __init__(self, tokens: int = MOST_TOKENS) -> None:
        self._left = tokens

    def spend(self, *, tokens: int = 0, characters: int = 0) -> None:
        """Raise `SyntaxError` when the budget is spent."""
        self._left -= tokens + characters // _CHARACTERS_PER_TOKEN
        if self._left < 0:
            raise SyntaxError("the text is too long to be looked into")


def statements_of(source: str, budget: TokenBudget | None = None) -> tuple[Statement, ...]:
    """Return the top-level statements of `source`, whose lines end with `\\n`.

    Texts that belong together share a budget. Raises `SyntaxError` when the text does not even split into tokens, or
    into more than the budget has left.
    """
    lines = source.split("\n")
    return tuple(
        Statement(tokens=tuple(tokens), lines=tuple(lines[tokens[0].start[0] - 1 : tokens[-1].end[0]]))
        for tokens in _groups(source, budget or TokenBudget())
    )


def _groups(source: str, budget: TokenBudget) -> Iterator[list[Token]]:
    """Yield the tokens of each top-level statement; a decorator, a definition and its block belong together."""
    group: list[Token] = []
    depth = 0
    ended = True
    decorates = False
    for token in _tokens(source, budget):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        ended = ended or token.type == tokenize.NEWLINE
        if token.type in _LAYOUT:
            continue
        if ended and not depth and group and not decorates:
            yield group
            group = []
        decorates = token.string == "@" if not group else decorates and token.string not in _DEFINING
        group.append(token)
        ended = False
    if group:
        yield group


def _tokens(source: str, budget: TokenBudget) -> Iterator[Token]:
    budget.spend(characters=len(source))
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            budget.spend(tokens=1)
            if token.type == tokenize.ERRORTOKEN and token.string in _QUOTES:
                # Python 3.12 raises here itself; before, each further quote costs another look at the whole line.
                raise SyntaxError("unterminated string")
            yield token
    except tokenize.TokenError as error:
        raise SyntaxError(str(error.args[0])) from error


def _split(tokens: Sequence[Token], separator: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.string == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def names_bound(text: str) -> frozenset[str]:
    """Return the names that top-level definitions, imports and assignments in `text` give a value."""
    names: set[str] = set()
    for statement in statements_of(text):
        if statement.defines:
            names.add(statement.defines)
            continue
        for part in _split(statement.tokens, ";"):
            words = [token.string for token in part]
            if words[0] in ("import", "from"):
                listed = part[words.index("import") + 1 :]
                names.update(
                    name[-1].string if len(name) > 1 and name[-2].string == "as" else name[0].string
                    for name in _split(listed, ",")
                )
            elif "=" in words:
                names.update(_targets(words))
    return frozenset(names)


def _is_constant(part: Sequence[Token], known: Set[str]) -> bool:
    """Whether it gives names a value of literals and known names, or a lambda."""
    words = [token.string for token in part]
    if "=" not in words or part[0].type != tokenize.NAME:
        return False
    if not all(word.isidentifier() for word in _targets(words)):
        return False
    value = part[words.index("=") + 1 :]
    return bool(value) and (value[0].string == "lambda" or _is_plain_value(value, known))


def _targets(words: Sequence[str]) -> list[str]:
    """Return what stands before the `=`, without commas and the annotation."""
    left = words[: words.index("=")]
    return [word for word in (left[: left.index(":")] if ":" in left else left) if word != ","]


def _is_known(name: str, known: Set[str]) -> bool:
    return name in known or hasattr(builtins, name)


def _is_plain_value(value: Sequence[Token], known: Set[str]) -> bool:
    previous = ""
    root = ""
    for token in _without_lambdas(value):
        match token.type:
            case tokenize.NUMBER:
                pass
            case tokenize.STRING:
                if "f" in token.string.partition(token.string[-1])[0].lower():
                    return False
            case tokenize.NAME:
                if token.string in _FORBIDDEN_WORDS or (previous != "." and not _is_known(token.string, known)):
                    return False
                root = root if previous == "." else token.string
            case _:
                calls = token.string == "(" and (previous.isidentifier() or previous in (")", "]"))
                if token.string not in _VALUE_OPERATORS or (calls and root not in _CALLABLE_MODULES):
                    return False
        previous = token.string
    return True


def _without_lambdas(value: Sequence[Token]) -> Iterator[Token]:
    """Leave out the lambdas inside a value, as in `{"relu": lambda z: max(z, 0)}`: making one runs nothing."""
    depth = 0
    inside: int | None = None
    colon = False
    for token in value:
        opens, closes = token.string in ("(", "[", "{"), token.string in (")", "]", "}")
        if inside is not None and depth == inside and (closes or (colon and token.string == ",")):
            inside = None
        if inside is None and token.string == "lambda":
            inside, colon = depth, False
        elif inside is not None and depth == inside and token.string == ":":
            colon = True
        if inside is None:
            yield token
        depth += opens - closes
