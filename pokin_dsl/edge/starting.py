"""Writing the files of a new workspace; never over another file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.edge.package import starter_files
from pokin_dsl.edge.workspace import SurroundingsError

if TYPE_CHECKING:
    from pathlib import Path


def start_workspace(folder: Path) -> tuple[str, ...]:
    """Write the starter files into a folder, which is made if absent; give their names.

    Raises:
        SurroundingsError: one of the files is there already, or the folder cannot be written.
    """
    files = starter_files()
    for name in files:
        if (folder / name).exists():
            raise SurroundingsError(f'"{name}" sudah ada di folder itu, jadi tidak ada yang ditulis.')
    try:
        for name, text in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise SurroundingsError(f"Folder tidak dapat ditulis: {error.strerror or error}.") from error
    return tuple(files)
