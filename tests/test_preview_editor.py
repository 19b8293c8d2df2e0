"""Opening the editor: which one, with what arguments, and that it lives and ends away from us."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.edge.preview import editor
from pokin_dsl.edge.preview.editor import EditorError, command_for, find_editor, open_at, read_command

if TYPE_CHECKING:
    from collections.abc import Callable

    Installed = Callable[..., Path]

FILE = Path("/ruang kerja/trees/kecamatan.pokin")
posix = pytest.mark.skipif(os.name == "nt", reason="a program is a file with a bit here")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("code -g {berkas}:{baris}:{kolom}", ("code", "-g", "{berkas}:{baris}:{kolom}")),
        ('"/opt/My Editor/ed" +{baris} "{berkas}"', ("/opt/My Editor/ed", "+{baris}", "{berkas}")),
        ("ed --at={baris},{kolom}", ("ed", "--at={baris},{kolom}", "{berkas}")),
        ("code", ("code", "-g", "{berkas}:{baris}:{kolom}")),
        ("/usr/bin/kate", ("/usr/bin/kate", "-l", "{baris}", "-c", "{kolom}", "{berkas}")),
        ("nano-gui", ("nano-gui", "{berkas}")),
        ("ed '#1' ; rm -rf $HOME", ("ed", "#1", ";", "rm", "-rf", "$HOME", "{berkas}")),
    ],
)
def test_a_configured_command_is_split_as_a_shell_would_and_no_further(text: str, parts: tuple[str, ...]) -> None:
    assert read_command(text, windows=False) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (r'"C:\Program Files\Ed\ed.exe" {berkas}', (r"C:\Program Files\Ed\ed.exe", "{berkas}")),
        (r"C:\Users\Nur'aini\ed.exe {berkas}", (r"C:\Users\Nur'aini\ed.exe", "{berkas}")),
        (r"C:\ed\notepad++.exe", (r"C:\ed\notepad++.exe", "-n{baris}", "-c{kolom}", "{berkas}")),
    ],
)
def test_on_windows_a_backslash_belongs_to_the_path(text: str, parts: tuple[str, ...]) -> None:
    assert read_command(text, windows=True) == parts


@pytest.mark.parametrize("text", ["", "   ", '""', 'code "-g', "code '"])
def test_a_command_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(EditorError, match=r'misalnya: pokin serve --editor "code -g \{berkas\}:\{baris\}:\{kolom\}"'):
        read_command(text, windows=False)


def test_the_place_is_filled_in_and_blanks_stay_in_one_argument() -> None:
    command = command_for(("code", "-g", "{berkas}:{baris}:{kolom}"), FILE, 12, 5)
    assert command == ["code", "-g", f"{FILE}:12:5"]


def test_a_name_that_looks_like_an_option_or_a_placeholder_stays_a_name() -> None:
    assert command_for(("ed", "{berkas}"), Path("-rf"), 1, 1) == ["ed", f".{os.sep}-rf"]
    assert command_for(("ed", "{berkas}:{baris}"), Path("{baris}$(id).pokin"), 7, 1) == ["ed", "{baris}$(id).pokin:7"]


@given(st.text(st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1), st.integers(1))
def test_whatever_a_file_is_called_it_is_one_argument(name: str, line: int) -> None:
    command = command_for(("ed", "+{baris}", "{berkas}"), Path("/kerja") / name, line, 1)
    assert command == ["ed", f"+{line}", str(Path("/kerja") / name)]


@pytest.mark.parametrize("name", ["a&calc.pokin", "a%PATH%.pokin", 'a".pokin', "a^b.pokin", "a|b.pokin", "a\nb.pokin"])
def test_what_the_shell_of_windows_would_obey_is_not_given_to_a_batch_file(name: str) -> None:
    file = cast("Path", PureWindowsPath("C:/kerja") / name)
    with pytest.raises(EditorError, match="tidak aman"):
        command_for(("C:/code.CMD", "-g", "{berkas}"), file, 1, 1)
    assert command_for(("C:/code.exe", "{berkas}"), file, 1, 1) == ["C:/code.exe", str(file)]


# -- which editor ------------------------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """Give a function that installs programs on an otherwise empty PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(*names: str, script: str = "") -> Path:
        for name in names:
            (folder / name).write_text(f"#!{sys.executable} -IS\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        return folder

    return install


@posix
def test_the_option_goes_before_the_variable_before_what_is_installed(installed: Installed) -> None:
    folder = installed("codium", "gedit", "ed", "xdg-open", "open")
    variable = {"POKIN_EDITOR": "gedit"}
    assert find_editor("ed +{baris}", variable) == (f"{folder}/ed", "+{baris}", "{berkas}")
    assert find_editor("", variable) == (f"{folder}/gedit", "+{baris}:{kolom}", "{berkas}")
    assert find_editor("", {}) == (f"{folder}/codium", "-g", "{berkas}:{baris}:{kolom}")


@posix
def test_without_a_known_editor_the_system_opens_the_file(installed: Installed) -> None:
    folder = installed("xdg-open", "open")
    assert find_editor("", {})[0] in (f"{folder}/xdg-open", f"{folder}/open")


def test_where_nothing_is_installed_the_answer_says_how_to_configure_one(installed: Installed) -> None:
    installed()
    assert find_editor("", {}) == ()
    with pytest.raises(EditorError, match=r"Tidak ada penyunting yang ditemukan\. Atur penyunting Anda"):
        open_at((), FILE, 1, 1)


def test_a_configured_program_that_is_not_there_is_told_at_once(installed: Installed) -> None:
    installed()
    with pytest.raises(EditorError, match=r'Penyunting "kode" tidak ditemukan\. Atur penyunting Anda'):
        find_editor("kode -g {berkas}", {})


@posix
def test_the_system_opens_nothing_but_trees(installed: Installed) -> None:
    installed("xdg-open", "open")
    with pytest.raises(EditorError, match=r"bukan berkas \.pokin"):
        open_at(find_editor("", {}), Path("/kerja/trees/jalankan.desktop"), 1, 1)


# -- starting it -------------------------------------------------------------------------------------------------------


@posix
def test_the_program_gets_its_arguments_and_leaves_nothing_behind(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    script = f"""
import os, sys
print("berisik")
open({str(log)!r}, "w").write(repr([sys.argv[1:], os.getpid(), os.getsid(0)]))
"""
    installed("ed", script=script)
    monkeypatch.setattr(editor, "_PATIENCE_SECONDS", 60)
    file = tmp_path / "ruang kerja; $(id)" / "a b.pokin"
    open_at(find_editor("ed {berkas} {baris} {kolom}", {}), file, 12, 5)
    arguments, pid, session = eval(log.read_text())  # noqa: S307 - what our own script has just written
    assert arguments == [str(file), "12", "5"]
    assert session == pid
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_a_program_that_stays_is_not_waited_for_but_leaves_nothing_behind_either(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    installed("ed", script=f"import os; open({str(pipe)!r}, 'w').write(str(os.getpid())); open({str(pipe)!r}).read()")
    monkeypatch.setattr(editor, "_PATIENCE_SECONDS", 0)
    open_at(find_editor("ed", {}), FILE, 1, 1)
    [waiting] = [thread for thread in threading.enumerate() if thread.name == "penyunting"]
    pid = int(pipe.read_text())
    pipe.write_text("selesai")
    waiting.join()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_a_program_that_fails_at_once_is_told(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    installed("ed", script="import sys; sys.exit(3)")
    monkeypatch.setattr(editor, "_PATIENCE_SECONDS", 60)
    with pytest.raises(EditorError, match=r'Penyunting "ed" gagal dengan kode 3\. Atur penyunting Anda'):
        open_at(find_editor("ed", {}), FILE, 1, 1)


@posix
def test_a_program_that_cannot_be_started_is_told(installed: Installed) -> None:
    folder = installed("ed")
    (folder / "ed").write_text("#!/tidak/ada\n", encoding="utf-8")
    with pytest.raises(EditorError, match=r'Penyunting "ed" tidak dapat dijalankan\. Atur penyunting Anda'):
        open_at(find_editor("ed", {}), FILE, 1, 1)
