"""Where a folder lies: on this machine, on a share, or on another file system of the network."""

from __future__ import annotations

import struct
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.remote import NETWORK_FILE_SYSTEMS, file_system, is_share, on_network, remote_by_statfs

if TYPE_CHECKING:
    from pathlib import Path

MOUNTS = r"""
21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
22 21 0:20 / /proc rw - proc proc rw
30 21 0:41 / /mnt/dinas rw,relatime shared:7 master:2 - nfs4 server:/dinas rw,vers=4.2
31 21 0:42 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs;path=C:\
32 21 0:43 / /mnt/berkas\040bersama rw - cifs //server/berkas rw
33 30 0:44 / /mnt/dinas/setempat rw - xfs /dev/vdb rw
34 21 0:45 / /media/a rw - fuse.sshfs orang@server: rw
35 21 0:46 / /media/b rw - tmpfs tmpfs rw
36 35 0:47 / /media/b rw - smb3 //server/b rw
a line that makes no sense
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/orang/trees", "ext4"),
        ("/mnt/dinas", "nfs4"),
        ("/mnt/dinas/a/b", "nfs4"),
        ("/mnt/dinas2", "ext4"),
        ("/mnt/dinas/setempat/a", "xfs"),
        ("/mnt/c/Users", "9p"),
        ("/mnt/berkas bersama/a", "cifs"),
        ("/media/a/b", "fuse.sshfs"),
        ("/media/b", "smb3"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == kind
    assert (kind in NETWORK_FILE_SYSTEMS) == (kind not in ("ext4", "xfs"))


def test_without_mounts_nothing_is_known() -> None:
    assert not file_system(PurePosixPath("/a"), "")


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\server\dinas\trees", True),
        ("//server/dinas/trees", True),
        (r"\\?\UNC\server\dinas\trees", True),
        (r"\\wsl$\Ubuntu\home", True),
        (r"C:\Users\orang", False),
        (r"\\?\C:\Users\orang", False),
        (r"\\.\C:\Users", False),
        (r"trees\a", False),
    ],
)
def test_shares_of_windows(path: str, share: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_share(PureWindowsPath(path)) is share


@pytest.mark.parametrize(
    ("flags", "kind", "remote"),
    [
        (0x1000, b"apfs", False),
        (0x1001, b"hfs", False),
        (0, b"smbfs", True),
        (0, b"nfs", True),
        (0x1000, b"macfuse", True),
    ],
)
def test_what_macos_tells(flags: int, kind: bytes, remote: bool) -> None:  # noqa: FBT001 - a row of the table
    answer = struct.pack("=64xII16s", flags, 0, kind) + bytes(2048)
    assert remote_by_statfs(answer) is remote


def test_the_folder_of_this_test_is_local(tmp_path: Path) -> None:
    assert not on_network(tmp_path)
    assert not on_network(tmp_path / "tidak" / "ada")
