"""Archives as students pack them, and as nobody does."""

import io
import tarfile
import zipfile
from collections.abc import Iterable

Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(*entries: Entry) -> bytes:
    """Return a `.zip` of these entries, in this order, duplicates included."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name) if isinstance(name, str) else name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def zip_entry(name: str, *, mode: int) -> zipfile.ZipInfo:
    """Return an entry with Unix's file mode, e.g. of a link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def tarred(*entries: tuple[str, bytes], extra: Iterable[tarfile.TarInfo] = (), packed: bool = True) -> bytes:
    """Return a `.tar.gz` (or `.tar`) of these files and of further members without content."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz" if packed else "w:") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in extra:
            archive.addfile(info)
    return file.getvalue()


def tar_member(name: str, kind: bytes, *, target: str = "") -> tarfile.TarInfo:
    """Return a member that is no regular file, e.g. a link."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info
