"""What stands around the cursor of a program that may be half written."""

import ast
import keyword
import re
from typing import NamedTuple

from unroll.notebook import without_magics

_STRING_OR_COMMENT = re.compile(
    r"""\#[^\n]*
    |(?i:\b(?:[rbuft]|[rb][rb]|[rf][rf]|[rt][rt]))?
     (?:\"{3}(?:\\.|[^\\])*?(?:\"{3}|\Z) | '{3}(?:\\.|[^\\])*?(?:'{3}|\Z)
     |"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z) | '(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z))""",
    re.VERBOSE | re.DOTALL,
)
#: A line that cannot stand inside of a bracket: one before it was left open.
_STATEMENT = re.compile(r"[ \t]*(?:def|class|import|from|with|while|try|return|raise|del|@)\b")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MOST_REPAIRS = 25


class Call(NamedTuple):
    """A call whose brackets the cursor is in."""

    callee: str
    #: How many arguments end before the cursor.
    index: int
    #: The name that the argument at the cursor is given by, or None.
    keyword: str | None
    #: Names of the arguments that are there already.
    given: frozenset
    #: Whether no further bracket is open between the call's and the cursor.
    direct: bool


def masked(source):
    """The source, as long as before, with quotation marks for strings and spaces for comments."""
    return _STRING_OR_COMMENT.sub(
        lambda found: (" " if found[0][0] == "#" else '"') * len(found[0]), source
    )


class Cursor:
    """A place in a program: what was typed there, and around it."""

    def __init__(self, before, after=""):
        self.source = before + after
        self.offset = len(before)
        self.line = before.count("\n") + 1
        self.masked = self._with_field(masked(self.source))
        self.open = self._open_brackets()

    @property
    def word(self):
        """The part of a name that ends at the cursor."""
        return re.search(r"\w*\Z", self.masked[: self.offset])[0]

    @property
    def start(self):
        """Where the word begins."""
        return self.offset - len(self.word)

    @property
    def line_before(self):
        """The line up to the cursor, strings and comments masked."""
        return self.masked[self.masked.rfind("\n", 0, self.offset) + 1 : self.offset]

    def owner(self):
        """The expression before the dot that the word comes after; None where there is no dot."""
        end = len(self.masked[: self.start].rstrip())
        if end == 0 or self.masked[end - 1] != ".":
            return None
        return self.expression(end - 1) or ""

    def expression(self, end):
        """The text of the expression that ends at an offset, '' where there is none."""
        code, inside = self.masked, bool(self.open)
        start = place = len(code[:end].rstrip(None if inside else " "))
        while True:
            trailer = place
            while trailer and code[trailer - 1] in _PAIRS:
                trailer = self._opening(trailer - 1)
                if trailer is None:
                    return ""
            name = len(code[:trailer].rstrip('"'))
            if name == trailer:
                name = re.search(r"\w*\Z", code[:trailer]).start()
            if keyword.iskeyword(code[name:trailer]) and code[name:trailer] not in _VALUES:
                name = trailer
            if name == place:
                return self.source[start:end].strip()
            start = name
            head = code[:start].rstrip(None if inside else " ")
            if not head.endswith("."):
                break
            place = len(head[:-1].rstrip(None if inside else " "))
        return "" if code[start].isdigit() else self.source[start:end].strip()

    def call(self):
        """The innermost call that the cursor is in; None outside of all calls."""
        for depth, at in enumerate(reversed(self.open)):
            if self.masked[at] != "(":
                continue
            callee = self.expression(at)
            head = self.masked[: at - len(callee)].rstrip(" ").rpartition("\n")[2]
            if not callee or re.search(r"\b(?:def|class)\Z", head):
                continue
            arguments = _split(self.masked[at + 1 : self.offset])
            rest = _split(self.masked[self.offset : self.offset + 2000], stop=True)
            names = [_keyword(argument) for argument in arguments[:-1] + rest[1:]]
            given = frozenset(filter(None, names))
            current = _keyword(arguments[-1] + rest[0])
            return Call(callee, len(arguments) - 1, current, given, depth == 0)
        return None

    def tree(self):
        """The program's syntax tree; of one that is half written, what can be read of it."""
        before, after = self.source[: self.offset], self.source[self.offset :]
        line_start = before.rfind("\n") + 1
        rest = after[after.find("\n") :] if "\n" in after else ""
        line = self.source[line_start : len(self.source) - len(rest)]
        indent = line[: len(line) - len(line.lstrip())]
        passed = f"{self.source[:line_start]}{indent}pass{rest}"
        closing = "".join({"(": ")", "[": "]", "{": "}"}[self.masked[at]] for at in self.open[::-1])
        texts = [self.source, f"{before}_{after}", f"{before}_{closing}{rest}", passed]
        if not line.strip():
            texts.insert(0, passed)
        elif before.endswith(".") and not re.match(r"\w", after):
            # An attribute without its name: to read all of the program in vain takes as long.
            texts.insert(0, texts.pop(1))
        for text in texts:
            if tree := _parsed(text):
                return tree
        return _repaired(passed)

    def _open_brackets(self):
        """Offsets of the brackets that are open at the cursor."""
        stack = []
        for found in re.finditer(r"[()\[\]{}]|\n", self.masked[: self.offset]):
            at = found.start()
            if found[0] == "\n":
                if stack and _STATEMENT.match(self.masked, at + 1):
                    stack.clear()
            elif found[0] in "([{":
                stack.append(at)
            elif stack and self.masked[stack[-1]] == _PAIRS[found[0]]:
                stack.pop()
        return stack

    def _opening(self, at):
        """The offset of the bracket that the one at `at` closes."""
        depth = 0
        for place in range(at, -1, -1):
            if self.masked[place] in ")]}":
                depth += 1
            elif self.masked[place] in "([{":
                depth -= 1
                if depth == 0:
                    return place
        return None

    def _with_field(self, code):
        """With the cursor in a field of an f-string, the field's code is not masked."""
        for found in _STRING_OR_COMMENT.finditer(self.source):
            if not found.start() < self.offset <= found.end():
                continue
            brace = self.source.rfind("{", found.start(), self.offset)
            prefix = re.match(r"\w*", found[0])[0].lower()
            if brace < 0 or not set(prefix) & set("ft") or "}" in self.source[brace : self.offset]:
                return code
            field = masked(self.source[brace + 1 : self.offset])
            return code[: brace + 1] + field + code[self.offset :]
        return code


_VALUES = ("None", "True", "False")


def _split(code, stop=False):
    """Arguments apart by commas outside of brackets; with `stop` up to the closing bracket."""
    parts, depth = [""], 0
    for letter in code:
        depth += (letter in "([{") - (letter in ")]}")
        if stop and depth < 0:
            break
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _keyword(argument):
    """The name that an argument is given by."""
    found = re.match(r"\s*(\w+)\s*=(?!=)", argument)
    return found and found[1]


def _parsed(text):
    try:
        return ast.parse(without_magics(text)[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _repaired(text):
    """The tree of a text with `pass` in place of the lines that Python cannot read."""
    lines = text.split("\n")
    for _ in range(_MOST_REPAIRS):
        try:
            return ast.parse(without_magics("\n".join(lines))[0])
        except SyntaxError as error:
            at = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
            if isinstance(error, IndentationError) and "expected an indented" in error.msg:
                at = max(at - 1, 0)
            line = lines[at]
            fixed = line[: len(line) - len(line.lstrip())] + "pass"
            lines[at] = "" if line == fixed or not line.strip() else fixed
        except (ValueError, RecursionError, MemoryError):
            break
    return ast.Module([], [])
