"""The HTML of an `<unroll-panel>` from a block of text: what the Sphinx and MkDocs ways share.

A block holds the program, and behind lines such as `---- check` its other parts.
"""

import re
from html import escape

PARTS = ("setup", "check", "solution", "hint", "stdin", "output")

#: Attributes that an author may give: those of `attributeNames` in web/panel/options.ts.
ATTRIBUTES = (
    "id",
    "title",
    "src",
    "lang",
    "files",
    "packages",
    "packages-url",
    "editable",
    "autorun",
    "loading",
    "theme",
    "layout",
    "max-lines",
    "timeout",
    "hide",
    "setup",
    "check",
    "solution",
    "hint",
    "depends-on",
    "persist",
    "seed",
    "stdin",
    "isolated",
)

_LINE = re.compile(r"^---- ?(\w+)[ \t]*$")


def split(text):
    """The program of a block, and its parts as (name, text), in their order.

    Raises ValueError for a part that there is not.
    """
    program, parts = [], []
    lines = program
    for number, line in enumerate(text.splitlines(), 1):
        if mark := _LINE.match(line):
            if mark[1] not in PARTS:
                raise ValueError(
                    f"line {number}: there is no part {mark[1]!r}, only {', '.join(PARTS)}"
                )
            lines = []
            parts.append((mark[1], lines))
        else:
            lines.append(line)
    return _joined(program), [(name, _joined(lines)) for name, lines in parts]


def panel(text, attributes=None):
    """The element for a block of text.

    attributes: by name; None or "" gives an attribute without a value. Raises ValueError for a name
    that there is not.
    """
    attributes = attributes or {}
    for name in attributes:
        if name not in ATTRIBUTES:
            raise ValueError(f"there is no option {name!r}, only {', '.join(ATTRIBUTES)}")
    program, parts = split(text)
    # Lines for input() are an attribute, whose several lines options of Markdown cannot hold.
    attributes = {**attributes, **{name: content for name, content in parts if name == "stdin"}}
    given = "".join(_attribute(name, value) for name, value in attributes.items())
    pieces = [_pre(program)] if program or not attributes.get("src") else []
    pieces += [_part(name, content) for name, content in parts if name != "stdin"]
    return f"<unroll-panel{given}>\n" + "\n".join(pieces) + "\n</unroll-panel>"


def _part(name, content):
    if name in ("setup", "check"):
        return _pre(content, f' class="{name}" hidden')
    if name == "output":
        return _pre(content, ' class="output"')
    title = name.capitalize()
    inside = _pre(content) if name == "solution" else escape(content, quote=False)
    return f'<details class="{name}"><summary>{title}</summary>{inside}</details>'


def _pre(content, given=""):
    # Markdown ends a block of HTML at an empty line, which this is none of for the reader.
    text = escape(content, quote=False).replace("\n\n", "\n&#10;").replace("\n\n", "\n&#10;")
    return f"<pre{given}>\n{text}\n</pre>"


def _attribute(name, value):
    if value in (None, ""):
        return f" {name}"
    text = escape(str(value)).replace("\n", "&#10;")
    return f' {name}="{text}"'


def _joined(lines):
    return "\n".join(lines).strip("\n")
