"""What paths say of an operation: its resource, its method, and no noise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile
from typing import Final

from sdkgen.lower.names import method, singular, words

_VERSION: Final = re.compile(
    r"v([0-9]{1,9}(?:\.[0-9]{1,9})*)(?:(alpha|beta)([0-9]{0,9}))?", re.IGNORECASE
)
_STAGES: Final = ("alpha", "beta", "")
_PARAMETER: Final = re.compile(r"\{[^{}]*\}(\.\w+)?")
_FLAG: Final = re.compile(r"([A-Za-z_]+)=true")
_NOISE: Final = frozenset({"api", "rest", "route", "routes"})
"""Words of operation ids that say how a server is built and not what an operation does."""
VERBS: Final = frozenset(
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
        if words(segment) and not segment.startswith("{") and not is_noise(segment):
            return (method(segment),)
    return ("api",)


def cut(path: str) -> tuple[str, str]:
    """A path, and the query that it has; without the fragment that tells it from others."""
    plain, _, query = path.partition("#")[0].partition("?")
    return plain, query


def plain_path(path: str) -> str:
    """A path without the query and the fragment that tell it from others."""
    return cut(path)[0]


def flag_of(path: str) -> str | None:
    """The flag that a path sets in its query: `beta` in ``/models?beta=true``."""
    found = _FLAG.fullmatch(cut(path)[1])
    return found[1] if found else None


def is_noise(word: str) -> bool:
    """Whether a path's or operation id's word says nothing about the API."""
    return word.lower() in _NOISE or _VERSION.fullmatch(word) is not None


def method_from_path(verb: str, path: str, resource: tuple[str, ...]) -> str:
    """The method of an operation that has no id to speak of: an action's name, or the verb's.

    With what its path leads to below the resource, if that is in the path: `list_events` and
    `create_event` of ``/jobs/{id}/events``, and `cancel` of ``/jobs/{id}/cancel``.
    """
    said = words_below(path, resource) if below(path, resource) is not None else []
    if verb == "post" and not is_item(path):
        said = said or _action(path, resource)
        if said and (singular(said[-1]) == said[-1] or not VERBS.isdisjoint(said)):
            return method("_".join(said))
        said[-1:] = map(singular, said[-1:])
    return method("_".join([plain_method(verb, path), *said]))


def _action(path: str, resource: tuple[str, ...]) -> list[str]:
    """What is done to the item that a path leads through: its last words."""
    last = segments(path)[-1:] if "{" in path else []
    known = set().union(*map(_nouns, resource))
    return [word for text in literals(last) for word in words(text) if singular(word) not in known]


def plain_method(verb: str, path: str) -> str:
    """What an operation is called of which nothing is known but where it is."""
    if verb == "get":
        return "list" if is_collection(path) else "retrieve"
    return {
        "post": "create",
        "put": "update" if is_item(path) else "replace",
        "patch": "update",
        "delete": "delete",
    }.get(verb, verb)


def is_collection(path: str) -> bool:
    """Whether a path ends in a plural rather than in a parameter."""
    last = plain_path(path).rstrip("/").rpartition("/")[2]
    return not last.startswith("{") and singular(last) != last


def is_item(path: str) -> bool:
    """Whether a path ends in a parameter."""
    return is_parameter(plain_path(path).rstrip("/").rpartition("/")[2])


def is_parameter(segment: str) -> bool:
    """Whether a segment of a path is a parameter and nothing else."""
    return _PARAMETER.fullmatch(segment) is not None


def segments(path: str) -> list[str]:
    """The segments of a path that say what it leads to."""
    found = [one for one in plain_path(path).split("/") if one and not _VERSION.fullmatch(one)]
    return list(dropwhile(is_noise, found))


def literals(among: Iterable[str]) -> list[str]:
    """What segments have beside parameters."""
    plain = (_PARAMETER.sub(" ", segment) for segment in among)
    return [segment for segment in plain if words(segment)]


def below(path: str, resource: tuple[str, ...]) -> list[str] | None:
    """The segments after that which is called like the resource; None where there is none."""
    parts = [_joined(part) for part in resource]
    own = {"".join(parts[depth:]) for depth in range(len(parts))}
    found = segments(path)
    for at in reversed(range(len(found))):
        if _joined(found[at]) in own:
            return found[at + 1 :]
    return None


def _joined(text: str) -> str:
    """A name as it is compared: `powerforms` is what others write as `PowerForms`."""
    return "".join(map(singular, words(_PARAMETER.sub(" ", text))))


def words_below(path: str, resource: tuple[str, ...]) -> list[str]:
    """The words of a path below its resource: of one of many, the singular."""
    inside = below(path, resource)
    among = segments(path) if inside is None else inside
    found = [word for segment in literals(among) for word in words(segment)]
    if literals(among[-2:-1]) and is_item(path):
        found[-1] = singular(found[-1])
    return found


def _nouns(text: str) -> set[str]:
    """The words of a name, as they are compared."""
    return {singular(word) for word in words(text)}


def versions(path: str) -> list[str]:
    """The segments of a path that are versions."""
    return [one for one in plain_path(path).split("/") if _VERSION.fullmatch(one)]


def ages(path: str) -> tuple[tuple[tuple[int, ...], int, int], ...]:
    """What sorts paths by their versions, the oldest first: none, `v1alpha1`, `v1`, `v1.1`."""
    return tuple(
        (
            tuple(map(int, one[1].split("."))),
            _STAGES.index((one[2] or "").lower()),
            int(one[3] or 0),
        )
        for one in map(_VERSION.fullmatch, versions(path))
        if one is not None
    )
