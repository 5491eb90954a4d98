"""URLs are told from paths, taken apart, and shown without their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.batch.urls import (
    base_name,
    is_pattern,
    is_url,
    local_path,
    shown_text,
    shown_url,
)

ARE_URLS = [
    ("https://host/a.xlsx", True),
    ("HTTPS://host/a.xlsx", True),
    ("zip://*.xlsx::https://host/a.zip", True),
    ("simplecache::s3://bucket/a.xlsx", True),
    ("a::b.xlsx", False),
    ("returns/a::b.xlsx", False),
    ("C:/returns/a.xlsx", False),
    ("C:\\returns\\a.xlsx", False),
    ("\\\\server\\share\\a.xlsx", False),
    ("c://returns", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), ARE_URLS)
def test_a_path_is_no_url(text: str, expected: bool) -> None:
    """Neither with the letter of a drive nor with colons in its names."""
    assert is_url(text) is expected


PATTERNS = [
    ("s3://bucket/*.xlsx", True),
    ("s3://bucket/a?.xlsx", True),
    ("s3://bucket/a.xlsx?versionId=*", False),
    ("https://host/*.xlsx", True),
    ("https://host/get?name=*", False),
    ("https://host/a.xlsx#[1]", False),
    ("zip://*.xlsx::https://host/a.zip", True),
    ("zip://a.xlsx::https://host/*.zip", False),
]


@pytest.mark.parametrize(("url", "expected"), PATTERNS)
def test_a_query_is_no_pattern(url: str, expected: bool) -> None:
    """A star in it is for the server."""
    assert is_pattern(url) is expected


NAMES = [
    ("https://host/in/a.xlsx?v=1", "a.xlsx"),
    ("https://host/in/", "in"),
    ("https://host", "host"),
    ("zip://in/b.xlsx::https://host/a.zip", "b.xlsx"),
    ("zip://::file:///in/a.zip", "a.zip"),
    ("zip://::", "zip://::"),
    ("file://C:\\in\\a.xlsx", "a.xlsx"),
    ("s3://bucket/what?.xlsx", "what?.xlsx"),
    ("in/a.xlsx", "a.xlsx"),
]


@pytest.mark.parametrize(("source", "name"), NAMES)
def test_a_name_is_without_folders_and_query(source: str, name: str) -> None:
    """Of a chain, the first part that names something."""
    assert base_name(source) == name


def test_only_files_of_this_computer_have_a_path() -> None:
    """A chain has that of the file it leads into."""
    assert local_path("file:///in/a.xlsx") == Path("/in/a.xlsx")
    assert local_path("zip://b.xlsx::file:///in/a.zip") == Path("/in/a.zip")
    assert local_path("file://~/a.xlsx") == Path("~/a.xlsx").expanduser()
    assert local_path("s3://bucket/a.xlsx") is None


SHOWN = [
    ("https://host/a.xlsx", "https://host/a.xlsx"),
    ("https://host/@me/a.xlsx", "https://host/@me/a.xlsx"),
    ("https://host/a.xlsx?sig=secret", "https://host/a.xlsx?…abb6c3399a8e"),
    ("https://host/a.xlsx?…35b2ed4ce2ab", "https://host/a.xlsx?…35b2ed4ce2ab"),
    ("ftp://me:pass@word@host/a@b.xlsx", "ftp://me:***@host/a@b.xlsx"),
    ("ftp://me:pass#word@host/a.xlsx", "ftp://me:***@host/a.xlsx"),
    ("abfs://box@account.host/a.xlsx", "abfs://box@account.host/a.xlsx"),
    ("zip://a.xlsx::sftp://me:secret@host/a.zip", "zip://a.xlsx::sftp://me:***@host/a.zip"),
]


@pytest.mark.parametrize(("url", "shown"), SHOWN)
def test_a_url_is_shown_without_its_secrets(url: str, shown: str) -> None:
    """What is no secret stays, and what is hidden already is not hidden again."""
    assert shown_url(url) == shown


SAID = [
    ("403 for https://host/a.xlsx?sig=k%2Fey", "https://host/a.xlsx?sig=k%2Fey"),
    ("403 for URL('https://host/a.xlsx?sig=k/ey')", "https://host/a.xlsx?sig=k%2Fey"),
    ("moved to http://other/a?token=sekret-of-another", "https://host/a.xlsx"),
    ("no such signature: k/ey", "https://host/a.xlsx?sig=k%2Fey"),
    ("530 login me sekret pass", "ftp://me:sekret%20pass@host/a.xlsx"),
    ("who is sekret?", "https://sekret@host/a.xlsx"),
    ("bad account_key 'sekret=='", "abfs://box/a.xlsx"),
    ("bad client sekret-of-client", "simplecache::abfs://box/a.xlsx"),
]


@pytest.mark.parametrize(("text", "url"), SAID)
def test_what_a_file_system_said_is_shown_without_secrets(text: str, url: str) -> None:
    """However it writes the URL, and whether they stood there or in the options."""
    options = {"key": "sekret==", "anon": False, "abfs": {"client": "sekret-of-client"}, "a": "me"}
    shown = shown_text(text, url, options)
    assert not any(secret in shown for secret in ("sekret", "k/ey", "k%2Fey")), shown
    assert shown.split(maxsplit=1)[0] == text.split(maxsplit=1)[0]
