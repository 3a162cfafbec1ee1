"""The grader itself, as a wheel: what a host installs is what wrote the kit."""

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

import grader
from grader.errors import UsageError
from grader.kits.files import KitFile, archive

DISTRIBUTION = "dl-grader"

_REQUIREMENT = re.compile(r"\s*(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?P<rest>.*)", re.DOTALL)
_SKIPPED = frozenset({"__pycache__"})


def wheel() -> KitFile:
    """Return a wheel of the package that is running; the same byte for byte whenever it is made.

    Raises `UsageError` where the package is not installed, so that nobody knows what it needs.
    """
    info = f"dl_grader-{grader.__version__}.dist-info"
    files = [
        *_package_files(),
        KitFile(path=PurePosixPath(info, "METADATA"), content=_installed_text("METADATA")),
        KitFile(path=PurePosixPath(info, "entry_points.txt"), content=_installed_text("entry_points.txt")),
        KitFile(path=PurePosixPath(info, "WHEEL"), content=_WHEEL.encode()),
    ]
    record = PurePosixPath(info, "RECORD")
    lines = [f"{file.path},sha256={_hash(file.content)},{len(file.content)}" for file in files]
    files.append(KitFile(path=record, content="".join(f"{line}\n" for line in [*lines, f"{record},,"]).encode()))
    return KitFile(path=PurePosixPath(f"dl_grader-{grader.__version__}-py3-none-any.whl"), content=archive(files))


def constraints() -> KitFile:
    """Return the versions of the libraries that the grader runs with here, as constraints for pip.

    A host that takes others may come to other results: numpy's printing and some of its random streams change.
    """
    found: dict[str, str] = {}
    _collect(DISTRIBUTION, found)
    found.pop(_normal(DISTRIBUTION), None)
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))
    return KitFile(path=PurePosixPath("constraints.txt"), content=lines.encode())


def installed_version(name: str) -> str:
    """Return the version of an installed library."""
    return metadata.version(name)


def _package_files() -> Iterator[KitFile]:
    root = Path(grader.__path__[0])
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root.parent)
        if path.is_file() and not any(part in _SKIPPED or part.startswith(".") for part in relative.parts):
            yield KitFile(path=PurePosixPath(relative.as_posix()), content=path.read_bytes())


def _installed_text(name: str) -> bytes:
    try:
        text = metadata.distribution(DISTRIBUTION).read_text(name)
    except metadata.PackageNotFoundError:
        text = None
    if text is None:
        raise UsageError(
            "the grader is not installed as a package, so that nobody can tell what it needs",
            hint=f"install it with pip install {DISTRIBUTION}, or pip install -e . in its folder",
        )
    return text.encode()


def _collect(name: str, found: dict[str, str]) -> None:
    """Take what is installed of a requirement and, in turn, of its own; extras and other systems' are left out."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    key = _normal(distribution.metadata["Name"])
    if key in found:
        return
    found[key] = distribution.version
    for requirement in distribution.requires or []:
        match = _REQUIREMENT.match(requirement)
        if match and "extra ==" not in match["rest"]:
            _collect(match["name"], found)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


_WHEEL = """\
Wheel-Version: 1.0
Generator: grade ci
Root-Is-Purelib: true
Tag: py3-none-any
"""
