"""One archive of a published site, with a list of checksums: the same site gives the same bytes.

It holds the files that the folder's own list names and nothing else, in one folder, with the same rights for all.
Beside them stands ``SHA256SUMS.txt``, as ``sha256sum -c`` reads it. The list is in the archive alone: the archive is
what travels, while the folder changes page by page, and a list in it would be wrong for a moment each time.

The date of each file is made from its content. Servers, rsync and robocopy take a file of the same size and date for
the same file: with one date for all, a figure that has changed would go unnoticed where an archive is unpacked.
"""

from __future__ import annotations

import os
import stat
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.publish import listed_files, open_anew
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.site.press import Told, unheard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

SUFFIX = ".zip"
CHECKSUMS = "SHA256SUMS.txt"
_STAGED = ".pokin-baru"
_MARK = b"Dibuat oleh pokin."
_EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 - the dates of an archive know no time zone
_STEP = 2
"""What a date in an archive is exact to, in seconds."""
_DATES = 30 * 365 * 24 * 3600 // _STEP
"""So many dates there are; none of them lies in the future, where some servers would not believe it."""
_UNIX = 3
_RIGHTS = (stat.S_IFREG | 0o644) << 16
_LEVEL = 6
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive of a site: where it lies, how many files of the site it holds, its size in bytes and its SHA-256.

    ``written`` is false where one with the same content was there already.
    """

    path: Path
    files: int
    size: int
    digest: str
    written: bool


def archive(output: Path, told: Told = unheard) -> Archived:
    """Make the archive of a published site beside its folder, called as the folder is; one that holds it all stays.

    Raises:
        SurroundingsError: the folder holds no site of ours, what stands in the archive's place is not ours, or it
            cannot be written.
    """
    base = output.resolve()
    paths = sorted(listed_files(base))
    if not paths or not base.name:
        raise SurroundingsError(f'Folder "{base.name}" belum memuat situs yang dapat dijadikan arsip.')
    target = base.with_name(base.name + SUFFIX)
    try:
        _refuse_strangers(target)
        written = not _holds(target, base, paths, told)
        if written:
            _write(target, base, paths, told)
        return Archived(target, len(paths), target.stat().st_size, _digest(target), written)
    except OSError as error:
        raise SurroundingsError(f"Arsip tidak dapat ditulis ke {target.name}: {refusal(error)}.") from error


def _refuse_strangers(target: Path) -> None:
    """Let nobody's file be lost: an archive of ours says so at its end."""
    if not target.exists() and not target.is_symlink():
        return
    ours = False
    with suppress(OSError, BadZipFile), ZipFile(target) as found:
        ours = found.comment == _MARK
    if not ours:
        raise SurroundingsError(
            f'"{target.name}" sudah ada dan bukan arsip buatan pokin yang utuh, jadi tidak ditimpa. '
            "Pindahkan atau hapus dahulu.",
        )


def _read(base: Path, path: str) -> bytes:
    """Read a file of ours; a link in its place could lead anywhere."""
    file = base / path
    if not file.resolve().is_relative_to(base):
        raise SurroundingsError(f'"{path}" di folder "{base.name}" adalah tautan ke luar folder itu.')
    return file.read_bytes()


def _holds(target: Path, base: Path, paths: list[str], told: Told) -> bool:
    """Say whether an archive is what would be written: each of its files is read, and as it should be."""
    sums = ""
    try:
        with ZipFile(target) as found:
            entries = found.infolist()
            if [entry.filename for entry in entries] != [f"{base.name}/{path}" for path in (*paths, CHECKSUMS)]:
                return False
            for nth, (path, entry) in enumerate(zip(paths, entries, strict=False)):
                _tell(told, "Membandingkan", nth, len(paths))
                content = _read(base, path)
                digest = sha256(content).hexdigest()
                if _head(entry) != _head(_entry(entry.filename, digest)) or found.read(entry) != content:
                    return False
                sums += _checksum(path, digest)
            return found.read(entries[-1]) == sums.encode()
    except (OSError, BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return False


def _head(entry: ZipInfo) -> tuple[object, ...]:
    return entry.filename, entry.date_time, entry.create_system, entry.external_attr, entry.compress_type, entry.extra


def _entry(name: str, digest: str) -> ZipInfo:
    date = _EARLIEST + timedelta(seconds=int(digest, 16) % _DATES * _STEP)
    entry = ZipInfo(name, date.timetuple()[:6])
    entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _RIGHTS, ZIP_DEFLATED
    return entry


def _write(target: Path, base: Path, paths: list[str], told: Told) -> None:
    """Write all files, then the checksums of just what was written."""
    sums = ""
    with _staged(target) as stream, ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as made:
        made.comment = _MARK
        for nth, path in enumerate(paths):
            _tell(told, "Mengemas", nth, len(paths))
            content = _read(base, path)
            digest = sha256(content).hexdigest()
            made.writestr(_entry(f"{base.name}/{path}", digest), content, compresslevel=_LEVEL)
            sums += _checksum(path, digest)
        digest = sha256(sums.encode()).hexdigest()
        made.writestr(_entry(f"{base.name}/{CHECKSUMS}", digest), sums, compresslevel=_LEVEL)


def _checksum(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


@contextmanager
def _staged(target: Path) -> Iterator[BinaryIO]:
    """Open a file beside the archive, which takes the archive's own place once all is written; else nothing is left."""
    temporary = target.with_name(target.name + _STAGED)
    try:
        with open_anew(temporary) as stream:
            yield stream
        os.replace(temporary, target)  # noqa: PTH105 - the atomic call by its own name
    finally:
        temporary.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    told = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            told.update(piece)
    return told.hexdigest()


def _tell(told: Told, stage: str, nth: int, of: int) -> None:
    if nth % max(1, of // 100) == 0:
        told(stage, nth, of)
