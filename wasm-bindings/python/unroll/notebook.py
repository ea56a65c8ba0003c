"""Programs that were copied from a notebook: lines for the notebook itself are left out."""

import re

_MAGIC = re.compile(r"\s*(%{1,2}|!)\s*[A-Za-z_.]")


def without_magics(source):
    """The program without the lines that only a notebook understands, and those lines.

    A line is left out where Python finds it wrong and it begins with `%` or `!`, as in
    `%matplotlib inline` and `!pip install numpy`. The numbers of the other lines stay the same.
    """
    left_out = []
    lines = source.split("\n")
    for _ in range(source.count("%") + source.count("!")):
        number = _wrong_line(source)
        if number is None or not _MAGIC.match(lines[number - 1]):
            break
        left_out.append(lines[number - 1].strip())
        indent = re.match(r"\s*", lines[number - 1])[0]
        lines[number - 1] = f"{indent}pass"
        source = "\n".join(lines)
    return source, left_out


def _wrong_line(source):
    if not re.search(r"(?m)^\s*[%!]", source):
        return None
    try:
        compile(source, "main.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno if error.lineno and error.lineno <= source.count("\n") + 1 else None
    except ValueError:
        return None
    return None
