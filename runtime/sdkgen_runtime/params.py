"""Values as the text of a path, a query, header fields, cookies and forms.

No value can leave its place: what has a meaning in a path, a query or a cookie is
percent-encoded, and what cannot be encoded where it stands is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal
from urllib.parse import quote, quote_plus

from .mediatypes import is_json
from .request import UNSET, Body
from .styles import DELIMITERS, Part, Style, json_text, parts
from .values import jsonable_at

Location = Literal["path", "query", "header", "cookie"]

DEFAULT_STYLES: Final[Mapping[str, Style]] = {
    "path": Style("simple", explode=False),
    "query": Style("form", explode=True),
    "header": Style("simple", explode=False),
    "cookie": Style("form", explode=True),
}

_JSON: Final = Style("json")

Styles = Mapping[tuple[str, str], Style]

_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
_DOTS: Final = frozenset({".", ".."})
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110, section 5.6.2."""
_NOT_IN_A_HEADER: Final = re.compile(r"[^\t\x20-\x7e]")
"""RFC 9110, section 5.5: visible ASCII; no control characters, line ends above all."""
_COOKIE_VALUE: Final = re.compile(r'("?)[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*\1')
"""RFC 6265, section 4.1.1: cookie-value."""
_RESERVED: Final = ":/?@!$'()*,;="
"""RFC 3986, section 2.2, without what ends a value (``&``), is read as another character
(``+``), or cannot stand in a query at all (``#[]``): OpenAPI 3.1.1, section 4.8.12.4."""
_SEPARATORS: Final = {"simple": ",", "label": ".", "matrix": ";"}
_FIRST: Final = {"simple": "", "label": ".", "matrix": ";"}
"""RFC 6570, appendix A."""


def expand_path(template: str, values: Mapping[str, Any], styles: Styles) -> str:
    """The path with its arguments in place.

    Raises:
        ValueError: An argument is empty, or would make the path another one.
    """

    def argument(match: re.Match[str]) -> str:
        name = match[1]
        value = values[name]
        style = _style("path", name, styles)
        given = () if value is UNSET or value is None else parts(name, value, style)
        texts = [_in_path(name, part, style) for part in given]
        if not any(texts):
            raise ValueError(
                f"The path argument {name!r} is {value!r}, "
                f"which would make {template!r} another path: give it a value."
            )
        return _FIRST.get(style.name, "") + _SEPARATORS.get(style.name, ",").join(texts)

    path = _PLACEHOLDER.sub(argument, template)
    if not _DOTS.isdisjoint(path.split("/")):
        raise ValueError(
            f"The path arguments make {path!r} of {template!r}: a server takes that for another "
            "path, since dots alone mean the parts around them."
        )
    return path


def _in_path(name: str, part: Part, style: Style) -> str:
    texts = ",".join(map(_quoted, part.texts))
    if style.name == "matrix":
        key = _quoted(name if part.key is None else part.key)
        # RFC 6570, section 3.2.7: no equals sign before nothing.
        return f"{key}={texts}" if texts else key
    return texts if part.key is None else f"{_quoted(part.key)}={texts}"


def query_string(values: Mapping[str, Any], styles: Styles) -> str:
    """The query, without its question mark.

    Raises:
        ValueError: A value cannot be told apart from others in its style.
    """
    return "&".join(_named("query", values, styles))


def cookie_header(values: Mapping[str, Any], styles: Styles) -> str:
    """The value of the `Cookie` header (RFC 6265, section 4.2.1).

    Raises:
        ValueError: A value cannot be told apart from others in its style, or cannot stand in a
            cookie as it is where its style encodes nothing.
    """
    return "; ".join(_named("cookie", values, styles))


def headers(values: Mapping[str, Any], styles: Styles) -> dict[str, str]:
    """Header parameters as header fields.

    Raises:
        ValueError: A value has characters that no header may have, or that stand between
            the values of its style.
    """
    fields: dict[str, str] = {}
    for name, value in values.items():
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a header.")
        if value is UNSET or value is None:
            continue
        style = _style("header", name, styles)
        if style.name == "json":
            fields[name] = header_value(name, json_text(jsonable_at(name, value), ascii_only=True))
        elif given := [_in_header(one) for one in parts(name, value, style, bare=",")]:
            fields[name] = header_value(name, ",".join(given))
    return fields


def _in_header(part: Part) -> str:
    """A part as it is: nothing in a header is percent-encoded."""
    texts = ",".join(one if isinstance(one, str) else one.decode("latin-1") for one in part.texts)
    return texts if part.key is None else f"{part.key}={texts}"


def header_value(name: str, value: str) -> str:
    """The value, once it is sure that it stays inside its header.

    Raises:
        ValueError: It has characters that no header may have. The message does not repeat it.
    """
    found = _NOT_IN_A_HEADER.search(value)
    if found:
        raise ValueError(
            f"The value of the header {name!r} has the character U+{ord(found[0]):04X}, "
            "which a header cannot carry."
        )
    return value.strip()


def urlencoded(members: Mapping[str, Any], body: Body) -> str:
    """A form as text (WHATWG URL, section 5.2).

    An array is written item by item and an object as JSON, if they have no style (OpenAPI 3.1,
    section 4.8.14.3).

    Raises:
        ValueError: A value cannot be told apart from others in its style.
    """

    def pairs() -> Iterator[str]:
        for name, value in members.items():
            if value is UNSET or value is None:
                continue
            plain = jsonable_at(name, value)
            is_text = is_json(body.parts.get(name, "")) or isinstance(plain, Mapping)
            style = body.styles.get(name, _JSON if is_text else DEFAULT_STYLES["query"])
            yield from _pairs(name, plain, style, _form_quoted)

    return "&".join(pairs())


def _named(location: Location, values: Mapping[str, Any], styles: Styles) -> Iterator[str]:
    """The ``name=value`` pairs of a query or of cookies."""
    for name, value in values.items():
        if value is not UNSET and value is not None:
            style = _style(location, name, styles)
            if style.name == "cookie":
                yield from _cookies(name, value, style)
            else:
                yield from _pairs(name, value, style, _quoted)


def _cookies(name: str, value: Any, style: Style) -> Iterator[str]:
    """The ``name=value`` pairs of the style `cookie`: nothing in them is encoded."""
    for part in parts(name, value, style, bare=","):
        key = name if part.key is None else part.key
        if not _TOKEN.fullmatch(key):
            raise ValueError(f"{key!r} is not the name of a cookie.")
        texts = [one if isinstance(one, str) else one.decode("latin-1") for one in part.texts]
        if not all(map(_COOKIE_VALUE.fullmatch, texts)):
            raise ValueError(
                f"The value of the cookie {key!r} has characters that a cookie cannot carry "
                "(RFC 6265, section 4.1.1), and its style encodes none: give it encoded."
            )
        yield f"{key}={','.join(texts)}"


def _pairs(name: str, value: Any, style: Style, quoted: Callable[..., str]) -> Iterator[str]:
    """The ``name=value`` pairs that a value comes to.

    A delimiter other than a comma is percent-encoded, and then looks like the same character in a
    value: no value may have it.
    """
    bare = DELIMITERS.get(style.name, "")
    delimiter = quoted(bare) if bare else ","
    # Where commas stand between the parts, none inside of them is left as it is.
    reserved = _RESERVED if style.explode else _RESERVED.replace(",", "")
    safe = reserved if style.reserved else ""
    for part in parts(name, value, style, bare):
        texts = delimiter.join(quoted(one, safe) for one in part.texts)
        yield f"{quoted(name if part.key is None else part.key)}={texts}"


def _quoted(text: str | bytes, safe: str = "") -> str:
    return quote(text, safe=safe)


def _form_quoted(text: str | bytes, safe: str = "") -> str:
    """WHATWG URL, section 1.3: the application/x-www-form-urlencoded percent-encode set."""
    return quote_plus(text, safe=f"{safe}*").replace("~", "%7E")


def _style(location: Location, name: str, styles: Styles) -> Style:
    return styles.get((location, name), DEFAULT_STYLES[location])
