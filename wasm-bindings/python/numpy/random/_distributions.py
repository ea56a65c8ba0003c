"""Distributions out of uniform numbers, each as NumPy draws it. `double` gives a number in [0, 1);
`normal` and `exponential` give standard ones.
"""

import math
from math import exp, floor, lgamma, log, log1p, sqrt


def gamma(shape, double, normal, exponential):
    """A standard gamma number [Marsaglia, Tsang 2000; for shape < 1 Ahrens, Dieter 1974]."""
    if shape == 1.0:
        return exponential()
    if shape == 0.0:
        return 0.0
    if shape < 1.0:
        while True:
            u, v = double(), exponential()
            if u <= 1.0 - shape:
                x = u ** (1.0 / shape)
                if x <= v:
                    return x
            else:
                y = -log((1 - u) / shape)
                x = (1.0 - shape + shape * y) ** (1.0 / shape)
                if x <= v + y:
                    return x
    b = shape - 1.0 / 3.0
    c = 1.0 / sqrt(9 * b)
    while True:
        x = normal()
        v = 1.0 + c * x
        while v <= 0.0:
            x = normal()
            v = 1.0 + c * x
        v = v * v * v
        u = double()
        if u < 1.0 - 0.0331 * (x * x) * (x * x):
            return b * v
        if log(u) < 0.5 * x * x + b * (1.0 - v + log(v)):
            return b * v


def beta(a, b, double, gamma_of):
    """A beta number [Jöhnk 1964 where both are at most 1]."""
    if a > 1.0 or b > 1.0:
        first = gamma_of(a)
        return first / (first + gamma_of(b))
    while True:
        u, v = double(), double()
        x, y = u ** (1.0 / a), v ** (1.0 / b)
        if x + y <= 1.0 and u + v > 0.0:
            if x + y > 0:
                return x / (x + y)
            low, high = log(u) / a, log(v) / b
            top = max(low, high)
            low, high = low - top, high - top
            return exp(low - log(exp(low) + exp(high)))


def poisson(lam, double):
    """How many events happen where lam are expected [Hörmann 1993 from 10 on]."""
    if lam == 0:
        return 0
    if lam < 10:
        limit, count, product = exp(-lam), 0, 1.0
        while True:
            product *= double()
            if product <= limit:
                return count
            count += 1
    root, log_lam = sqrt(lam), log(lam)
    b = 0.931 + 2.53 * root
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    ratio = 0.9277 - 3.6224 / (b - 2)
    while True:
        u, v = double() - 0.5, double()
        us = 0.5 - abs(u)
        k = floor((2 * a / us + b) * u + lam + 0.43)
        if us >= 0.07 and v <= ratio:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        left = log(v) + log(inverse) - log(a / (us * us) + b)
        if left <= -lam + k * log_lam - lgamma(k + 1):
            return k


def binomial(n, p, double):
    """How many of n trials succeed."""
    if n == 0 or p == 0.0:
        return 0
    if p <= 0.5:
        return _inversion(n, p, double) if p * n <= 30.0 else _btpe(n, p, double)
    q = 1.0 - p
    return n - (_inversion(n, q, double) if q * n <= 30.0 else _btpe(n, q, double))


def _inversion(n, p, double):
    q = 1.0 - p
    start = exp(n * log(q))
    bound = int(min(n, n * p + 10.0 * sqrt(n * p * q + 1)))
    x, px, u = 0, start, double()
    while u > px:
        x += 1
        if x > bound:
            x, px, u = 0, start, double()
        else:
            u -= px
            px = (n - x + 1) * p * px / (x * q)
    return x


def _btpe(n, p, double):
    """[Kachitvichyanukul, Schmeiser 1988]"""
    r = min(p, 1.0 - p)
    q = 1.0 - r
    fm = n * r + r
    m = floor(fm)
    nrq = n * r * q
    p1 = floor(2.195 * sqrt(nrq) - 4.6 * q) + 0.5
    xm = m + 0.5
    xl, xr = xm - p1, xm + p1
    c = 0.134 + 20.5 / (15.3 + m)
    a = (fm - xl) / (fm - xl * r)
    lam_l = a * (1.0 + a / 2.0)
    a = (xr - fm) / (xr * q)
    lam_r = a * (1.0 + a / 2.0)
    p2 = p1 * (1.0 + 2.0 * c)
    p3 = p2 + c / lam_l
    p4 = p3 + c / lam_r
    while True:
        u, v = double() * p4, double()
        if u <= p1:
            y = floor(xm - p1 * v + u)
            return n - y if p > 0.5 else y
        if u <= p2:
            x = xl + (u - p1) / c
            v = v * c + 1.0 - abs(m - x + 0.5) / p1
            if v > 1.0:
                continue
            y = floor(x)
        elif u <= p3:
            y = floor(xl + log(v) / lam_l) if v > 0 else -1
            if y < 0:
                continue
            v = v * (u - p2) * lam_l
        else:
            y = floor(xr - log(v) / lam_r) if v > 0 else n + 1
            if y > n:
                continue
            v = v * (u - p3) * lam_r
        if _accepted(y, v, m, n, r, q, nrq, xm):
            return n - y if p > 0.5 else y


def _accepted(y, v, m, n, r, q, nrq, xm):
    k = abs(y - m)
    if k <= 20 or k >= nrq / 2.0 - 1:
        s, total = r / q, 1.0
        a = s * (n + 1)
        if m < y:
            for i in range(m + 1, y + 1):
                total *= a / i - s
        elif m > y:
            for i in range(y + 1, m + 1):
                total /= a / i - s
        return v <= total
    rho = (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5)
    t = -k * k / (2 * nrq)
    a = log(v)
    if a < t - rho:
        return True
    if a > t + rho:
        return False
    x1, f1, z, w = y + 1, m + 1, n + 1 - m, n - y + 1
    tails = sum(map(_stirling, (f1, z, x1, w)))
    bound = xm * log(f1 / x1) + (n - m + 0.5) * log(z / w) + (y - m) * log(w * r / (x1 * q))
    return a <= bound + tails


def _stirling(x):
    """The rest of Stirling's series."""
    x2 = x * x
    return (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / x2) / x2) / x2) / x2) / x / 166320.0


def geometric(p, double):
    """How many trials until one succeeds."""
    if p >= 0.333333333333333333333333:
        x, total, q = 1, p, 1.0 - p
        product = p
        u = double()
        while u > total:
            product *= q
            total += product
            x += 1
        return x
    return math.ceil(log1p(-double()) / log1p(-p))


def laplace(loc, scale, double):
    """A Laplace number."""
    u = double()
    while u == 0.0:
        u = double()
    if u >= 0.5:
        return loc - scale * log(2.0 - u - u)
    return loc + scale * log(u + u)


def gumbel(loc, scale, double):
    """A Gumbel number."""
    u = 1.0 - double()
    while u >= 1.0:
        u = 1.0 - double()
    return loc - scale * log(-log(u))


def logistic(loc, scale, double):
    """A logistic number."""
    u = double()
    while u <= 0.0:
        u = double()
    return loc + scale * log(u / (1.0 - u))


def triangular(left, mode, right, double):
    """A number of a triangular density."""
    base, left_base = right - left, mode - left
    ratio = left_base / base
    u = double()
    if u <= ratio:
        return left + sqrt(u * left_base * base)
    return right - sqrt((1.0 - u) * (right - mode) * base)
