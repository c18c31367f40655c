#!/usr/bin/env python3
"""Makes the archives of ArchiveFileTest with Python's own tarfile and zipfile: python3 make_archives.py

Each member's content is its name, in UTF-8.
"""
import io
import tarfile
import zipfile

LONG = "folder-" + "x" * 120 + "/" + "y" * 90 + ".jpg"
NAMES = ["000/a b.jpg", "000/a b.json", "größe 日本.png", "100%#?.jpg", LONG, "._hidden.jpg"]


def tar(path, mode, tar_format):
    with tarfile.open(path, mode, format=tar_format) as archive:
        folder = tarfile.TarInfo("000")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name in NAMES:
            content = name.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.jpg")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)


tar("gnu.tar", "w", tarfile.GNU_FORMAT)
tar("pax.tar.gz", "w:gz", tarfile.PAX_FORMAT)
with zipfile.ZipFile("python.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo("000/"), b"")
    for index, name in enumerate(NAMES):
        method = zipfile.ZIP_DEFLATED if index % 2 else zipfile.ZIP_STORED
        archive.writestr(name, name.encode(), method)
