"""What the page may ask of Python while no program runs: `runtime.ask({kind: 'complete', …})`.

Nothing here runs before the first question, and nothing here runs a learner's code. Each kind of
question has a function in a module of its own that is imported with the first question of it. The
function takes the question (a dict) and gives what JSON can hold, or `WithBytes`.
"""

import gc
import importlib
import json
from typing import NamedTuple

#: kind of question → where the function is that answers it
ANSWERS = {
    "complete": "unroll.editor.complete:complete",
    "hover": "unroll.editor.explain:hover",
    "kinds": "unroll.assist:kinds",
    "memory": "unroll.usage:memory",
    "signature": "unroll.editor.explain:signature",
    "syntax": "unroll.editor.syntax:syntax",
    "tensor": "unroll.tensor_views:tensor",
    "tensors": "unroll.tensor_views:tensors",
    "weights": "unroll.weights:answer",
}


class WithBytes(NamedTuple):
    """An answer with bytes beside what JSON can hold: weights, tensors."""

    value: object
    parts: list


def ask(text):
    """Answer a question that is JSON: a list of the answer as JSON and the bytes beside it.

    [None] where there is no answer: to an unknown kind of question, and when its function fails.
    """
    collects = gc.isenabled()
    # A syntax tree is many small objects, which go as they came.
    gc.disable()
    try:
        question = json.loads(text)
        where = ANSWERS.get(question.get("kind"))
        if where is None:
            return [None]
        module, _, name = where.partition(":")
        answer = getattr(importlib.import_module(module), name)(question)
        value, parts = answer if isinstance(answer, WithBytes) else (answer, ())
        return [json.dumps(value), *map(bytes, parts)]
    except BaseException:
        # What a learner's objects do when they are looked at is no concern of the page.
        return [None]
    finally:
        if collects:
            gc.enable()


def kinds(_question):
    """The kinds of questions that are answered here."""
    return sorted(ANSWERS)
