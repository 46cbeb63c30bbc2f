"""A document's version as Python's tools read it (PEP 440)."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 50
_MOST_NUMBERS: Final = 6
_NUMBERS: Final = re.compile(r"[0-9]+")

# Appendix B of PEP 440, without what no document means: epochs, and `2024-01` as a post-release.
_PEP_440: Final = re.compile(
    r"""v?(?P<release>[0-9]+(\.[0-9]+)*)
    ([-_.]?(?P<pre>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?P<pre_number>[0-9]*))?
    ([-_.]?(?P<post>post|rev|r)[-_.]?(?P<post_number>[0-9]*))?
    ([-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>[0-9]*))?
    (\+(?P<local>[a-z0-9]+([-_.][a-z0-9]+)*))?""",
    re.VERBOSE | re.IGNORECASE,
)
_PRE: Final = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
"""How releases before the release are spelt, where they are spelt otherwise."""

_SEMVER: Final = re.compile(r"v?(?P<release>[0-9]+\.[0-9]+\.[0-9]+)[-+].*", re.IGNORECASE)
"""SemVer 2.0, whose pre-releases may have any name: only those above have one in Python."""


def version(said: str) -> str:
    """A version of the same meaning, or else of the same numbers.

    The numbers of a pre-release are none of the release's: with them it would be the newer one.
    """
    text = said[:_LONGEST].strip()
    if found := _PEP_440.fullmatch(text):
        return _numbers(found["release"]) + _before_and_after(found)
    release = found["release"] if (found := _SEMVER.fullmatch(text)) else text
    return _numbers(release) or "0.0.0"


def _numbers(text: str) -> str:
    return ".".join(str(int(number)) for number in _NUMBERS.findall(text)[:_MOST_NUMBERS])


def _before_and_after(found: re.Match[str]) -> str:
    """What follows the numbers of a release, as PEP 440 has it in its normal form."""
    said = ""
    if pre := found["pre"]:
        said += _PRE.get(pre.lower(), pre.lower()) + _number(found["pre_number"])
    if found["post"]:
        said += ".post" + _number(found["post_number"])
    if found["dev"]:
        said += ".dev" + _number(found["dev_number"])
    if local := found["local"]:
        said += "+" + re.sub("[-_]", ".", local.lower())
    return said


def _number(digits: str) -> str:
    return str(int(digits or "0"))
