"""Names that a package, its distribution and its client can have, and what to write instead."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Callable, Container, Mapping
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9]+")

_DISTRIBUTION: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
"""PEP 508, section "Names"."""

_BETWEEN: Final = re.compile(r"[-_.]+")
"""Between the words of distributions' names, which are the same with any of it (PEP 503)."""

_NEEDED: Final = frozenset(
    {
        *("httpx", "anyio", "certifi", "h11", "httpcore", "idna", "sniffio"),
        *("pydantic", "annotated_types", "pydantic_core", "typing_extensions", "typing_inspection"),
    }
)
"""What packages need: modules, and the distributions of the same names that bring them."""

TAKEN: Final = sys.stdlib_module_names | _NEEDED
"""What is there wherever a package of ours is: Python's modules, and those of what it needs."""

PUBLIC: Final = frozenset(
    {
        *("APIConnectionError", "APIError", "APIResponseValidationError", "APIStatusError"),
        *("APITimeoutError", "AuthenticationError", "BadRequestError", "ConflictError"),
        *("EventDecodeError", "InternalServerError", "MissingCredentialError", "NotFoundError"),
        *("PermissionDeniedError", "RateLimitError", "StreamError", "StreamInterruptedError"),
        *("StreamTimeoutError", "StreamTruncatedError", "UnprocessableEntityError"),
        *("AsyncBinaryResponse", "AsyncEventStream", "BinaryResponse", "EventStream"),
        *("AsyncStreamRequest", "ClientOptions", "RequestOptions", "Unset"),
        *("Content", "File", "Secret"),
        *("RawResponse", "ServerSentEvent", "StreamStats", "Timeout", "UnknownEvent"),
        *("UNSET", "async_raw", "partial_json", "raw"),
    }
)
"""What users may import of the runtime from the root of every package."""

EXPORTED: Final = PUBLIC | {"models", "params"}
"""What packages export beside their clients and the root of their errors."""

_USED: Final = frozenset(
    {
        *("SDKError", "client", "resources", "builtins", "httpx", "rt", "cached_property"),
        *("TYPE_CHECKING", "Literal", "Self", "Sequence", "TracebackType", "Unpack", "annotations"),
        *("AttributeError", "BaseException", "getattr", "globals", "list", "object", "sorted"),
        *("str", "type"),
    }
)
"""What else has a name in the modules where clients are."""


DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(1, 10))}
)
"""What no file can be called: to Windows they are devices, whatever its ending and its case
(Microsoft, "Naming Files, Paths, and Namespaces").
"""


def module_for(wanted: str, taken: Container[str]) -> str:
    """A free name for a module: the one that is wanted, or that with underscores at its end.

    Args:
        wanted: The name, in small letters.
        taken: The names of the other modules of its folder.
    """
    while wanted in taken or wanted in DEVICES:
        wanted += "_"
    return wanted


def is_name(text: str) -> bool:
    """Whether a text is an identifier that Python has no use for of its own."""
    return _NAME.fullmatch(text) is not None and not keyword.iskeyword(text)


def why_not(name: str) -> str | None:
    """Why nothing can be imported by a name; None where something can."""
    if not is_name(name):
        return "it is not a Python name"
    return "it would hide the module of that name" if name in TAKEN else None


def taken_by(client: str) -> str | None:
    """What a package has already by one of the names that a client brings; None for nothing."""
    brought = (client, f"Async{client}", f"{client}Error")
    return next((one for one in brought if one in EXPORTED or one in _USED), None)


def why_no_client(name: str) -> str | None:
    """Why a client's class cannot have a name; None where it can."""
    if not is_name(name):
        return "it is not a Python name"
    if name.startswith("_"):
        return "what users import has no underscore before its name"
    taken = taken_by(name)
    return f"packages have a `{taken}` already" if taken else None


def client_instead(name: str) -> str | None:
    """The nearest name that a client can have; None where nothing is near."""
    near = "".join(word[:1].upper() + word[1:] for word in _NOT_IN_NAMES.split(name))
    if near and why_no_client(near):
        near = f"{near}Client"
    return None if why_no_client(near) else near


def distribution(package: str) -> str:
    """The name under which a package is installed: ASCII alone (PEP 508, section "Names")."""
    return _NOT_IN_NAMES.sub("-", package).strip("-") or "api"


def why_no_distribution(name: str) -> str | None:
    """Why nothing can be installed under a name; None where something can."""
    if not _DISTRIBUTION.fullmatch(name):
        return "it is not letters and digits, with `-`, `_` or `.` between them"
    plain = _BETWEEN.sub("_", name).lower()
    return "it would replace what packages need" if plain in _NEEDED else None


def distribution_instead(name: str) -> str | None:
    """The nearest name under which a package can be installed; None where nothing is near."""
    near = _NOT_IN_NAMES.sub("-", name).strip("-")
    if near and why_no_distribution(near):
        near = f"{near}-api"
    return near or None


def instead(name: str) -> str | None:
    """The nearest name that can be taken; None where nothing is near."""
    near = _NOT_IN_NAMES.sub("_", name).strip("_")
    if near and why_not(near):
        near = f"{near}_api"
    return None if why_not(near) else near


_About = Callable[[str], str | None]

SETTINGS: Final[Mapping[str, tuple[_About, _About]]] = {
    "package": (why_not, instead),
    "distribution": (why_no_distribution, distribution_instead),
    "client": (why_no_client, client_instead),
}
"""By the setting that gives a name: why a name cannot be had, and what to write instead."""
