"""Writes what real PyTorch gives for the cases and programs of the Python suite.

Run in the checkout: pytorch tests/golden/make_python.py [NAME ...]
A NAME is that of a file in cases/ or programs/; without one, all are written.
PyTorch 2.6; each case after torch.manual_seed(0).
"""

import json
import os
import pathlib
import random
import sys
import tempfile

import torch

folder = pathlib.Path(__file__).parent.resolve()
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


def chosen(pattern):
    """The files that the command line names, or all."""
    names = sys.argv[1:]
    return [path for path in sorted(folder.glob(pattern)) if not names or path.stem in names]


def write_cases(path):
    """One line of JSON a case."""
    results = [
        {"kind": kind, "code": code, **python_side.run_case(kind, code)}
        for kind, code in python_side.read_cases(path.read_text())
    ]
    lines = ",\n".join(json.dumps(result) for result in results)
    (folder / f"data/cases/{path.stem}.json").write_text(f"[\n{lines}\n]\n")
    print(f"{path.stem}: {len(results)} cases")


def write_program(path):
    """What the program prints."""
    (folder / f"data/programs/{path.stem}.txt").write_text(
        python_side.run_program(path.read_text())
    )
    print(f"{path.stem}: a program")


def main():
    torch.set_num_threads(1)
    for path in chosen("cases/*.txt"):
        write_cases(path)
    (folder / "data/input.txt").write_text(input_text())
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        pathlib.Path("input.txt").write_text(input_text())
        for path in chosen("programs/*.py"):
            write_program(path)


main()
