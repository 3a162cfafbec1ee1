"""What a learning platform says in the names of the files and folders that it packs for a whole class."""

import re
from dataclasses import dataclass

from grader.model.found import Platform, Student

# Canvas (lib/content_zipper.rb): lower-case name without spaces, LATE, user id, attachment id, the file's own name;
# text and links have no attachment. Anonymous assignments have `anon_` and a code instead of name and id.
_CANVAS = re.compile(
    r"(?:(?!late_)(?P<name>\w+?)_)?(?:(?P<late>late)_)?(?P<user>\d+|(?<![^\W_])anon_\w+?)"
    r"_(?:(?P<number>\d+)_(?P<file>.+)|(?P<other>text|link)\.html)",
    re.IGNORECASE,
)
# Moodle (mod/assign/classes/downloader.php): full name or group, participant number, plugin; as a folder, or, with
# "download in folders" off, before the file's own name. Older versions end the folder's name with another `_`.
_MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<user>\d+))?_assignsubmission_(?P<plugin>file|onlinetext)(?:_(?P<file>.*))?")
# Canvas numbers a resubmitted file of the same name before its first or its last dot (canvas-lms issues 606 and 2310).
_COPY = re.compile(r"(?P<stem>[^.]*?)-(?P<first>\d{1,3})(?P<ending>\..+)|(?P<tar>.+\.tar)-(?P<second>\d{1,3})\.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadName:
    """What one name says."""

    platform: Platform
    student: Student
    is_late: bool = False
    filename: str = ""
    """The student's own name of the file, empty for a folder."""
    number: int = 0
    """Counts a platform's files: the newer has the greater one."""
    is_text: bool = False
    """Whether it is text typed into a form, or a link, instead of a file."""


def parse_download_name(name: str) -> DownloadName | None:
    """Return what a name in a class's download says, None when it is no platform's."""
    if match := _MOODLE.fullmatch(name):
        full_name = match["name"]
        return DownloadName(
            platform=Platform.MOODLE,
            student=Student(id=match["user"] or full_name, name=full_name),
            filename=match["file"] or "",
            is_text=match["plugin"] == "onlinetext",
        )
    if (match := _CANVAS.fullmatch(name)) and (match["name"] or match["user"].lower().startswith("anon_")):
        return DownloadName(
            platform=Platform.CANVAS,
            student=Student(id=match["user"], name=match["name"] or match["user"]),
            is_late=match["late"] is not None,
            filename=match["file"] or name,
            number=int(match["number"] or 0),
            is_text=match["other"] is not None,
        )
    return None


def without_copy_number(filename: str) -> tuple[str, int]:
    """Return the name that a file had before Canvas numbered it, and the number; 0 for a first submission."""
    match = _COPY.fullmatch(filename)
    if not match:
        return filename, 0
    if match["tar"]:
        return f"{match['tar']}.gz", int(match["second"])
    return match["stem"] + match["ending"], int(match["first"])
