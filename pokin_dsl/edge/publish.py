"""Writing a site: everything is on disk before the first page changes, and only our own files are ever removed."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.site.press import Told, unheard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

MANIFEST = ".pokin-situs.json"
_STAGED = ".pokin-baru"
_MADE_BY = "pokin"


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(output: Path, files: Mapping[str, bytes], told: Told = unheard) -> Published:
    """Make a folder hold exactly these files beside what is not ours.

    New contents are staged beside their places first, so that a full disk leaves the last site untouched; then new
    pages appear, changed ones are replaced (each atomically), and pages of ours that are no more go last.

    Raises:
        SurroundingsError: the folder is not ours, cannot be written, or a path would leave it; or a page could not be
            replaced, so that others are new already: the next build brings the rest.
    """
    ours = listed_files(output)
    try:
        return _publish(output, files, ours, told)
    except OSError as error:
        kept = " Situs lama tetap ada." if ours else ""
        raise SurroundingsError(f"Situs tidak dapat ditulis ke {output.name}: {refusal(error)}.{kept}") from error


def listed_files(output: Path) -> frozenset[str]:
    """Give the files that an earlier build wrote; a folder with other people's files in it is refused.

    Raises:
        SurroundingsError: the folder is not ours, or its list cannot be read.
    """
    name = output.resolve().name or output
    if not output.exists():
        return frozenset()
    if not output.is_dir():
        raise SurroundingsError(f'"{name}" adalah berkas, bukan folder. Pilih folder lain dengan -o.')
    manifest = output / MANIFEST
    if not manifest.is_file():
        if any(output.iterdir()):
            raise SurroundingsError(
                f'Folder "{name}" berisi berkas yang bukan buatan pokin, jadi tidak dipakai. '
                "Pilih folder lain dengan -o, atau kosongkan bila isinya memang tidak diperlukan.",
            )
        return frozenset()
    try:
        listed = json.loads(manifest.read_text("utf-8"))["berkas"]
        return frozenset(path for path in listed if isinstance(path, str) and _inside(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SurroundingsError(
            f'Catatan {MANIFEST} di folder "{name}" rusak. Hapus folder itu, lalu bangun ulang.',
        ) from error


def open_anew(path: Path) -> BinaryIO:
    """Open a file to be written; what lies there may be a link that leads anywhere: it is taken away, not followed."""
    try:
        return path.open("xb")
    except FileExistsError:
        path.unlink()
        return path.open("xb")


def _publish(output: Path, files: Mapping[str, bytes], ours: frozenset[str], told: Told) -> Published:
    output.mkdir(parents=True, exist_ok=True)
    base = output.resolve()
    if not (base / MANIFEST).exists():
        _write_manifest(base, ())
    changed = {path: content for path, content in files.items() if not _equal(f"{base}/{path}", content)}
    _refuse_strangers(base, changed, ours)
    staged = _stage(base, changed, told)
    _write_manifest(base, ours | files.keys())
    _put_in_place(base, staged, ours)
    gone = sorted(ours - files.keys())
    _remove(base, gone)
    _write_manifest(base, files.keys())
    return Published(len(changed), len(files) - len(changed), len(gone))


def _inside(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts)


def _equal(path: str, content: bytes) -> bool:
    """Compare byte by byte; a digest would have to be made of both, and costs more."""
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116 - ten thousand times; a Path doubles the cost
            return False
        with open(path, "rb", buffering=0) as stream:
            return stream.read() == content
    except OSError:
        return False


def _refuse_strangers(base: Path, changed: Iterable[str], ours: frozenset[str]) -> None:
    for path in changed:
        if path not in ours and (base / path).exists():
            raise SurroundingsError(f'"{path}" di folder "{base.name}" bukan buatan pokin, jadi tidak ditimpa.')


def _stage(base: Path, changed: Mapping[str, bytes], told: Told) -> dict[str, Path]:
    """Write contents beside their places; on any failure what was staged is taken away again."""
    staged: dict[str, Path] = {}
    folders: set[Path] = set()
    step = max(1, len(changed) // 100)
    try:
        for nth, (path, content) in enumerate(changed.items()):
            if nth % step == 0:
                told("Menulis", nth, len(changed))
            target = base / path
            _make_folder(base, target.parent, folders)
            temporary = target.with_name(target.name + _STAGED)
            staged[path] = temporary
            with open_anew(temporary) as stream:
                stream.write(content)
    except BaseException:
        _discard(staged.values())
        raise
    return staged


def _put_in_place(base: Path, staged: Mapping[str, Path], ours: frozenset[str]) -> None:
    """Let new pages appear, then replace those that changed; Windows replaces none that a program holds open."""
    new = [path for path in staged if path not in ours]
    for path in (*new, *(path for path in staged if path in ours)):
        try:
            os.replace(staged[path], base / path)  # noqa: PTH105 - the atomic call by its own name
        except OSError as error:
            _discard(staged.values())
            message = f'Situs belum terbit seluruhnya: "{path}" tidak dapat diganti ({refusal(error)}). Bangun ulang.'
            raise SurroundingsError(message) from error


def _discard(staged: Iterable[Path]) -> None:
    for temporary in staged:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _make_folder(base: Path, folder: Path, made: set[Path]) -> None:
    """Make a folder part by part; a link on the way could lead out of the output and is refused."""
    if folder in made or folder == base:
        return
    _make_folder(base, folder.parent, made)
    if folder.is_symlink():
        raise SurroundingsError(f'Folder "{folder.relative_to(base)}" adalah tautan ke luar folder keluaran.')
    folder.mkdir(exist_ok=True)
    made.add(folder)


def _remove(base: Path, paths: Iterable[str]) -> None:
    for path in paths:
        target = base / path
        if target.parent.resolve().is_relative_to(base):
            target.unlink(missing_ok=True)
            _remove_empty_folders(target.parent, base)


def _remove_empty_folders(folder: Path, base: Path) -> None:
    while folder != base and folder.is_relative_to(base):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def manifest(paths: Iterable[str]) -> bytes:
    """Give the content of the list of our files; the list itself is not on it."""
    return (json.dumps({"dibuat-oleh": _MADE_BY, "berkas": sorted(paths)}, indent=0) + "\n").encode()


def _write_manifest(base: Path, paths: Iterable[str]) -> None:
    content = manifest(paths)
    path = base / MANIFEST
    if not _equal(str(path), content):
        temporary = path.with_name(MANIFEST + _STAGED)
        with open_anew(temporary) as stream:
            stream.write(content)
        os.replace(temporary, path)  # noqa: PTH105 - the atomic call by its own name
