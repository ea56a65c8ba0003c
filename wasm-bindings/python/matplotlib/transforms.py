"""Coordinate systems that an artist can be placed in, and boxes."""


class Bbox:
    """A box by its corners; `width`, `height`, `x0` … as matplotlib names them."""

    def __init__(self, points):
        (self.x0, self.y0), (self.x1, self.y1) = points

    @classmethod
    def from_extents(cls, x0, y0=None, x1=None, y1=None):
        if y0 is None:
            x0, y0, x1, y1 = x0
        return cls([[x0, y0], [x1, y1]])

    @classmethod
    def from_bounds(cls, x0, y0, width, height):
        return cls([[x0, y0], [x0 + width, y0 + height]])

    width = property(lambda self: self.x1 - self.x0)
    height = property(lambda self: self.y1 - self.y0)
    xmin = property(lambda self: min(self.x0, self.x1))
    xmax = property(lambda self: max(self.x0, self.x1))
    ymin = property(lambda self: min(self.y0, self.y1))
    ymax = property(lambda self: max(self.y0, self.y1))
    bounds = property(lambda self: (self.x0, self.y0, self.width, self.height))
    extents = property(lambda self: (self.x0, self.y0, self.x1, self.y1))

    def __iter__(self):
        return iter([[self.x0, self.y0], [self.x1, self.y1]])

    def transformed(self, transform):
        return Bbox(
            [transform.transform((self.x0, self.y0)), transform.transform((self.x1, self.y1))]
        )

    def __repr__(self):
        return f"Bbox([[{self.x0}, {self.y0}], [{self.x1}, {self.y1}]])"


class Transform:
    """From its own coordinates to pixels: x and y each by a function."""

    def __init__(self, forward, backward=None):
        self._forward, self._backward = forward, backward

    def points(self, xs, ys):
        return [self._forward(x, y) for x, y in zip(xs, ys, strict=True)]

    def transform(self, values):
        """A point, or a list of points."""
        from ._values import array, plain

        values = plain(values)
        if values and isinstance(values[0], list):
            return array([list(self._forward(*point)) for point in values])
        return self._forward(*values)

    def inverted(self):
        if self._backward is None:
            raise NotImplementedError("this transform has no inverse here")
        return Transform(self._backward, self._forward)

    def __add__(self, other):
        return Transform(
            lambda x, y: other._forward(*self._forward(x, y)),
            self._backward
            and other._backward
            and (lambda x, y: self._backward(*other._backward(x, y))),
        )


def blended_transform_factory(x_transform, y_transform):
    """x by one transform, y by the other."""
    return Transform(lambda x, y: (x_transform._forward(x, 0)[0], y_transform._forward(0, y)[1]))


def Affine2D():
    raise NotImplementedError(
        "matplotlib.transforms.Affine2D is not part of Unroll; "
        "to load the real matplotlib, put it into the panel's packages"
    )
