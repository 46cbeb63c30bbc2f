"""Every Python name of a package is made here: from a document's words, and from them alone.

No name depends on the order of a document, and none carries a number that the document
does not have. What a document says is untrusted: a name is made of letters, digits and
underscores, whatever went in. Letters lose their accents; those of other scripts stay, since
without them names that a document tells apart would be one.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final

import pydantic

from sdkgen.importable import DEVICES, TAKEN, taken_by

_SMALL: Final = "[a-z\u0080-\U0010ffff]"
"""What goes on with a word. Scripts other than Latin mostly have no capitals."""
_WORD: Final = re.compile(
    rf"""
    (?: [Oo]Auth[0-9]* | IPv[46] ) (?!{_SMALL}|[0-9])  # words with capitals in them
    | [A-Z][A-Z0-9]+s (?!{_SMALL})          # capitals in the plural: IDs, GPUs, K8s
    | [A-Z0-9]+ (?=[A-Z]{_SMALL}|v[0-9])    # capitals before a word: HTTP in HTTPServer, APIv2
    | [A-Z0-9]+ (?![A-Za-z0-9]|{_SMALL})    # capitals at the end: A2A, 2FA
    | [A-Z]*[0-9] (?:{_SMALL}|[0-9])*       # what begins with digits or before them: MD5sum, 4o
    | [A-Z]? (?:{_SMALL}|[0-9])+            # Tokens, k8s, sha256
    """,
    re.VERBOSE,
)
"""A word. Where neither case nor punctuation says otherwise, digits belong to what is around."""
_CAPITALS: Final = re.compile("[A-Z0-9][A-Z]")
"""What words are not always told apart by as they are here: in ``userIDs``, ``A2A``."""
_NOT_A_WORD: Final = re.compile(r"[^A-Za-z0-9\u0080-\U0010ffff]+")
LONGEST: Final = 80
"""Characters of a name. Longer ones are the work of a machine, and no one types them."""
_LONGEST_HEAD: Final = 32
"""What is kept of the beginning of a longer name; the rest is its end, which says more."""

RESERVED_ARGUMENTS: Final = frozenset(
    {"timeout", "max_retries", "lenient", "on_unknown_event", "on_decode_error"}
    | {"extra_headers", "extra_query", "extra_body", "on_response", "on_resume", "base_url"}
    | {"options", "self", "rt"}
)
"""What every method takes beside its own arguments, and the names that its body uses."""

CLIENT_ARGUMENTS: Final = RESERVED_ARGUMENTS | {"http_client", "server", "httpx"}
"""What every client takes beside its credentials and the variables of its servers."""

_RESERVED_ATTRIBUTES: Final = frozenset(
    {"close", "aclose"}
    | {"cached_property", "overload"}
    | {"builtins", "rt", "m", "p", "httpx", "date", "datetime"}
)
"""What clients have of their own, and the names that a class uses for decorators and annotations.

Built-in types are none of them: where a class has an attribute `list`, it writes `builtins.list`.
"""

ATTRIBUTES_OF_MODELS: Final = frozenset(dir(pydantic.BaseModel))
"""What every model has already."""

_NOT_FOR_FIELDS: Final = ATTRIBUTES_OF_MODELS | {
    *("bool", "bytes", "dict", "float", "int", "list", "str"),
}
"""Names to which the generator of models adds an underscore; to those of types, only where a field
of that name would hide one."""

_RESERVED_CLASSES: Final = frozenset(
    {
        "Any",
        "BaseModel",
        "SDKModel",
        "OneOf",
        "OpenVariant",
        "UnknownVariant",
        "UnknownEvent",
        "ConfigDict",
        "Field",
        "Literal",
        "Annotated",
        "Union",
    }
)
_RESERVED_RESOURCES: Final = frozenset(
    {"Any", "Literal", "Mapping", "Never", "Self", "Sequence", "TracebackType", "Unpack"}
    | {"BaseException"}
)
"""What the modules of clients and resources import or use as it is."""


def words(text: str) -> list[str]:
    """The words of an identifier, however it was written, in lower case."""
    return list(_words(text))


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _split(text))


def _split(text: str) -> list[str]:
    plain = text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKC", text)))
    return [word for part in _NOT_A_WORD.split(plain) for word in _WORD.findall(part)]


def _plain(character: str) -> str:
    """A character as it may stand in a name: without its accent, or a space instead of it."""
    if character.isascii():
        return character
    for form in (character, character.casefold()):  # folded, the sharp s of German is two letters
        if bare := unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode():
            return bare
    return character if f"x{character}".isidentifier() else " "


_SYMBOLS: Final = {
    "+": "plus",
    "-": "minus",
    "_": "underscore",
    ".": "dot",
    " ": "space",
    "/": "slash",
    "$": "dollar",
    "@": "at",
    "<": "less",
    ">": "greater",
    "=": "equal",
    "!": "not",
    "*": "star",
    "#": "hash",
    "%": "percent",
    "&": "and",
    "|": "or",
    "~": "tilde",
}


def with_symbols(text: str) -> str:
    """A text with words for its symbols: for names that differ in nothing else."""
    return "".join(f" {_SYMBOLS[one]} " if one in _SYMBOLS else one for one in text)


@lru_cache(maxsize=1 << 16)
def snake(text: str) -> str:
    """A name for a variable, a method or a module: ``maxTokens`` to ``max_tokens``."""
    return _identifier("_".join(_fitting(words(text), 1)).rstrip("_"), "value")


@lru_cache(maxsize=1 << 16)
def pascal(text: str) -> str:
    """A name for a class. Words written in capitals stay so: ``FIM-request`` to ``FIMRequest``.

    Its module is called like it, in small letters: `Import` cannot be imported.
    """
    name = _capitalised(text)
    taken = name in _RESERVED_CLASSES or any(map(keyword.iskeyword, (name, name.lower())))
    return f"{name}Model" if taken else _identifier(name, "Model")


def _capitalised(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _fitting(_split(text), 0))


def _fitting(said: Iterable[str], gap: int) -> list[str]:
    """The words that fit into a name: the first of them and the last, if not all."""
    said = [word[:LONGEST] for word in said]
    if sum(len(word) + gap for word in said) <= LONGEST:
        return said
    head = _first(said, gap, _LONGEST_HEAD)
    room = LONGEST - sum(len(word) + gap for word in head)
    return head + _first(said[: len(head) - 1 if head else None : -1], gap, room)[::-1]


def _first(said: list[str], gap: int, room: int) -> list[str]:
    lengths = accumulate(len(word) + gap for word in said)
    return [word for word, length in zip(said, lengths, strict=True) if length <= room]


def _identifier(name: str, fallback: str) -> str:
    # As Python reads it (Language Reference, section 2.3).
    name = unicodedata.normalize("NFKC", name)
    if not name:
        return fallback
    if not name.isidentifier():
        name = f"{fallback[0]}{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def client(title: str) -> str:
    """A name for a client's class, that hides nothing which packages have already."""
    name = pascal(title)
    return f"{name}Client" if taken_by(name) else name


def resource_class(path: Iterable[str], client: str) -> str:
    """A name for a resource's class, which is not that of the client it belongs to.

    Nor that of another resource for event loops: `AsyncJobs` is what `Jobs` has there.
    """
    name = _identifier(_capitalised("_".join(path)), "Resource")
    taken = name in _RESERVED_RESOURCES or name.casefold() == client.casefold()
    taken = taken or name.startswith("Async")
    return f"{name}Resource" if taken else name


def package(title: str) -> str:
    """A name for a package, that hides no module which it imports itself."""
    name = snake(title)
    return f"{name}_api" if name in TAKEN | DEVICES else name


def argument(wire: str) -> str:
    """A name for a method's argument."""
    name = snake(wire)
    return f"{name}_" if name in RESERVED_ARGUMENTS else name


def client_argument(wire: str) -> str:
    """A name for an argument of a client."""
    name = snake(wire)
    return f"{name}_" if name in CLIENT_ARGUMENTS else name


def attribute(wire: str) -> str:
    """A name for a model's property, as long as no other would have the same."""
    name = snake(wire)
    return f"{name}_" if name in ATTRIBUTES_OF_MODELS else name


def attributes(
    wires: Iterable[str], taken: Iterable[str] = (), classes: Container[str] = ()
) -> dict[str, str]:
    """The names of those of a model's properties that would have one name, by the wire's.

    The one that is spelled like it keeps it; the others spell out their symbols. Those with words
    in capitals have a name here, too, for it to be that of the same property as an argument; and
    those with letters that Python reads as others, for it to be known which name the wire has.

    Args:
        wires: The names of the properties.
        taken: Names that none of them can have.
        classes: Those of the classes that the model names. To mypy, an attribute of that name would
            hide the class; there are such names in scripts without capitals.
    """
    wires, taken = sorted(wires), frozenset(taken)
    often = Counter(map(snake, wires))
    # Whatever a property is called that is not told apart here, nothing else may be.
    used = {*taken, *wires, *(name for name, count in often.items() if count == 1)}
    used |= _NOT_FOR_FIELDS | {f"{name}_" for name in _NOT_FOR_FIELDS.intersection(wires)}
    found = {}
    for wire in wires:
        name, is_respelled = snake(wire), unicodedata.normalize("NFKC", wire) != wire
        is_taken = name in _NOT_FOR_FIELDS | taken
        is_contested = wire != name and (often[name] > 1 or (is_respelled and is_taken))
        if is_contested or name in classes:
            name = snake(with_symbols(wire))
            while name in used:
                name += "_"
            used.add(name)
            found[wire] = name
        elif (is_respelled or _CAPITALS.search(wire)) and wire != name and not is_taken:
            found[wire] = name
    return found


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """One of what a plural names, for the English plurals that APIs are made of."""
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def class_for_item(owner: str, field: str) -> str:
    """A name for the class of an array's items: ``Chunk.choices`` to ``ChunkChoice``."""
    *head, last = _split(field) or ["item"]
    one = singular(last)
    return pascal("_".join([owner, *head, one if one != last else f"{last}_item"]))


def method(name: str) -> str:
    """A name for a method or a resource, kept from what a class or Python has of its own."""
    name = snake(name)
    return f"{name}_" if name in _RESERVED_ATTRIBUTES else name


def environment_variable(*parts: str) -> str:
    """A name for an environment variable: ``PARLEY_API_KEY``."""
    return "_".join(word.upper() for part in parts for word in words(part))
