"""Sampling images at places of a grid: affine_grid and grid_sample of torch.nn.functional."""

from .. import _dtypes, _ops
from .._creation import full, linspace
from .._warn import warn
from ._common import named

__all__ = ["affine_grid", "grid_sample"]


def _axis(size, align_corners, like):
    if size == 1:
        return full((1,), 0.0, dtype=like.dtype)
    line = linspace(-1, 1, size, dtype=like.dtype)
    return line if align_corners else line * ((size - 1) / size)


def _warn_corners():
    warn(
        "Default grid_sample and affine_grid behavior has changed to align_corners=False since "
        "1.3.0. Please specify align_corners=True if the old behavior is desired. See the "
        "documentation of grid_sample for details."
    )


def affine_grid(theta, size, align_corners=None):
    """Places of an image moved by theta: (N, 2, 3) and size (N, C, H, W) → (N, H, W, 2)."""
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    if align_corners is None:
        _warn_corners()
        align_corners = False
    if len(size) != 4:
        raise NotImplementedError("torch.nn.functional.affine_grid in 3-D is not part of Unroll")
    n, _, height, width = size
    x = _axis(width, align_corners, theta).view(1, width).expand(height, width)
    y = _axis(height, align_corners, theta).view(height, 1).expand(height, width)
    base = _ops.stack([x, y, full((height, width), 1.0, dtype=theta.dtype)], -1)
    made = _ops.matmul(base.view(1, height * width, 3).expand(n, -1, -1), theta.transpose(1, 2))
    return named(made.view(n, height, width, 2), "AffineGridGeneratorBackward0")


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    """The image (N, C, H, W) at the places (N, H', W', 2) of a grid in [-1, 1].

    Limit: Two-dimensional, bilinear or nearest, without reflection padding.
    """
    if mode not in ("bilinear", "nearest"):
        raise ValueError(
            "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', "
            f"but got: '{mode}'"
        )
    if padding_mode not in ("zeros", "border"):
        raise NotImplementedError(
            f"torch.nn.functional.grid_sample(padding_mode='{padding_mode}') is not part of "
            "Unroll; use 'zeros' or 'border'"
        )
    if align_corners is None:
        _warn_corners()
        align_corners = False
    n, channels, height, width = input.shape
    flat = input.reshape(n, channels, height * width)

    def place(coordinate, size):
        at = (coordinate + 1) / 2 * (size - 1)
        at = at if align_corners else ((coordinate + 1) * size - 1) / 2
        return at.clamp(0, size - 1) if padding_mode == "border" else at

    x, y = place(grid[..., 0], width), place(grid[..., 1], height)

    def taken(column, row):
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        at = row.clamp(0, height - 1) * width + column.clamp(0, width - 1)
        at = at.to(_dtypes.int64).view(n, 1, -1).expand(n, channels, -1)
        values = _ops.gather(flat, 2, at).view(n, channels, *grid.shape[1:3])
        return values * inside.to(input.dtype).unsqueeze(1)

    if mode == "nearest":
        made = taken(x.detach().round(), y.detach().round())
    else:
        left, top = x.detach().floor(), y.detach().floor()
        made = 0
        for column, weight_x in ((left, left + 1 - x), (left + 1, x - left)):
            for row, weight_y in ((top, top + 1 - y), (top + 1, y - top)):
                made = made + taken(column, row) * (weight_x * weight_y).unsqueeze(1)
    return named(made, "GridSampler2DBackward0")
