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
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final

import pydantic

from sdkgen.importable import TAKEN, taken_by

_SMALL: Final = "[a-z\u0080-\U0010ffff]"
"""What goes on with a word. Scripts other than Latin mostly have no capitals."""
_WORD: Final = re.compile(rf"[A-Z]+(?=[A-Z]{_SMALL})|[A-Z]?{_SMALL}+|[A-Z]+|[0-9]+")
_VERSION: Final = re.compile(r"v[0-9]+((alpha|beta)[0-9]*)?", re.IGNORECASE)
_FLAG: Final = re.compile(r"([A-Za-z_]+)=true")
_NOT_A_WORD: Final = re.compile(r"[^A-Za-z0-9\u0080-\U0010ffff]+")
_LONGEST: Final = 80
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
"""Names to which the generator of models adds an underscore: to those of types where it must."""

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
    }
)
_RESERVED_RESOURCES: Final = frozenset(
    {"Any", "Literal", "Mapping", "Never", "Self", "Sequence", "TracebackType", "Unpack"}
    | {"BaseException"}
)
"""What the modules of clients and resources import or use as it is."""

_NOISE: Final = frozenset({"api", "route", "routes", "rest"})
"""Words of operation ids that say how a server is built and not what an operation does."""


def words(text: str) -> list[str]:
    """The words of an identifier, however it was written, in lower case."""
    return [word.lower() for word in _split(text)]


def _split(text: str) -> list[str]:
    plain = text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKC", text)))
    found: list[str] = []
    for part in _NOT_A_WORD.split(plain):
        for word in _WORD.findall(part):
            # A digit belongs to the word before it: oauth2, v1, sha256.
            if word.isdigit() and found and part and not part.startswith(word):
                found[-1] += word
            else:
                found.append(word)
    return found


def _plain(character: str) -> str:
    """A character as it may stand in a name: without its accent, or a space instead of it."""
    if character.isascii():
        return character
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return bare or (character if f"x{character}".isidentifier() else " ")


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
    said = [word[:_LONGEST] for word in said]
    if sum(len(word) + gap for word in said) <= _LONGEST:
        return said
    head = _first(said, gap, _LONGEST_HEAD)
    room = _LONGEST - sum(len(word) + gap for word in head)
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
    return f"{name}_api" if name in TAKEN else name


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


def attributes(wires: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """The names of those of a model's properties that would have one name, by the wire's.

    The one that is spelled like it keeps it; the others spell out their symbols.

    Args:
        wires: The names of the properties.
        taken: Names that none of them can have.
    """
    wires = sorted(wires)
    often = Counter(map(snake, wires))
    # Whatever a property is called that is not told apart here, nothing else may be.
    used = {*taken, *wires, *(name for name, count in often.items() if count == 1)}
    used |= _NOT_FOR_FIELDS | {f"{name}_" for name in _NOT_FOR_FIELDS.intersection(wires)}
    found = {}
    for wire in wires:
        if often[snake(wire)] > 1 and wire != snake(wire):
            name = snake(with_symbols(wire))
            while name in used:
                name += "_"
            used.add(name)
            found[wire] = name
    return found


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


def resource_from_path(path: str) -> tuple[str, ...]:
    """The noun of a path that has no tag: its first word that is neither version nor parameter."""
    for segment in plain_path(path).strip("/").split("/"):
        if segment and not segment.startswith("{") and not is_noise(segment):
            return (method(segment),)
    return ("api",)


def plain_path(path: str) -> str:
    """A path without the query and the fragment that tell it from others."""
    return path.partition("#")[0].partition("?")[0]


def flag_of(path: str) -> str | None:
    """The flag that a path sets in its query: `beta` in ``/models?beta=true``."""
    found = _FLAG.fullmatch(path.partition("#")[0].partition("?")[2])
    return found[1] if found else None


def is_noise(word: str) -> bool:
    """Whether a path's or operation id's word says nothing about the API."""
    return word.lower() in _NOISE or _VERSION.fullmatch(word) is not None


def method_from_id(
    operation_id: str, verb: str, path: str, resource: tuple[str, ...]
) -> str | None:
    """The method that an operation id names within its resource; None where nothing is left.

    ``agents_api_v1_conversations_append_stream`` in ``beta.conversations`` is
    ``append_stream``; ``listUsers`` in ``users`` is ``list``.
    """
    said = phrase(operation_id, verb, path)
    nouns = {singular(word) for part in resource for word in words(part)}
    start = 1 if said and said[0] in _VERBS else 0
    if not start:
        said = _after(said, singular(resource[-1]))
    rest = said[:start] + [word for word in said[start:] if singular(word) not in nouns]
    if rest[-2:] == ["by", "id"]:
        rest = rest[:-2]
    if rest == ["get"] and is_collection(path):
        return "list"
    return None if not rest or (rest == [verb] and verb != "get") else method("_".join(rest))


def phrase(operation_id: str, verb: str, path: str) -> list[str]:
    """What an operation id says: from its verb on, if it has one, and without noise."""
    said = _without_route(words(operation_id), verb, path)
    said = [word for word in said if not is_noise(word)]
    start = next((at for at, word in enumerate(said) if word in _VERBS), 0)
    if start and said[start - 1] in _ADVERBS:
        start -= 1
    return said[start:]


def _after(said: list[str], noun: str) -> list[str]:
    """What is said after a noun, if anything is: before it may stand the names of modules."""
    places = [at for at, word in enumerate(said[:-1]) if singular(word) == noun]
    return said[places[-1] + 1 :] if places else said


_ADVERBS: Final = frozenset({"batch", "bulk"})

_VERBS: Final = frozenset(
    """
    accept activate add append apply approve archive assign attach call cancel check
    clear clone close complete compute confirm convert copy count create deactivate delete describe
    detach disable download edit enable end execute export fetch find finish generate get import
    invite join judge leave link list lock login logout make mark merge modify move open patch
    pause preview process publish query read reboot register reject release remove rename
    replace reset resolve restart restore resume retrieve retry revoke rotate run save schedule
    search send set share show sign signal skip start stop stream submit subscribe sync terminate
    test toggle transfer trigger unarchive unassign undo unlink unlock unschedule unsubscribe
    update upload upsert validate verify view watch write
    """.split()  # noqa: SIM905 - a hundred words read better as words
)
"""First words of an operation id that make it a sentence: ``create_voice``."""


def _without_route(said: list[str], verb: str, path: str) -> list[str]:
    """The words without the path and verb that FastAPI appends to a function's name.

    Others append the verb alone, which is none where the path has it, too: `create_blog_post`.
    """
    nouns, verb = words(plain_path(path)), verb.lower()
    route = [*nouns, verb]
    if len(said) > len(route) and said[-len(route) :] == route:
        return said[: -len(route)]
    speaks = any(word in _VERBS for word in said[:-1])
    if speaks and said[-1] == verb and verb not in map(singular, nouns):
        return said[:-1]
    return said


def method_from_path(verb: str, path: str, resource: tuple[str, ...]) -> str:
    """The method of an operation that has no id to speak of: an action's name, or the verb's."""
    last = plain_path(path).rstrip("/").rpartition("/")[2]
    noun = {singular(word) for part in resource for word in words(part)}
    if last and not last.startswith("{") and verb == "post" and "{" in path:
        action = [word for word in words(last) if singular(word) not in noun]
        if action:
            return method("_".join(action))
    if verb == "get":
        return "list" if is_collection(path) else "retrieve"
    return {
        "post": "create",
        "put": "update" if last.startswith("{") else "replace",
        "patch": "update",
        "delete": "delete",
    }.get(verb, method(verb))


def is_collection(path: str) -> bool:
    """Whether a path ends in a plural rather than in a parameter."""
    last = plain_path(path).rstrip("/").rpartition("/")[2]
    return not last.startswith("{") and singular(last) != last


def method(name: str) -> str:
    """A name for a method or a resource, kept from what a class or Python has of its own."""
    name = _identifier(snake(name), "call")
    return f"{name}_" if name in _RESERVED_ATTRIBUTES else name


def environment_variable(*parts: str) -> str:
    """A name for an environment variable: ``PARLEY_API_KEY``."""
    return "_".join(word.upper() for part in parts for word in words(part))
