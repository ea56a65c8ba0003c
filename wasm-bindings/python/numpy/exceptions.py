"""np.exceptions: NumPy's own errors and warnings."""

from ._shape import AxisError

__all__ = ["AxisError", "ComplexWarning", "DTypePromotionError", "VisibleDeprecationWarning"]


class ComplexWarning(RuntimeWarning):
    """Imaginary parts were dropped."""


class VisibleDeprecationWarning(UserWarning):
    """Something is on its way out."""


class DTypePromotionError(TypeError):
    """Types without a common one."""
