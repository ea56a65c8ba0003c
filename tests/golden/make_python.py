"""Writes what real PyTorch gives for the cases and programs of the Python suite.

Run in the checkout: pytorch tests/golden/make_python.py
PyTorch 2.6; each case after torch.manual_seed(0).
"""

import json
import os
import pathlib
import random
import sys
import tempfile

import torch

folder = pathlib.Path(__file__).parent
sys.path.insert(0, str(folder))

import python_side  # noqa: E402


def input_text(size=60_000):
    """A text to train on: sentences of a small grammar, the same each time."""
    draw = random.Random(0)
    nouns = ["cat", "dog", "river", "stone", "child", "word", "song", "window", "garden", "letter"]
    verbs = ["sees", "finds", "follows", "forgets", "remembers", "carries", "paints", "opens"]
    kinds = ["small", "old", "quiet", "orange", "bright", "heavy", "distant", "fluffy"]
    lines = []
    while sum(map(len, lines)) < size:
        a, b = draw.choice(nouns), draw.choice(nouns)
        lines.append(
            f"The {draw.choice(kinds)} {a} {draw.choice(verbs)} the {draw.choice(kinds)} {b}.\n"
        )
    return "".join(lines)


def main():
    torch.set_num_threads(1)
    cases = python_side.read_cases((folder / "python_cases.txt").read_text())
    results = [
        {"kind": kind, "code": code, **python_side.run_case(kind, code)} for kind, code in cases
    ]
    programs = {}
    (folder / "data/input.txt").write_text(input_text())
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        pathlib.Path("input.txt").write_text(input_text())
        for path in sorted((folder / "programs").glob("*.py")):
            programs[path.stem] = python_side.run_program(path.read_text())
    golden = {"torch": torch.__version__, "seed": 0, "cases": results, "programs": programs}
    (folder / "data/python.json").write_text(json.dumps(golden, indent=0) + "\n")
    print(f"{len(results)} cases, {len(programs)} programs")


folder = folder.resolve()
main()
