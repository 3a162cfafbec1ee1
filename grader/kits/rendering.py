"""Scripts from templates: every value that goes into one is quoted for the language it goes into."""

import json
import shlex
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: object) -> str:
    """Return a script. Filters: `sh` quotes a word for a shell, `yaml` a text or list for YAML, `py` for Python."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - shell, YAML and Python: no HTML is made here
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        # What GitHub and the shell write in braces stays as it is.
        variable_start_string="{=",
        variable_end_string="=}",
        comment_start_string="{##",
        comment_end_string="##}",
    )
    environment.filters |= {"sh": _for_shell, "yaml": json.dumps, "py": repr}
    return environment


def _for_shell(value: object) -> str:
    return shlex.quote(str(value))
