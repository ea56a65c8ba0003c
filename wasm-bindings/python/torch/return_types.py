"""torch.return_types: what functions with several results return, with names."""

from collections import namedtuple


def _make(name, fields):
    base = namedtuple(name, fields)

    class Result(base):
        __slots__ = ()

        def __repr__(self):
            body = ",\n".join(
                f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)
            )
            return f"torch.return_types.{name}(\n{body})"

    Result.__name__ = Result.__qualname__ = name
    Result.__module__ = "torch.return_types"
    return Result


def _declare(name, fields):
    """Add the class of an op's results, whose row names them: "values, indices"."""
    globals()[name] = _make(name, fields.split(", "))


#: Of functions that are written in Python; those of the op table are declared by `_ops.py`.
aminmax = _make("aminmax", ("min", "max"))
histogram = _make("histogram", ("hist", "bin_edges"))
frexp = _make("frexp", ("mantissa", "exponent"))
slogdet = _make("slogdet", ("sign", "logabsdet"))
qr = _make("qr", ("Q", "R"))
svd = _make("svd", ("U", "S", "V"))
triangular_solve = _make("triangular_solve", ("solution", "cloned_coefficient"))
linalg_cholesky_ex = _make("linalg_cholesky_ex", ("L", "info"))
linalg_eigh = _make("linalg_eigh", ("eigenvalues", "eigenvectors"))
linalg_inv_ex = _make("linalg_inv_ex", ("inverse", "info"))
linalg_lstsq = _make("linalg_lstsq", ("solution", "residuals", "rank", "singular_values"))
linalg_lu = _make("linalg_lu", ("P", "L", "U"))
linalg_lu_factor = _make("linalg_lu_factor", ("LU", "pivots"))
linalg_qr = _make("linalg_qr", ("Q", "R"))
linalg_slogdet = _make("linalg_slogdet", ("sign", "logabsdet"))
linalg_solve_ex = _make("linalg_solve_ex", ("result", "info"))
linalg_svd = _make("linalg_svd", ("U", "S", "Vh"))
linalg_lu_factor_ex = _make("linalg_lu_factor_ex", ("LU", "pivots", "info"))
lu_unpack = _make("lu_unpack", ("P", "L", "U"))
