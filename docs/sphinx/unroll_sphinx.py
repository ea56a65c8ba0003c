"""Sphinx and MyST: the directive `unroll` puts a panel into a page. See README.md here."""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from unroll_html import ATTRIBUTES, PARTS, panel, split


class unroll_panel(nodes.General, nodes.Element):
    """A panel; its child is what formats other than HTML show."""


class UnrollDirective(SphinxDirective):
    """`.. unroll:: [file]`: the program is the content, or that file."""

    has_content = True
    optional_arguments = 1
    option_spec = {
        **dict.fromkeys(ATTRIBUTES, directives.unchanged),
        **{f"{name}-file": directives.unchanged_required for name in PARTS},
    }

    def run(self):
        """A panel's node, or a message where the author wrote something that there is not."""
        try:
            text = self._text()
            attributes = {name: self.options[name] for name in ATTRIBUTES if name in self.options}
            node = unroll_panel(html=panel(text, attributes))
        except (OSError, ValueError) as error:
            raise self.error(f"unroll: {error}") from error
        program = split(text)[0]
        node += nodes.literal_block(program, program, language="python")
        self.set_source_info(node)
        return [node]

    def _text(self):
        parts = [self._read(self.arguments[0])] if self.arguments else []
        parts += ["\n".join(self.content)]
        for name in PARTS:
            if file := self.options.get(f"{name}-file"):
                parts += [f"---- {name}\n{self._read(file)}"]
        return "\n".join(parts)

    def _read(self, name):
        relative, path = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        return Path(path).read_text(encoding="utf-8")


def visit_html(self, node):
    """The element itself."""
    self.body.append(node["html"] + "\n")
    raise nodes.SkipNode


def add_scripts(app, pagename, templatename, context, doctree):
    """unroll.js and unroll.css, on pages with a panel only."""
    if doctree is None or not any(doctree.findall(unroll_panel)):
        return
    url = app.config.unroll_url.rstrip("/")
    app.add_css_file(f"{url}/unroll.css")
    app.add_js_file(f"{url}/unroll.js", type="module")


def setup(app):
    """Called by Sphinx."""
    app.add_config_value("unroll_url", "unroll", "html", str)
    app.add_node(
        unroll_panel,
        html=(visit_html, None),
        **{
            name: (lambda self, node: None, lambda self, node: None)
            for name in ("latex", "text", "man", "texinfo")
        },
    )
    app.add_directive("unroll", UnrollDirective)
    app.connect("html-page-context", add_scripts)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
