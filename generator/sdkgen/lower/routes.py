"""What operation ids and paths say of an operation: its resource, its method, and no noise."""

from __future__ import annotations

import re
from typing import Final

from sdkgen.lower.names import method, singular, words

_VERSION: Final = re.compile(r"v[0-9]+((alpha|beta)[0-9]*)?", re.IGNORECASE)
_FLAG: Final = re.compile(r"([A-Za-z_]+)=true")
_NOISE: Final = frozenset({"api", "route", "routes", "rest"})
"""Words of operation ids that say how a server is built and not what an operation does."""
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
