"""Writes what real PyTorch gives for the cases and programs of the Python suite.

Run by make.mjs; `make.mjs make_python NAME ...` writes the data of the named files in cases/ and
programs/ only. Each case runs after torch.manual_seed(0).
"""

import json
import os
import pathlib
import random
import sys
import tempfile

folder = pathlib.Path(__file__).parent.resolve()
sys.path.insert(0, str(folder))

import python_side  # noqa: E402
import reference  # noqa: E402, F401


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
    """What the program prints. Its own process ends with a default dtype that it sets."""
    child = os.fork()
    if child == 0:
        printed = python_side.run_program(path.read_text())
        (folder / f"data/programs/{path.stem}.txt").write_text(printed)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"{path.stem} ended its process")
    print(f"{path.stem}: a program")


def main():
    (folder / "data/input.txt").write_text(input_text())
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        pathlib.Path("input.txt").write_text(input_text())
        # Before the cases: autograd, once used, does not survive a fork.
        for path in chosen("programs/*.py"):
            write_program(path)
        for path in chosen("cases/*.txt"):
            write_cases(path)


main()
