#include "row.h"
#include "unroll/ops/linalg.h"

namespace unroll::table {

std::span<const RowSpec> linalg_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::slogdet>("slogdet(self)", "Sign of the determinant and log of its size.").internal().linalg(),
      op<&ops::det>("det(self)", "Determinant.").linalg(),
      op<&ops::inv>("inv(self)", "Inverse of a square matrix.").internal().linalg(),
      op<&ops::solve>("solve(self, other)", "x with self · x = other.").internal().linalg(),
      op<&ops::solve_triangular>("solve_triangular(self, other, upper, unitriangular=False)",
                                 "x with self · x = other for a triangular self.")
          .internal(),
      op<&ops::lu_factor>("lu_factor(self)", "Triangular factors and row exchanges.").no_gradient().internal(),
      op<&ops::cholesky>("cholesky(self)", "Lower L with L · Lᵀ = self.").internal().linalg(),
      op<&ops::qr>("qr(self, complete=False)", "Orthogonal Q and upper R.").internal().linalg(),
      op<&ops::eigh>("eigh(self, upper=False)", "Eigenvalues and vectors of a symmetric matrix.").internal().linalg(),
      op<&ops::svd>("svd(self, full=True)", "Singular values and vectors.").internal().linalg(),
  };
  return rows;
}

} // namespace unroll::table
