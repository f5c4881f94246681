"""Zip, tar and gzip: members read by their names, bombs and names that point outside refused."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
import zipfile

import pytest

from etl.read import Limits, ReadOptions
from tests.read.conftest import page_html, read

TEXT = b"The ministry said that ten tanks were sent."
FILES = {
    "b/story.txt": TEXT,
    "a.jsonl": json.dumps({"id": "line", "language": "en", "text": "Two tanks."}).encode(),
    "page.html": page_html().encode(),
    "picture.png": b"\x89PNG\x00",
    ".hidden.txt": TEXT,
    "README.md": TEXT,
    "__MACOSX/b/story.txt": TEXT,
}


def zip_bytes(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tar_bytes(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("all.zip", zip_bytes(FILES), id="zip"),
        pytest.param("all.tar", tar_bytes(FILES), id="tar"),
        pytest.param("all.tar.gz", gzip.compress(tar_bytes(FILES)), id="tar.gz"),
        pytest.param("all.tgz", gzip.compress(tar_bytes(FILES)), id="tgz"),
        pytest.param("all.tar.bz2", bz2.compress(tar_bytes(FILES)), id="tar.bz2"),
        pytest.param("all.zip.gz", gzip.compress(zip_bytes(FILES)), id="zip in gzip"),
        pytest.param("all.txt", zip_bytes(FILES), id="zip under a wrong name"),
    ],
)
def test_members(write, name, data):
    path = write(name, data)
    reading = read(path)
    assert {article.id for article in reading.articles} == {"story", "line", "page"}
    assert reading.issues == []
    story = next(article for article in reading.articles if article.id == "story")
    assert (story.text.encode(), story.location) == (TEXT, f"{path}#b/story.txt")


def test_one_compressed_file(write):
    article = read(write("story.txt.gz", gzip.compress(TEXT))).article
    assert (article.id, article.text.encode()) == ("story", TEXT)


def test_archives_inside_archives_up_to_a_depth(write):
    inner = TEXT
    for level in range(5):
        inner = zip_bytes({f"{level}.zip" if level else "story.txt": inner})
    reading = read(write("deep.zip", inner))
    assert (reading.articles, reading.kinds) == ([], ["too_deep"])
    shallow = zip_bytes({"inner.zip": zip_bytes({"story.txt": TEXT})})
    assert read(write("shallow.zip", shallow)).article.id == "story"


UNSAFE = {"../up.txt": TEXT, "/root.txt": TEXT, "C:/drive.txt": TEXT, "a/../../up.txt": TEXT, "..\\up.txt": TEXT, "ok.txt": TEXT}


@pytest.mark.parametrize(("name", "data"), [("a.zip", zip_bytes(UNSAFE)), ("a.tar", tar_bytes(UNSAFE))])
def test_names_that_point_outside(write, name, data):
    reading = read(write(name, data))
    assert [article.id for article in reading.articles] == ["ok"]
    assert reading.kinds == ["unsafe_name"] * 5


def test_links_are_refused(write):
    data = tar_bytes({"ok.txt": TEXT}, {"passwd.txt": "/etc/passwd"})
    reading = read(write("a.tar", data))
    assert (reading.article.id, reading.kinds) == ("ok", ["unsafe_name"])


SMALL = Limits(ratio_floor=100_000, ratio=20, unpacked=50_000_000, article=2_000_000)
ZEROS = b" " * 3_000_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.zip", zip_bytes({"a.txt": ZEROS, "b.jsonl": ZEROS}), id="zip"),
        pytest.param("a.txt.gz", gzip.compress(ZEROS), id="gzip"),
        pytest.param("a.jsonl.gz", gzip.compress(ZEROS), id="gzip of lines"),
        pytest.param("a.tar.gz", gzip.compress(tar_bytes({"a.txt": ZEROS})), id="tar.gz"),
        pytest.param("a.tar.gz", gzip.compress(tar_bytes({"a.png": ZEROS})), id="tar.gz of what is not read"),
        pytest.param("a.txt.gz.gz", gzip.compress(gzip.compress(ZEROS)), id="gzip in gzip"),
    ],
)
def test_bombs(write, name, data):
    reading = read(write(name, data), write("z.txt", TEXT), options=ReadOptions(limits=SMALL))
    assert reading.article.id == "z"
    assert "bomb" in reading.kinds


def test_too_many_members(write):
    data = zip_bytes({f"{number}.txt": TEXT for number in range(30)})
    reading = read(write("a.zip", data), options=ReadOptions(limits=Limits(members=10)))
    assert (len(reading.articles), reading.kinds) == (10, ["bomb"])


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


ZIP = zip_bytes({"a.txt": TEXT * 50, "b.txt": TEXT})


@pytest.mark.parametrize(
    ("name", "data", "kinds"),
    [
        pytest.param("a.zip", ZIP[:-30], {"invalid_archive"}, id="zip cut off"),
        pytest.param("a.zip", b"PK\x03\x04 and nothing", {"invalid_archive"}, id="zip in name only"),
        pytest.param("a.zip", b"", {"invalid_archive"}, id="empty zip"),
        pytest.param("a.zip", flipped(ZIP, 60), {"invalid_archive"}, id="zip with a wrong byte"),
        pytest.param("a.txt.gz", gzip.compress(TEXT)[:-12], {"unreadable", "invalid_archive"}, id="gzip cut off"),
        pytest.param("a.txt.gz", flipped(gzip.compress(TEXT * 50), 30), {"unreadable", "invalid_archive"}, id="gzip with a wrong byte"),
        pytest.param("a.txt.gz", b"not gzip", {"unreadable", "invalid_archive"}, id="gzip in name only"),
        pytest.param("a.tar", tar_bytes({"a.txt": TEXT})[:700], {"unreadable", "invalid_archive"}, id="tar cut off"),
        pytest.param("a.tar", b"no tar" * 200, {"invalid_archive"}, id="tar in name only"),
        pytest.param("a.tar", b"", {"invalid_archive"}, id="empty tar"),
        pytest.param("a.docx", zip_bytes({"[Content_Types].xml": b"<Types/>"}), {"unsupported"}, id="office document"),
    ],
)
def test_broken_archives(write, name, data, kinds):
    reading = read(write(name, data), write("z.txt", TEXT))
    assert reading.articles[-1].id == "z"
    assert set(reading.kinds) & kinds, reading


def test_a_locked_zip(write):
    data = bytearray(ZIP)
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + shift] |= 1  # says that the first member is encrypted
    reading = read(write("a.zip", bytes(data)))
    assert (reading.article.id, reading.kinds) == ("b", ["invalid_archive"])
