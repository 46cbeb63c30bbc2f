"""What generating costs, beside datamodel-code-generator alone, which makes the models of it.

That one is given the very document and settings that it is given by sdkgen. Each runs in a
process of its own, in turns; what counts is the least CPU time, imports included.

    python tests/benchmarks/bench_generate.py SPEC [rounds]
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from sdkgen import pipeline
from sdkgen.diagnostics import Diagnostics
from sdkgen.emit import models
from sdkgen.emit.marks import Marks

_ALONE: Final = """
import gc, pickle, sys, warnings
gc.disable()
from datamodel_code_generator import generate
warnings.simplefilter("ignore")
with open(sys.argv[1], "rb") as file:
    document, config = pickle.load(file)
generate(document, config=config)
"""


def run(*command: str) -> tuple[float, float]:
    """CPU seconds of a process, and the most memory that it had, in MiB."""
    child = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Installed packages are compiled: so is sdkgen, by its first run.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    spec, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    planned = pipeline.plan(pipeline.Job(spec), Diagnostics(), str)
    assert planned is not None, "nothing can be made of this document"
    definitions = planned.api.definitions
    names = models.called(definitions, ())
    marks = Marks(models.document(definitions, ()), names.values())
    with tempfile.TemporaryDirectory() as folder:
        task, out = Path(folder, "task"), str(Path(folder, "out"))
        task.write_bytes(
            pickle.dumps((marks.document(), models.settings(definitions, "#", marks, names)))
        )
        generate = ("-m", "sdkgen", "generate", spec, "-o", out, "--quiet")
        cases = {
            "models alone": ("-c", _ALONE, str(task)),
            "generate": (*generate, "--force"),
            "generate again": generate,
            "lint": ("-m", "sdkgen", "lint", spec, "--quiet"),
        }
        runs = [{name: run(*command) for name, command in cases.items()} for _ in range(rounds)]
    seconds = {name: min(one[name][0] for one in runs) for name in cases}
    memory = {name: max(one[name][1] for one in runs) for name in cases}
    print(f"{len(definitions)} models\n{'':16}{'CPU s':>8}{'MiB':>7}")
    for name in cases:
        print(f"{name:16}{seconds[name]:>8.2f}{memory[name]:>7.0f}")
    print(f"\ngenerate / models alone:  {seconds['generate'] / seconds['models alone']:.2f}")
    print(f"generate again / generate: {seconds['generate again'] / seconds['generate']:.2f}")
    print(f"lint / generate:           {seconds['lint'] / seconds['generate']:.2f}")
    print(f"memory / models alone:     {memory['generate'] / memory['models alone']:.2f}")


if __name__ == "__main__":
    main()
