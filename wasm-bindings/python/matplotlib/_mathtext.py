r"""The little of TeX that labels use: `$x^2$`, `$\alpha_i$`, `$\frac{a}{b}$`, as runs of text."""

import re
from typing import NamedTuple

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_SIGNS = (
    "times × cdot · pm ± mp ∓ div ÷ infty ∞ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ "
    "equiv ≡ "
    "propto ∝ rightarrow → to → leftarrow ← Rightarrow ⇒ leftrightarrow ↔ uparrow ↑ downarrow ↓ "
    "sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩ forall ∀ exists ∃ "
    "ldots … cdots ⋯ dots … circ ∘ degree ° prime ′ ell ℓ hbar ℏ Re ℜ Im ℑ ast ∗ star ⋆ odot ⊙ "
    "oplus ⊕ otimes ⊗ langle ⟨ rangle ⟩ mid | vert | Vert ‖ | ‖ % % $ $ # # & & _ _ { { } } "
)


def _pairs(text):
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_LETTERS = _pairs(_GREEK)
_SYMBOLS = _LETTERS | _pairs(_SIGNS) | {",": "\u2009", ";": " ", ":": " ", " ": " ", "!": ""}
_SYMBOLS |= {"quad": "  ", "qquad": "    ", "\\": " ", "left": "", "right": "", "displaystyle": ""}
_FUNCTIONS = "sin cos tan tanh sinh cosh exp log ln max min arg lim det dim argmax argmin"
_UPRIGHT = (
    "mathrm mathdefault mathregular text textrm mathsf operatorname mathtt textbf mathbf bf rm"
)
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}
_ACCENTS |= {"overline": "\u0304", "widehat": "\u0302", "widetilde": "\u0303", "ddot": "\u0308"}
_TOKEN = re.compile(r"\\[A-Za-z]+ ?|\\.|.", re.DOTALL)


class Run(NamedTuple):
    """A piece of text, its size and its height above the line in parts of the font's size."""

    text: str
    scale: float = 1.0
    rise: float = 0.0
    italic: bool = False


def runs(text):
    """The runs of one line of text."""
    parts = re.split(r"(?<!\\)\$", text)
    if len(parts) < 3 or len(parts) % 2 == 0:
        return [Run(text.replace(r"\$", "$"))]
    found = []
    for i, part in enumerate(parts):
        if i % 2:
            _Reader(part, found).read()
        elif part:
            found.append(Run(part.replace(r"\$", "$")))
    return _joined(found) or [Run("")]


def _joined(found):
    joined = []
    for run in found:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


class _Reader:
    def __init__(self, text, out):
        self.tokens = [token.rstrip(" ") or token for token in _TOKEN.findall(text)]
        self.out = out

    def read(self, scale=1.0, rise=0.0, italic=True, end=None):
        while self.tokens:
            token = self.tokens.pop(0)
            if token == end:
                return
            self._one(token, scale, rise, italic)

    def _one(self, token, scale, rise, italic):
        if token == "{":
            self.read(scale, rise, italic, "}")
        elif token in "^_":
            up = 0.35 if token == "^" else -0.18
            self._argument(scale * 0.7, rise + up * scale, italic)
        elif token[0] == "\\" and len(token) > 1:
            self._command(token[1:], scale, rise, italic)
        elif token == "'":
            self._put("′", scale, rise, False)
        elif token == "-":
            self._put("−", scale, rise, False)
        elif token != " ":
            spaced = f" {token} " if token in "=<>+" and scale == 1 else token
            self._put(spaced, scale, rise, italic and token.isalpha())

    def _argument(self, scale, rise, italic):
        if self.tokens:
            self._one(self.tokens.pop(0), scale, rise, italic)

    def _command(self, name, scale, rise, italic):
        if name in ("frac", "dfrac", "tfrac"):
            self._argument(scale, rise, italic)
            self._put("/", scale, rise, False)
            self._argument(scale, rise, italic)
        elif name == "sqrt":
            self._put("√", scale, rise, False)
            self._argument(scale, rise, italic)
        elif name in _ACCENTS:
            start = len(self.out)
            self._argument(scale, rise, italic)
            if len(self.out) > start:
                last = self.out[-1]
                self.out[-1] = last._replace(text=last.text + _ACCENTS[name])
        elif name in _UPRIGHT.split():
            self._upright(scale, rise)
        elif name in ("mathcal", "mathbb", "mathit", "boldsymbol"):
            self._argument(scale, rise, italic)
        elif name in _FUNCTIONS.split():
            self._put(name, scale, rise, False)
        else:
            known = _SYMBOLS.get(name, f"\\{name}" if name.isalpha() else name)
            self._put(known, scale, rise, italic and name in _LETTERS and name[0].islower())

    def _upright(self, scale, rise):
        if self.tokens and self.tokens[0] == "{":
            self.tokens.pop(0)
            depth = 0
            while self.tokens:
                token = self.tokens[0]
                if token == "}" and not depth:
                    self.tokens.pop(0)
                    return
                if token in ("^", "_", "{") or token[0] == "\\":
                    self._one(self.tokens.pop(0), scale, rise, False)
                else:
                    self._put(self.tokens.pop(0), scale, rise, False)
        else:
            self._argument(scale, rise, False)

    def _put(self, text, scale, rise, italic):
        if text:
            self.out.append(Run(text, scale, rise, italic))
