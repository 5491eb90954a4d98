"""Tell URLs from paths, take them apart, and show them without what may be secret in them.

The URLs are those of fsspec, chains such as `zip://*.xlsx::https://…` among them.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

__all__ = [
    "base_name",
    "first_link",
    "is_pattern",
    "is_url",
    "is_web",
    "local_path",
    "shown_text",
    "shown_url",
    "without_query",
]

_SCHEME = r"[a-z][a-z0-9+.\-]+://"
_URL = re.compile(rf"(?:[a-z][a-z0-9+.\-]+::)*{_SCHEME}", re.IGNORECASE)
_WEB = re.compile(r"(?:\w+::)*https?://", re.IGNORECASE)
_IN_TEXT = re.compile(rf"{_SCHEME}[^\s'\"<>]+", re.IGNORECASE)
_LOCAL = re.compile(r"(?:file|local)://", re.IGNORECASE)
# Who comes: up to the last @ before the first slash, since passwords may hold one.
_USER = re.compile(r"(?<=://)([^/@:]*):([^/]+)@")
_WEB_USER = re.compile(r"(?<=://)([^/?#@:]*)(?::([^/?#]*))?@")
_WEB_QUERY = re.compile(r"[?#](.+)", re.DOTALL)
# Elsewhere a name may hold a question mark, and what is hidden is known again.
_QUERY = re.compile(r"\?([^?]*=.*|…[0-9a-f]{12})$", re.DOTALL)
_ALREADY_HIDDEN = re.compile(r"…[0-9a-f]{12}")
_HIDDEN = "***"
# Shorter values, such as that of `page=2`, would be found in every other word of a message.
_SHORTEST_SECRET = 4


def is_url(text: str) -> bool:
    """Say whether a text is a URL and not a path; URLs may be chained with `::`."""
    return _URL.match(text) is not None


def is_web(url: str) -> bool:
    """Say whether a URL is an address on the web, where a question mark begins a query."""
    return _WEB.match(url) is not None


def is_pattern(url: str) -> bool:
    """Say whether a URL stands for all files that fit it."""
    link = first_link(url)
    return re.search(r"[*\[]" if is_web(link) else r"[*?\[]", without_query(link)) is not None


def first_link(url: str) -> str:
    """Give the first part of a chain that has a path."""
    return next(link for link in url.split("::") if "://" in link)


def local_path(url: str) -> Path | None:
    """Give the file on this computer that a URL, or the last part of a chain, names."""
    link = url.rsplit("::", maxsplit=1)[-1]
    if _LOCAL.match(link) is None:
        return None
    path = link.partition("://")[2]
    is_drive = os.name == "nt" and re.match(r"/[A-Za-z]:", path)
    return Path(path[1:] if is_drive else path).expanduser()


def base_name(source: str) -> str:
    """Give the name of a file, without its folders, from the `str` of where it is."""
    if not is_url(source):
        return Path(source).name
    for link in source.split("::"):  # a chain may leave the name to its next part
        path = without_query(link).partition("://")[2].rstrip("/")
        if path:
            return re.split(r"[/\\]", path)[-1]
    return source


def shown_url(url: str) -> str:
    """Give a URL that may be shown to anyone.

    Passwords are left out; in place of a query, which may hold a key, stand some letters that are
    the same each time, so that one URL is still told from another.
    """
    return "::".join(map(_shown_link, url.split("::")))


def shown_text(text: str, url: str, options: Mapping[str, object]) -> str:
    """Give what a file system said, without the secrets in a URL and its options.

    Args:
        text: what it said, perhaps quoting any of these.
        url: the URL that it was given.
        options: the options that it was given.
    """
    for link in sorted(url.split("::"), key=len, reverse=True):
        text = text.replace(link, _shown_link(link))
    for secret in sorted({*_secrets_in(url), *_secrets_among(options.values())}, key=len)[::-1]:
        for form in (secret, unquote(secret), quote(secret), quote(secret, safe="")):
            text = text.replace(form, _HIDDEN)
    return _IN_TEXT.sub(lambda found: shown_url(found[0]), text)


def without_query(link: str) -> str:
    """Give one part of a chain without its query."""
    return re.split(r"[?#]", link)[0] if is_web(link) else _QUERY.sub("", link)


def _shown_link(link: str) -> str:
    if is_web(link):
        user = _WEB_USER.sub(lambda found: _shown_user(found[1] if found[2] else ""), link)
        return _WEB_QUERY.sub(lambda found: f"?{_short(found[1])}", user)
    user = _USER.sub(lambda found: _shown_user(found[1]), link)
    return _QUERY.sub(lambda found: f"?{_short(found[1])}", user)


def _shown_user(name: str) -> str:
    return f"{name}:{_HIDDEN}@" if name else f"{_HIDDEN}@"


def _short(secret: str) -> str:
    if _ALREADY_HIDDEN.fullmatch(secret):
        return secret
    return "…" + hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()[:12]


def _secrets_in(url: str) -> Iterator[str]:
    for link in url.split("::"):
        user, query = (_WEB_USER, _WEB_QUERY) if is_web(link) else (_USER, _QUERY)
        if found := user.search(link):
            yield from [found[2]] if found[2] else _long_enough([found[1]])
        if found := query.search(link):
            pairs = parse_qsl(found[1].replace("#", "&"))
            yield from _long_enough([found[1], *(value for _, value in pairs)])


def _secrets_among(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield from _long_enough([value])
        elif isinstance(value, Mapping):
            yield from _secrets_among(value.values())


def _long_enough(values: Iterable[str]) -> Iterator[str]:
    return (value for value in values if len(value) >= _SHORTEST_SECRET)
