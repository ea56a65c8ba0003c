"""MkDocs: blocks of the language `unroll` become panels. See README.md beside this file."""

from unroll_html import ATTRIBUTES, panel


def options(language, inputs, options, attrs, md):
    """Take the attributes of a panel; with another one the fence stays a listing.

    SuperFences takes names with `_` only: `max_lines` is `max-lines`.
    """
    for name, value in inputs.items():
        attribute = name.replace("_", "-")
        if attribute not in ATTRIBUTES:
            return False
        # An option without a value comes as its own name.
        options[attribute] = "" if value == name else value
    return True


def fence(source, language, css_class, options, md, id_value="", attrs=None, **others):
    """The panel's HTML."""
    given = {"id": id_value} if id_value else {}
    html = panel(source, {**given, **options, **(attrs or {})})
    # Python-Markdown would put an unknown element into a paragraph, which its <pre> ends.
    return f'<div class="unroll">\n{html}\n</div>'
