"""Bytes from a file, from standard input or from a URL.

The only module of the generator that uses the network.
"""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from sdkgen.diagnostics import Diagnostics, fail
from sdkgen.text import Text, parse

if TYPE_CHECKING:
    import httpx

MAX_BYTES: Final = 64 * 2**20
"""The largest public documents have some 15 MB."""
MAX_REDIRECTS: Final = 5
_TIMEOUT: Final = 30.0
_STDIN: Final = "<stdin>"
_SECRET: Final = re.compile(r"(?<=://)[^/?#]*@|[?#].*", re.DOTALL)
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")

COME_NEARER: Final = "run sdkgen in a folder that contains both"
"""What to do about a file that is not within reach."""


def read(spec: str, diagnostics: Diagnostics) -> Text:
    """Read a document.

    Args:
        spec: A path, a URL, or ``-`` for standard input.
        diagnostics: Takes what can be mended.

    Raises:
        DocumentError: It cannot be had, or is neither YAML nor JSON.
    """
    return parse(read_bytes(spec), _STDIN if spec == "-" else public(spec), diagnostics)


def read_bytes(
    spec: str, transport: httpx.BaseTransport | None = None, *, stay: bool = False
) -> bytes:
    """The bytes of a file, of standard input (``-``) or behind a URL.

    Args:
        spec: Where they are.
        transport: How a URL is fetched, if not from the network.
        stay: Whether to follow redirects to the same server alone.

    Raises:
        DocumentError: There are none, or too many.
    """
    if spec == "-":
        return _bounded(_standard_input(), _STDIN)
    if is_url(spec):
        return _fetch(spec, transport, stay=stay)
    try:
        with Path(spec).open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1), spec)
    except FileNotFoundError:
        fail("Source/Missing", f"there is no file `{spec}`", None, "check the path")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        fail("Source/Unreadable", f"`{spec}` cannot be read: {reason}", None)


def _standard_input() -> bytes:
    # Python has None for a stream that is closed.
    if sys.stdin is None:
        fail("Source/Unreadable", "standard input cannot be read: it is closed", None)
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or error
        fail("Source/Unreadable", f"standard input cannot be read: {reason}", None)


def is_url(name: str) -> bool:
    """Whether a document is fetched, and not read from a file."""
    return "://" in name


def is_within_reach(file: str, folder: str) -> bool:
    """Whether a file may be read that a document or a configuration in a folder names.

    Anybody may have written them, and findings quote what is read: no name, and no symbolic link,
    leads out of the folder but to what is in the working directory.
    """
    try:
        there = Path(os.path.realpath(file))
    except ValueError:
        return True  # no file has such a name, which is said where it is looked for
    return any(there.is_relative_to(os.path.realpath(one)) for one in (folder, "."))


def public(spec: str) -> str:
    """What may be said of where a document is: a URL without user, password, query and fragment.

    Any of them can be a credential (RFC 3986, section 3.2.1, and what signed URLs are).
    """
    return _SECRET.sub("", spec) if is_url(spec) else spec


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        fail("Source/TooLarge", f"`{name}` is larger than {MAX_BYTES // 2**20} MiB", None)
    return data


def _fetch(url: str, transport: httpx.BaseTransport | None, *, stay: bool) -> bytes:
    # Most documents are files.
    import httpx  # noqa: PLC0415

    try:
        # No proxy is asked for what is on this very machine.
        is_here = urlsplit(url).hostname in _LOOPBACK
        with httpx.Client(timeout=_TIMEOUT, transport=transport, trust_env=not is_here) as client:
            return _follow(client, url, stay=stay)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        fail("Source/Unreachable", f"`{public(url)}` cannot be fetched: {reason}", None)


def _is_safe(target: str, asked: str) -> bool:
    """Whether no one on the way can read or change what is fetched.

    The loopback interface has no way (W3C Secure Contexts, section 3.1): there is the document of
    a server under development. But only who asked for it by name may look around on a machine.
    """
    parts = urlsplit(target)
    is_own = parts[:2] == urlsplit(asked)[:2] and parts.hostname in _LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and is_own)


def _follow(client: httpx.Client, url: str, *, stay: bool) -> bytes:
    target = url
    for _ in range(MAX_REDIRECTS + 1):
        if not _is_safe(target, url):
            hint = "use an https URL, or download the document and give its path"
            fail(
                "Source/Scheme",
                f"`{public(target)}` is not fetched: only https is safe",
                None,
                hint,
            )
        if stay and urlsplit(target)[:2] != urlsplit(url)[:2]:
            fail("Source/Unreachable", f"`{public(url)}` redirects to another server", None)
        with client.stream("GET", target) as response:
            if response.has_redirect_location:
                target = urljoin(target, response.headers["location"])
                continue
            if not response.is_success:
                message = f"`{public(target)}` answers with status {response.status_code}"
                fail("Source/Unreachable", message, None)
            data = io.BytesIO()
            for chunk in response.iter_bytes():
                data.write(chunk)
                if data.tell() > MAX_BYTES:
                    break
            return _bounded(data.getvalue(), public(url))
    message = f"`{public(url)}` redirects more than {MAX_REDIRECTS} times"
    return fail("Source/Unreachable", message, None)
