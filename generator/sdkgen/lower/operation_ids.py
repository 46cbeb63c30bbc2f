"""What operation ids say of a method, without modules, routes and the words of its resource."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from sdkgen.lower import fastapi
from sdkgen.lower.names import method, singular, words
from sdkgen.lower.routes import (
    VERBS,
    below,
    is_collection,
    is_noise,
    is_parameter,
    literals,
    plain_path,
    segments,
)
from sdkgen.source.grammar import METHODS

_HTTP: Final = frozenset(METHODS)
_SPACE: Final = re.compile(r"\s")
_CAMEL: Final = re.compile(r"^[A-Z]|[a-z0-9][A-Z]")
_JOINT: Final = re.compile(r"[./:]+")
_JOINT_OF_CAMEL: Final = re.compile(r"[./:_]+")
_FEWEST_APART: Final = 2


def method_from_id(
    operation_id: str, verb: str, path: str, resource: tuple[str, ...]
) -> str | None:
    """The method that an operation id names within its resource; None where nothing is left.

    ``agents_api_v1_conversations_append_stream`` in ``beta.conversations`` is
    ``append_stream``; ``listUsers`` in ``users`` is ``list``.
    """
    said = phrase(operation_id, verb, path, resource)
    start = 1 if said and said[0] in VERBS else 0
    rest = said[:start] + _without_nouns(said[start:], path, resource)
    if rest[-2:] == ["by", "id"]:
        rest = rest[:-2]
    if rest == ["get"] and is_collection(path):
        return "list"
    return None if not rest or (rest == [verb] and verb != "get") else method("_".join(rest))


def spoken(operation_id: str, verb: str, path: str) -> list[str]:
    """The words of an operation id without what frameworks add to a function's name.

    FastAPI writes the path after that, with the verb of one of the function's endpoints, which may
    be that of another, Litestar before, all in title case; Springfox adds `UsingGET`.
    """
    said, route = words(operation_id), words(plain_path(path))
    if said[-2:] == ["using", verb]:
        return said[:-2]
    named = said[: -len(route) - 1]
    verbs = _HTTP if route else {verb}
    if named and said[len(named) : -1] == route and said[-1] in verbs:
        return named
    # A route that was added later, or another one of the function's: up to its first parameter.
    start = fastapi.spelled(path[: path.find("}") + 1])
    function, found, _ = operation_id.partition(start) if start else ("", "", "")
    if found and (own := words(function)) and said[-1] in _HTTP:
        return own
    is_title = operation_id.isalnum() and operation_id[0].isupper()
    is_apart = is_title or plain_path(path) in operation_id
    for before in (route, [verb, *route]) if route and is_apart else ():
        if said[: len(before)] == before != said:
            return said[len(before) :]
    return said


def phrase(operation_id: str, verb: str, path: str, resource: tuple[str, ...]) -> list[str]:
    """What an operation id says, without noise, and from where it stops saying where it is."""
    said = spoken(operation_id, verb, path)
    if _is_route(said, verb, path, resource):
        return []
    said = said[-_method_words(operation_id, resource) :]
    said = _without_noise(said, path, resource)
    return _without_http(said[_led_to(said, path, resource) :], verb, path)


def after_resource(operation_id: str, verb: str, path: str, resource: tuple[str, ...]) -> list[str]:
    """What an operation id says after its resource, if nothing but modules is before that."""
    own, parts = words(resource[-1]), _parts(operation_id)
    if len(parts) < _FEWEST_APART:
        said = spoken(operation_id, verb, path)
        return said[len(own) :] if said[: len(own)] == own else []
    if own not in parts[:-1]:
        return []
    at = parts.index(own)
    is_apart = VERBS.isdisjoint(part[0] for part in parts[:at])
    return [word for part in parts[at + 1 :] for word in part] if is_apart else []


def _is_route(said: list[str], verb: str, path: str, resource: tuple[str, ...]) -> bool:
    """Whether an operation id only repeats where the operation is: ``post-orders-id-cancel``."""
    if verb not in (said[:1] + said[-1:]) or (below(path, resource) is None and "{" not in path):
        return False
    plain = _singulars(said[1:] if said[0] == verb else said[:-1])
    whole = _singulars(words(plain_path(path)))
    literal = _singulars(word for one in literals(segments(path)) for word in words(one))
    has_parameters = plain == whole and whole != literal
    has_literals = plain == literal and said[0] == verb and verb not in VERBS
    return has_parameters or has_literals


def _singulars(said: Iterable[str]) -> list[str]:
    return [singular(word) for word in said if not is_noise(word)]


def _method_words(operation_id: str, resource: tuple[str, ...]) -> int:
    """How many words of an operation id are the method's, and not set apart by punctuation.

    The part before them stays where they say no more than what is done, and not with one of the
    resource: ``tables.delete``.
    """
    parts = _parts(operation_id)
    own = {"controller", *_nouns_of(resource)}
    is_own = [own.issuperset(_singulars(part)) for part in parts]
    at = last = len(parts) - 1
    if len(parts) >= _FEWEST_APART:
        at = next((at for at in range(1, last) if parts[at][0] in VERBS), last)
        if parts[0][0] in VERBS | _HTTP and not is_own[0]:
            at = 0
        elif len(parts[at]) == 1 and not is_own[at - 1]:
            at -= 1
    return sum(map(len, parts[at:]))


def _parts(operation_id: str) -> list[list[str]]:
    """The words of what punctuation sets apart: groups, and the method.

    That is dots and slashes, and underscores where names in mixed case are joined by these:
    ``activity/list-events``, ``Jobs_ListEvents``. Sentences have no parts.
    """
    joint = _JOINT_OF_CAMEL if _CAMEL.search(operation_id) else _JOINT
    parts = [operation_id] if _SPACE.search(operation_id) else joint.split(operation_id)
    return [one for one in map(words, parts) if one]


def _without_noise(said: list[str], path: str, resource: tuple[str, ...]) -> list[str]:
    """The words without noise, and without those of modules before it, if no verb is there."""
    known = _nouns_of([*resource, *literals(segments(path))])
    places = [at for at, word in enumerate(said) if is_noise(word) and singular(word) not in known]
    for at in reversed(places):
        if at < len(said) - 1 and (VERBS | _HTTP).isdisjoint(said[:at]):
            said = said[at + 1 :]
            break
    return [word for word in said if not is_noise(word) or singular(word) in known]


def _led_to(said: list[str], path: str, resource: tuple[str, ...]) -> int:
    """How many words say where an operation is, and not what it does.

    They are words of the resource, or lead to it in the path, and one is left after them.
    """
    own = _nouns_of(resource)
    known = own | _leading_nouns(path, resource)
    leading = list(takewhile(lambda word: _is_known(word, known), said[:-1]))
    after = said[len(leading) :]
    verbs = [at for at, word in enumerate(leading) if word in VERBS]
    # To `invite_create` and `run_steps_list` a resource's own verbs are nouns; to `invite_user`,
    # and of the path, they are what is done.
    is_noun_first = len(after) == 1 and after[0] in VERBS - own
    if verbs and not (is_noun_first and own.issuperset(leading[at] for at in verbs)):
        return verbs[0]
    if after[:1] and after[0] in VERBS:
        return len(leading)  # users_list
    if own.issuperset(_singulars(leading)):
        return len(leading)  # agents_history
    return 0  # project_quota_raise


def _is_known(word: str, known: set[str]) -> bool:
    return word.isdigit() or singular(word) in known


def _leading_nouns(path: str, resource: tuple[str, ...]) -> set[str]:
    """The words of what leads to a resource in a path, and of parameters; none without it.

    A parameter for one of what is below the resource repeats what that is called.
    """
    found, inside = segments(path), below(path, resource)
    if inside is None:
        return set()
    leading = literals(found[: len(found) - len(inside)])
    parameters = filter(is_parameter, found)
    return _nouns_of(leading) | (_nouns_of(parameters) - _nouns_of(literals(inside)))


def _nouns_of(names: Iterable[str]) -> set[str]:
    """The words of names, and names without anything between their words."""
    found = set[str]()
    for name in names:
        parts = [singular(word) for word in words(name)]
        found.update(parts, ["".join(parts)])
    return found


def _without_nouns(said: list[str], path: str, resource: tuple[str, ...]) -> list[str]:
    """The words without those of the resource, but for one each of what is below it, too."""
    known = _nouns_of(resource)
    things = [one for one in literals(below(path, resource) or ()) if words(one)[0] not in VERBS]
    inside = _nouns_of(things)
    found: list[str] = []
    for word in reversed(said):
        one = singular(word)
        if one not in known or one in inside:
            found.insert(0, word)
            inside.discard(one)
    return found


def _without_http(said: list[str], verb: str, path: str) -> list[str]:
    """The words without HTTP's verb at an end, if there is another beside it.

    It is a noun where the path has it, too: `create_blog_post`. To post to what there are several
    of is to create one: `batches_post` is `batches_create`.
    """
    if said[:1] == [verb] and verb not in VERBS and said[1:2] and said[1] in VERBS:
        return said[1:]
    first, last = said[:-1], said[-1:]
    if not first or last != [verb] or verb in map(singular, words(plain_path(path))):
        return said
    if verb in first or (verb not in VERBS and not VERBS.isdisjoint(first)):
        return first
    return [*first, "create"] if verb == "post" and is_collection(path) else said
