"""What a program pays for importing a generated package, in CPU time of processes of their own.

    python tests/benchmarks/bench_import.py SPEC [--config FILE] [--resource chat.completions]

The floor is a program that imports httpx and pydantic and makes a client of httpx. With a
resource, the package is used a bit more: the resource is touched, and all models that its
module names are loaded. Where the `openai` package is installed, it runs in the same turns.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sdkgen import pipeline
from sdkgen.diagnostics import Diagnostics

ROUNDS: Final = 15

FLOOR: Final = "import httpx, pydantic; httpx.Client()"
CLIENT: Final = "import {package} as p; client = p.{client}(base_url='http://memory')"
TOUCH: Final = """
import sys
module = vars(sys.modules[type(client.{resource}).__module__])
for one in [one for one in module.values() if isinstance(one, p._runtime.Operation)]:
    for outcome in (*one.returns, *one.raises):
        outcome.shape is None or outcome.shape.validator
    if isinstance(one, p._runtime.StreamOperation):
        one.events.loads[b""]
"""
PEER: Final = "import openai; openai.OpenAI(api_key='x', base_url='http://memory')"


def cpu(code: str, folder: str) -> float:
    """CPU seconds of a process that runs the code."""
    # Installed packages are compiled: so is this one, by the first run, whatever the environment.
    own = {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": ""}
    child = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **own})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    assert status == 0, code
    return used.ru_utime + used.ru_stime


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("spec")
    arguments.add_argument("--config", type=Path)
    arguments.add_argument("--resource", default="")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        job = pipeline.Job(given.spec, given.config)
        planned = pipeline.plan(job, Diagnostics(), str)
        assert planned is not None, "nothing can be made of this document"
        for name, text in pipeline.files(planned, str).items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        made = CLIENT.format(package=planned.api.package, client=planned.api.client)
        cases = {"httpx and pydantic": FLOOR, "the package": made}
        if given.resource:
            cases[f"{given.resource}, its models"] = made + TOUCH.format(resource=given.resource)
        if find_spec("openai"):
            cases["openai"] = PEER
        for code in cases.values():
            cpu(code, folder)  # compiles
        runs = [{name: cpu(code, folder) for name, code in cases.items()} for _ in range(ROUNDS)]
    best = {name: min(one[name] for one in runs) for name in cases}
    floor = best["httpx and pydantic"]
    print(f"{'':32}{'CPU ms':>8}{'ratio':>7}")
    for name, seconds in best.items():
        print(f"{name:32}{seconds * 1000:>8.0f}{seconds / floor:>7.2f}")


if __name__ == "__main__":
    main()
