"""The tables of the ziggurat method with 256 layers, computed [Marsaglia, Tsang 2000]."""

from decimal import Decimal, localcontext
from functools import cache

NORMAL_EDGE = 3.6541528853610087963519472518
EXPONENTIAL_EDGE = 7.69711747013104972


@cache
def normal_tables():
    """(k, w, f): limits, widths and heights of the layers under exp(−x²/2)."""
    with localcontext() as context:
        context.prec = 40
        edge = Decimal("3.6541528853610087963519472518")
        height = lambda x: (-x * x / 2).exp()  # noqa: E731
        inverse = lambda y: (-2 * y.ln()).sqrt()  # noqa: E731
        area = edge * height(edge) + _normal_tail(edge)
        return _tables(edge, area, height, inverse, 52)


@cache
def exponential_tables():
    """(k, w, f): the same under exp(−x)."""
    with localcontext() as context:
        context.prec = 40
        edge = Decimal("7.69711747013104972")
        height = lambda x: (-x).exp()  # noqa: E731
        inverse = lambda y: -y.ln()  # noqa: E731
        return _tables(edge, (edge + 1) * height(edge), height, inverse, 53)


def _normal_tail(x):
    """∫ exp(−t²/2) from x to ∞, as a continued fraction."""
    fraction = x
    for k in range(300, 0, -1):
        fraction = x + k / fraction
    return (-x * x / 2).exp() / fraction


def _tables(edge, area, height, inverse, bits):
    scale = Decimal(2**bits)
    k, w, f = [0] * 256, [0.0] * 256, [0.0] * 256
    bottom = area / height(edge)
    k[0], w[0], f[0] = int(edge / bottom * scale), float(bottom / scale), 1.0
    w[255], f[255] = float(edge / scale), float(height(edge))
    above, x = edge, edge
    for i in range(254, 0, -1):
        x = inverse(area / above + height(above))
        k[i + 1] = int(x / above * scale)
        w[i], f[i] = float(x / scale), float(height(x))
        above = x
    k[1] = 0
    return k, w, f
