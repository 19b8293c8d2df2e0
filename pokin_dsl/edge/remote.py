"""Which folders lie on another machine: the system tells nothing of what is changed there, so they must be polled."""

from __future__ import annotations

import ctypes
import re
import struct
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

NETWORK_FILE_SYSTEMS = frozenset(
    (
        # Servers of files.
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "coda", "afs", "ceph"),
        *("glusterfs", "lustre", "beegfs", "gpfs", "ocfs2", "gfs2", "orangefs", "pvfs2"),
        # Folders that a virtual machine, a container or WSL shares with the machine around it.
        *("9p", "v9fs", "drvfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "fakeowner"),
        *("fuse.vmhgfs-fuse", "fuse.grpcfuse", "fuse.osxfs"),
        # Servers and clouds, through programs of the user.
        *(
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.gvfsd-fuse",
            "fuse.kio-fuse",
            "fuse.davfs",
            "fuse.davfs2",
            "fuse.smbnetfs",
        ),
        *("fuse.s3fs", "fuse.gcsfuse", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.juicefs", "fuse.onedriver"),
        *("fuse.google-drive-ocamlfuse", "fuse.curlftpfs", "macfuse", "osxfuse"),
    )
)
_MOUNTS = Path("/proc/self/mountinfo")
_MOUNT_POINT = 4
_ESCAPED = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4
# `struct statfs` of macOS with 64-bit inodes (sys/mount.h): flags and the name of the file system.
_STATFS_SIZE = 4096
_STATFS_FLAGS = 64
_STATFS_NAME = slice(72, 88)
_MNT_LOCAL = 0x1000


def on_network(folder: Path) -> bool:
    """Say whether an existing folder lies on another machine; no where the system does not tell."""
    try:
        if sys.platform == "win32":
            place = PureWindowsPath(folder.resolve())
            return is_share(place) or _is_mapped(place)
        if sys.platform == "darwin":
            return remote_by_statfs(_statfs(folder))
        return file_system(PurePosixPath(folder.resolve()), _MOUNTS.read_text("utf-8")) in NETWORK_FILE_SYSTEMS
    except (OSError, ValueError, AttributeError):
        return False


def file_system(folder: PurePosixPath, mounts: str) -> str:
    """Give the kind of file system that a folder lies on; ``mounts`` is the text of ``/proc/self/mountinfo``."""
    depth, kind = -1, ""
    for line in mounts.splitlines():
        # The number of fields before the lone hyphen varies; the kind stands right behind it.
        fields, _, rest = line.partition(" - ")
        parts = fields.split(" ")
        if len(parts) <= _MOUNT_POINT or not rest:
            continue
        point = PurePosixPath(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[_MOUNT_POINT]))
        # Of two at the same place the later one covers the earlier.
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            depth, kind = len(point.parts), rest.split(" ")[0]
    return kind


def is_share(folder: PureWindowsPath) -> bool:
    r"""Say whether a Windows path names another machine (``\\server\share\...``); a local device does not."""
    drive = folder.drive.replace("/", "\\").upper()
    if drive.startswith("\\\\?\\UNC\\"):
        return True
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def remote_by_statfs(answer: bytes) -> bool:
    """Say whether what macOS answers to ``statfs`` belongs to another machine's file system."""
    (flags,) = struct.unpack_from("=I", answer, _STATFS_FLAGS)
    kind = answer[_STATFS_NAME].partition(b"\0")[0].decode("ascii", "replace")
    return kind in NETWORK_FILE_SYSTEMS or not flags & _MNT_LOCAL


def _is_mapped(folder: PureWindowsPath) -> bool:
    """Ask Windows whether a drive letter stands for a share."""
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    return False


def _statfs(folder: Path) -> bytes:
    """Ask macOS for the file system of a folder; Intel machines have the 64-bit form under a name of its own."""
    library = ctypes.CDLL(None, use_errno=True)
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    answer = ctypes.create_string_buffer(_STATFS_SIZE)
    if ask(str(folder).encode(), answer):
        raise OSError(ctypes.get_errno(), "statfs")
    return answer.raw
