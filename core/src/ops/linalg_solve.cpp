#include "ops/matrix.h"
#include "unroll/ops/linalg.h"

// Determinants, inverses and linear systems, by LU with partial pivoting; Cholesky.

namespace unroll::ops {

namespace {

struct Lu {
  Matrix both;                    ///< L below the diagonal (ones on it), U on and above
  std::vector<std::int64_t> rows; ///< the row that each step exchanged with its own
  double sign = 1;
  std::int64_t zero = -1; ///< the first pivot that is zero

  explicit Lu(const Matrix& a) : both(a) {
    for (std::int64_t k = 0; k < std::min(a.rows, a.cols); ++k) {
      std::int64_t best = k;
      for (std::int64_t i = k + 1; i < a.rows; ++i)
        if (std::abs(both(i, k)) > std::abs(both(best, k))) best = i;
      rows.push_back(best);
      if (best != k) {
        sign = -sign;
        for (std::int64_t j = 0; j < a.cols; ++j) std::swap(both(k, j), both(best, j));
      }
      if (both(k, k) == 0) {
        if (zero < 0) zero = k;
        continue;
      }
      for (std::int64_t i = k + 1; i < a.rows; ++i) {
        const double factor = both(i, k) /= both(k, k);
        for (std::int64_t j = k + 1; j < a.cols; ++j) both(i, j) -= factor * both(k, j);
      }
    }
  }
};

/// x with a x = b, in place of b; a triangular.
void substitute(const Matrix& a, Matrix& b, bool upper, bool unit_diagonal) {
  const std::int64_t n = a.rows;
  for (std::int64_t step = 0; step < n; ++step) {
    const std::int64_t i = upper ? n - 1 - step : step;
    for (std::int64_t j = upper ? i + 1 : 0; j < (upper ? n : i); ++j)
      for (std::int64_t k = 0; k < b.cols; ++k) b(i, k) -= a(i, j) * b(j, k);
    if (!unit_diagonal)
      for (std::int64_t k = 0; k < b.cols; ++k) b(i, k) /= a(i, i);
  }
}

void solve_with(const Lu& lu, Matrix& b) {
  for (std::size_t k = 0; k < lu.rows.size(); ++k) {
    const auto i = static_cast<std::int64_t>(k), other = lu.rows[k];
    if (other != i)
      for (std::int64_t j = 0; j < b.cols; ++j) std::swap(b(i, j), b(other, j));
  }
  substitute(lu.both, b, false, true);
  substitute(lu.both, b, true, false);
}

std::string element(const Batch& batch, std::int64_t number) {
  return batch.head().empty() ? "" : "(Batch element " + std::to_string(number) + "): ";
}

Tensor mt(const Tensor& x) { return transpose(x, -2, -1); }

/// x (*) as (*, 1, 1).
Tensor as_matrices(const Tensor& x) { return unsqueeze(unsqueeze(x, -1), -1); }

/// The matrix of cofactors, which is det(a) a⁻ᵀ, also where a is singular.
Tensor cofactors(const Tensor& a) {
  const Tensors usv = svd(a, true);
  const Tensor& s = usv[1];
  const std::int64_t n = s.size(-1);
  Tensors others;
  for (std::int64_t i = 0; i < n; ++i)
    others.push_back(prod(cat({narrow(s, -1, 0, i), narrow(s, -1, i + 1, n - i - 1)}, -1), -1, false, std::nullopt));
  const Tensor sign = mul(det(usv[0]), det(usv[2]));
  return mul(as_matrices(sign), matmul(mul(usv[0], unsqueeze(stack(others, -1), -2)), usv[2]));
}

} // namespace

Pair slogdet(const Tensor& a) {
  const Batch batch(a, "linalg.slogdet");
  batch.check_square("linalg.slogdet");
  Tensor sign = empty(batch.head(), a.dtype()), size = empty(batch.head(), a.dtype());
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    const Lu lu(batch.read(i));
    double s = lu.sign, log = 0;
    for (std::int64_t k = 0; k < batch.rows(); ++k) {
      const double pivot = lu.both(k, k);
      s *= pivot > 0 ? 1 : pivot < 0 ? -1 : 0;
      log += std::log(std::abs(pivot));
    }
    write_block(sign, i, {s});
    write_block(size, i, {log});
  }
  if (!needs_grad({a})) return {sign, size};
  record_many("LinalgSlogdetBackward0", {a}, {sign, size}, {a}, [](const Context& c) {
    if (!c.grad(1).defined()) return Grads{zeros_like(c.saved(0))};
    return Grads{mul(as_matrices(c.grad(1)), mt(inv(c.saved(0))))};
  });
  return {sign, size};
}

Tensor det(const Tensor& a) {
  const Batch batch(a, "linalg.det");
  batch.check_square("linalg.det");
  Tensor y = empty(batch.head(), a.dtype());
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    const Lu lu(batch.read(i));
    double product = lu.sign;
    for (std::int64_t k = 0; k < batch.rows(); ++k) product *= lu.both(k, k);
    write_block(y, i, {product});
  }
  if (!wants_grad(a)) return y;
  return record("LinalgDetBackward0", {a}, y, {a}, [](const Context& c) {
    const Tensor a = c.saved(0), value = det(a);
    const bool singular = any(eq(value, 0), std::nullopt, false).item() != 0;
    const Tensor slope = singular ? cofactors(a) : mul(as_matrices(value), mt(inv(a)));
    return Grads{mul(as_matrices(c.grad()), slope)};
  });
}

Tensor inv(const Tensor& a) {
  const Batch batch(a, "linalg.inv");
  batch.check_square("linalg.inv");
  Tensor y = empty(a.shape(), a.dtype());
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    const Lu lu(batch.read(i));
    check(lu.zero < 0, "linalg.inv: ", element(batch, i), "The diagonal element ", lu.zero + 1,
          " is zero, the inversion could not be completed because the input matrix is singular.");
    Matrix made = Matrix::identity(batch.rows());
    solve_with(lu, made);
    write_block(y, i, made.values);
  }
  if (!wants_grad(a)) return y;
  return record("LinalgInvExBackward0", {a}, y, {y}, [](const Context& c) {
    const Tensor yt = mt(c.saved(0));
    return Grads{neg(matmul(yt, matmul(c.grad(), yt)))};
  });
}

namespace {

/// a and b with the same batch dims, by repeating.
std::pair<Tensor, Tensor> same_batch(const Tensor& a, const Tensor& b) {
  Shape head_a(a.shape().begin(), a.shape().end() - 2), head_b(b.shape().begin(), b.shape().end() - 2);
  const Shape head = broadcast_shapes(head_a, head_b);
  const auto fitted = [&](const Tensor& x) {
    Shape shape = head;
    shape.push_back(x.size(-2));
    shape.push_back(x.size(-1));
    return shape == x.shape() ? x : expand(x, shape);
  };
  return {fitted(a), fitted(b)};
}

void check_fit(const char* op, const Tensor& a, const Tensor& b) {
  check(a.dim() >= 2, op, ": The input tensor A must have at least 2 dimensions.");
  check(b.dim() >= 2, op, ": The input tensor B must have at least 2 dimensions.");
  check(a.dtype() == b.dtype(), op, ": Expected A and B to have the same dtype, but found A of type ",
        scalar_name(a.dtype()), " and B of type ", scalar_name(b.dtype()), " instead");
  check(a.size(-1) == b.size(-2), op, ": Incompatible shapes of A and B for the equation AX = B (", a.size(-2), "x",
        a.size(-1), " and ", b.size(-2), "x", b.size(-1), ")");
}

} // namespace

Tensor solve(const Tensor& given_a, const Tensor& given_b) {
  Batch(given_a, "linalg.solve").check_square("linalg.solve");
  check_fit("linalg.solve", given_a, given_b);
  const auto [a, b] = same_batch(given_a, given_b);
  const Batch matrices(a, "linalg.solve"), sides(b, "linalg.solve");
  Tensor y = empty(b.shape(), b.dtype());
  for (std::int64_t i = 0; i < sides.count(); ++i) {
    const Lu lu(matrices.read(i));
    check(lu.zero < 0, "torch.linalg.solve: ", element(matrices, i),
          "The solver failed because the input matrix is singular.");
    Matrix x = sides.read(i);
    solve_with(lu, x);
    write_block(y, i, x.values);
  }
  if (!wants_grad(a, b)) return y;
  return record("LinalgSolveExBackward0", {a, b}, y, {a, y}, [](const Context& c) {
    const Tensor to_b = solve(mt(c.saved(0)), c.grad());
    return Grads{c.needs(0) ? neg(matmul(to_b, mt(c.saved(1)))) : Tensor(), to_b};
  });
}

Tensor solve_triangular(const Tensor& given_a, const Tensor& given_b, bool upper, bool unit_diagonal) {
  Batch(given_a, "linalg.solve_triangular").check_square("linalg.solve_triangular");
  check_fit("linalg.solve_triangular", given_a, given_b);
  const auto [a, b] = same_batch(given_a, given_b);
  const Batch matrices(a, "linalg.solve_triangular"), sides(b, "linalg.solve_triangular");
  Tensor y = empty(b.shape(), b.dtype());
  for (std::int64_t i = 0; i < sides.count(); ++i) {
    Matrix x = sides.read(i);
    substitute(matrices.read(i), x, upper, unit_diagonal);
    write_block(y, i, x.values);
  }
  if (!wants_grad(a, b)) return y;
  return record("LinalgSolveTriangularBackward0", {a, b}, y, {a, y}, [upper, unit_diagonal](const Context& c) {
    const Tensor to_b = solve_triangular(mt(c.saved(0)), c.grad(), !upper, unit_diagonal);
    const Tensor full = neg(matmul(to_b, mt(c.saved(1))));
    return Grads{upper ? triu(full, unit_diagonal) : tril(full, -static_cast<int>(unit_diagonal)), to_b};
  });
}

Pair lu_factor(const Tensor& a) {
  const Batch batch(a, "linalg.lu_factor");
  const std::int64_t least = std::min(batch.rows(), batch.cols());
  Tensor both = empty(a.shape(), a.dtype()), pivots = empty(batch.with({least}), DType::Int64);
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    const Lu lu(batch.read(i));
    write_block(both, i, lu.both.values);
    for (std::int64_t k = 0; k < least; ++k) pivots.data<std::int64_t>()[i * least + k] = lu.rows[k] + 1;
  }
  return {both, pivots};
}

Tensor cholesky(const Tensor& a) {
  const Batch batch(a, "linalg.cholesky");
  batch.check_square("linalg.cholesky");
  Tensor y = empty(a.shape(), a.dtype());
  for (std::int64_t number = 0; number < batch.count(); ++number) {
    const Matrix from = batch.read(number);
    Matrix l(from.rows, from.rows);
    for (std::int64_t j = 0; j < l.rows; ++j) {
      for (std::int64_t i = j; i < l.rows; ++i) {
        double sum = from(i, j);
        for (std::int64_t k = 0; k < j; ++k) sum -= l(i, k) * l(j, k);
        if (i == j) {
          check(sum > 0, "linalg.cholesky: ", element(batch, number),
                "The factorization could not be completed because the input is not positive-definite (the leading "
                "minor of order ",
                j + 1, " is not positive-definite).");
          l(j, j) = std::sqrt(sum);
        } else {
          l(i, j) = sum / l(j, j);
        }
      }
    }
    write_block(y, number, l.values);
  }
  if (!wants_grad(a)) return y;
  return record("LinalgCholeskyExBackward0", {a}, y, {y}, [](const Context& c) {
    const Tensor l = c.saved(0), lt = mt(l);
    const Tensor low = tril(matmul(lt, c.grad()), 0), both = div(add(low, mt(tril(low, -1))), 2);
    const Tensor right = mt(solve_triangular(lt, mt(both), true, false));
    return Grads{solve_triangular(lt, right, true, false)};
  });
}

} // namespace unroll::ops
