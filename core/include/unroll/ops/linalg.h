#pragma once
#include "unroll/ops.h"

// Dense linear algebra over the last two dims of (*, M, N), as the torch.linalg functions of the same names; computed in
// double. Matrices are small here (weights, covariances), so the methods are the plain ones: LU with pivoting,
// Householder reflections with LAPACK's signs, Jacobi rotations.

namespace unroll::ops {

Pair slogdet(const Tensor& a); ///< (sign, log of the determinant's size)
Tensor det(const Tensor& a);
/// Throws RuntimeError in PyTorch's words for a singular matrix.
Tensor inv(const Tensor& a);
/// x with a x = b; a (*, N, N), b (*, N, K). Throws as inv.
Tensor solve(const Tensor& a, const Tensor& b);
/// The same for a triangular a, of which only that triangle is read.
Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool unit_diagonal);
/// Both triangles in one matrix, and the row (from 1) that each step exchanged; no gradient.
Pair lu_factor(const Tensor& a);
/// Lower L with L Lᵀ = a. Throws RuntimeError in PyTorch's words where a is not positive-definite.
Tensor cholesky(const Tensor& a);
/// (Q, R); Q (*, M, M) and R (*, M, N) where complete, else with min(M, N) columns and rows.
Pair qr(const Tensor& a, bool complete);
/// (eigenvalues ascending, eigenvectors as columns) of the symmetric matrix in the lower (or upper) triangle.
Pair eigh(const Tensor& a, bool upper);
/// {U, S, Vᵀ}, values descending; U and V square where full.
Tensors svd(const Tensor& a, bool full);

} // namespace unroll::ops
