"""Why the system refused a file or a folder, in the words of the reader; cheap to import."""

from __future__ import annotations

import errno

# What people meet; the rest is quoted as the system says it.
_SAID = {
    errno.ENOENT: "folder atau berkasnya tidak ada",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ELOOP: "tautannya berputar tanpa ujung",
    errno.EACCES: "Anda tidak mempunyai izin",
    errno.EPERM: "Anda tidak mempunyai izin",
    errno.EROFS: "diska ini hanya dapat dibaca",
    errno.ENOSPC: "diska penuh",
    errno.EDQUOT: "jatah diska Anda habis",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "salah satu bagian jalurnya bukan folder",
    errno.ENAMETOOLONG: "nama atau jalurnya terlalu panjang",
    errno.EBUSY: "berkasnya sedang dipakai program lain",
    errno.EIO: "diska atau jaringannya bermasalah",
}
_IN_USE = 32
"""What Windows says of a file that another program holds open; its errno is that of a missing permission."""


def refusal(error: OSError) -> str:
    """Give the reason as the end of a sentence, without its full stop."""
    if getattr(error, "winerror", None) == _IN_USE:
        return _SAID[errno.EBUSY]
    if error.errno in _SAID:
        return _SAID[error.errno]
    return error.strerror or type(error).__name__
