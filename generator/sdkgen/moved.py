"""What lines of code that call a package have come to mean since it was written before.

Names depend on the document alone, and so may go to another operation when that is changed. Nobody
would see it: the line stays as it is, and means something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir.api import Api
from sdkgen.text.limits import shortened

_MOST: Final = 20
"""Names that are told of: where there are more, the API is another."""
_PARAMETER: Final = re.compile(r"\{[^{}]*\}")


def endpoints(described: Api) -> dict[str, str]:
    """What each method calls."""
    found = {}
    for resource in described.every_resource():
        for one in resource.operations:
            endpoint = f"{one.method} {one.path}"
            found[".".join((*resource.path, one.name))] = endpoint
            if one.stream_name is not None:
                found[".".join((*resource.path, one.stream_name))] = f"{endpoint} as a stream"
    return dict(sorted(found.items()))


def other_package(written: Mapping[str, Any], package: str) -> str | None:
    """The name of the package that was written before, for people; None where it is the same.

    Args:
        written: What a manifest says, perhaps: anybody may have edited it.
        package: The name of the package that is to be there.
    """
    name = written.get("package")
    return None if name in (None, package) else shortened(str(name))


def is_another(written: Mapping[str, Any], package: str, now: Mapping[str, str]) -> bool:
    """Whether a package that was written before is that of another API.

    One that is renamed has some endpoint still, and one whose endpoints are others its name.

    Args:
        written: What a manifest says, perhaps: anybody may have edited it.
        package: The name of the package that is to be there.
        now: What `endpoints` gives.
    """
    had = written.get("methods")
    if not isinstance(had, dict) or other_package(written, package) is None:
        return False
    return bool(had) and {_plain(str(one)) for one in had.values()}.isdisjoint(_names(now))


def warn(
    written: Mapping[str, Any], package: str, now: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    """Tell of names that have gone from one method to another, one by one, and of those gone.

    Where the endpoint that a method had is gone, and the one that it has is new, it is the same
    method: its API has moved it.

    Args:
        written: What a manifest says, perhaps: anybody may have edited it.
        package: The name of the package.
        now: What `endpoints` gives.
        diagnostics: Takes the warnings.
    """
    before = written.get("methods")
    if not isinstance(before, dict):
        return
    if (other := other_package(written, package)) is not None:
        diagnostics.warning("Names/Moved", f"The package `{other}` is `{package}` now.", None)
    had = {name: endpoint for name, endpoint in before.items() if isinstance(endpoint, str)}
    known, called = _names(had), _names(now)
    moved, gone = [], []
    for name, endpoint in had.items():
        instead = called.get(_plain(endpoint))
        if name not in now:
            gone.append(f"`{name}` is gone" if instead is None else f"`{name}` is `{instead}` now")
        elif _plain(now[name]) == _plain(endpoint):
            continue  # though others may have an endpoint like it
        elif instead is not None or _plain(now[name]) in known:
            hint = None if instead is None else f"{endpoint} is `{instead}` now"
            moved.append((f"`{name}` was {endpoint}, and is {now[name]} now.", hint))
    for message, hint in moved[:_MOST]:
        diagnostics.warning("Names/Moved", message, None, hint=hint)
    if len(moved) > _MOST:
        diagnostics.warning("Names/Moved", f"So have {len(moved) - _MOST} more.", None)
    if gone:
        more = f"; and {len(gone) - _MOST} more" if len(gone) > _MOST else ""
        diagnostics.warning("Names/Gone", f"{'; '.join(gone[:_MOST])}{more}.", None)


def _names(endpoints: Mapping[str, str]) -> dict[str, str]:
    """A name for each endpoint. Two may have one: those whose paths differ in a fragment alone."""
    return {_plain(endpoint): name for name, endpoint in endpoints.items()}


def _plain(endpoint: str) -> str:
    """An endpoint without the names of its parameters, which are nobody's business."""
    return _PARAMETER.sub("{}", endpoint)
