#include <numeric>

#include "ops/matrix.h"
#include "unroll/ops/linalg.h"

// Orthogonal factorisations: QR by Householder reflections, eigenvalues and singular values by Jacobi rotations.

namespace unroll::ops {

namespace {

Tensor mt(const Tensor& x) { return transpose(x, -2, -1); }

/// Q (M, M) and R in the place of a. [LAPACK dgeqr2: a reflection turns its column to −sign · norm]
Matrix householder(Matrix& a) {
  Matrix q = Matrix::identity(a.rows);
  std::vector<double> v(static_cast<std::size_t>(a.rows));
  for (std::int64_t k = 0; k < std::min(a.rows - 1, a.cols); ++k) {
    double tail = 0;
    for (std::int64_t i = k + 1; i < a.rows; ++i) tail += a(i, k) * a(i, k);
    if (tail == 0) continue;
    const double alpha = a(k, k), beta = -std::copysign(std::sqrt(alpha * alpha + tail), alpha);
    const double tau = (beta - alpha) / beta;
    v[k] = 1;
    for (std::int64_t i = k + 1; i < a.rows; ++i) v[i] = a(i, k) / (alpha - beta);
    for (std::int64_t j = k; j < a.cols; ++j) {
      double dot = 0;
      for (std::int64_t i = k; i < a.rows; ++i) dot += v[i] * a(i, j);
      for (std::int64_t i = k; i < a.rows; ++i) a(i, j) -= tau * dot * v[i];
    }
    for (std::int64_t i = k + 1; i < a.rows; ++i) a(i, k) = 0;
    for (std::int64_t r = 0; r < q.rows; ++r) {
      double dot = 0;
      for (std::int64_t i = k; i < a.rows; ++i) dot += q(r, i) * v[i];
      for (std::int64_t i = k; i < a.rows; ++i) q(r, i) -= tau * dot * v[i];
    }
  }
  return q;
}

/// The left upper rows × cols of a.
std::vector<double> corner(const Matrix& a, std::int64_t rows, std::int64_t cols) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < rows; ++i)
    for (std::int64_t j = 0; j < cols; ++j) values.push_back(a(i, j));
  return values;
}

Tensor or_zeros(const Context& c, std::size_t i) { return c.grad(i).defined() ? c.grad(i) : c.grad_or_zeros(i); }

} // namespace

Pair qr(const Tensor& a, bool complete) {
  const Batch batch(a, "linalg.qr");
  const std::int64_t m = batch.rows(), n = batch.cols(), k = complete ? m : std::min(m, n);
  Tensor q = empty(batch.with({m, k}), a.dtype()), r = empty(batch.with({k, n}), a.dtype());
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    Matrix from = batch.read(i);
    const Matrix made = householder(from);
    write_block(q, i, corner(made, m, k));
    write_block(r, i, corner(from, k, n));
  }
  if (!needs_grad({a})) return {q, r};
  record_many("LinalgQrBackward0", {a}, {q, r}, {q, r}, [m, n, complete](const Context& c) {
    check(!complete || m <= n, "The QR decomposition is not differentiable when mode='complete' and nrows > ncols");
    check(m >= n, "linalg.qr: the gradient needs at least as many rows as columns here");
    const Tensor q = c.saved(0), r = c.saved(1), to_q = or_zeros(c, 0), to_r = or_zeros(c, 1);
    const Tensor both = sub(matmul(r, mt(to_r)), matmul(mt(to_q), q));
    const Tensor symmetric = add(tril(both, 0), mt(tril(both, -1)));
    const Tensor right = add(to_q, matmul(q, symmetric));
    return Grads{mt(solve_triangular(r, mt(right), true, false))};
  });
  return {q, r};
}

namespace {

/// Turns columns p and q of a by the angle with this cosine and sine.
void rotate_columns(Matrix& a, std::int64_t p, std::int64_t q, double c, double s) {
  for (std::int64_t i = 0; i < a.rows; ++i) {
    const double x = a(i, p), y = a(i, q);
    a(i, p) = c * x - s * y;
    a(i, q) = s * x + c * y;
  }
}

/// The rotation that makes the symmetric [[x, z], [z, y]] diagonal.
std::pair<double, double> jacobi_angle(double x, double y, double z) {
  const double theta = (y - x) / (2 * z);
  const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::hypot(theta, 1.0));
  const double c = 1 / std::hypot(t, 1.0);
  return {c, t * c};
}

constexpr int sweeps = 60;

/// Eigenvalues on a's diagonal; the vectors are the columns of the result.
Matrix jacobi(Matrix& a) {
  Matrix v = Matrix::identity(a.rows);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    double off = 0, size = 0;
    for (std::int64_t i = 0; i < a.rows; ++i)
      for (std::int64_t j = 0; j < a.rows; ++j) (i == j ? size : off) += a(i, j) * a(i, j);
    if (off <= 1e-32 * size) break;
    for (std::int64_t p = 0; p < a.rows; ++p) {
      for (std::int64_t q = p + 1; q < a.rows; ++q) {
        if (a(p, q) == 0) continue;
        const auto [c, s] = jacobi_angle(a(p, p), a(q, q), a(p, q));
        rotate_columns(a, p, q, c, s);
        for (std::int64_t j = 0; j < a.rows; ++j) {
          const double x = a(p, j), y = a(q, j);
          a(p, j) = c * x - s * y;
          a(q, j) = s * x + c * y;
        }
        rotate_columns(v, p, q, c, s);
      }
    }
  }
  return v;
}

std::vector<std::int64_t> order_of(const std::vector<double>& keys, bool descending) {
  std::vector<std::int64_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto i, auto j) { return descending ? keys[i] > keys[j] : keys[i] < keys[j]; });
  return order;
}

/// x with its diagonal zero, divided elsewhere by the differences of values (*, N): x_ij / (v_j − v_i).
Tensor over_differences(const Tensor& x, const Tensor& values) {
  const Tensor gaps = sub(unsqueeze(values, -2), unsqueeze(values, -1));
  const Tensor one = eye(values.size(-1), values.size(-1), values.dtype());
  return div(mul(x, sub(1, one)), add(gaps, one));
}

Tensor diagonal_matrix(const Tensor& values) {
  return mul(unsqueeze(values, -1), eye(values.size(-1), values.size(-1), values.dtype()));
}

} // namespace

Pair eigh(const Tensor& a, bool upper) {
  const Batch batch(a, "linalg.eigh");
  batch.check_square("linalg.eigh");
  const std::int64_t n = batch.rows();
  Tensor values = empty(batch.with({n}), a.dtype()), vectors = empty(a.shape(), a.dtype());
  for (std::int64_t number = 0; number < batch.count(); ++number) {
    Matrix from = batch.read(number);
    for (std::int64_t i = 0; i < n; ++i)
      for (std::int64_t j = 0; j < i; ++j) (upper ? from(i, j) : from(j, i)) = upper ? from(j, i) : from(i, j);
    const Matrix v = jacobi(from);
    std::vector<double> found;
    for (std::int64_t i = 0; i < n; ++i) found.push_back(from(i, i));
    const auto order = order_of(found, false);
    Matrix sorted(n, n);
    std::vector<double> ascending;
    for (std::int64_t j = 0; j < n; ++j) {
      ascending.push_back(found[order[j]]);
      for (std::int64_t i = 0; i < n; ++i) sorted(i, j) = v(i, order[j]);
    }
    write_block(values, number, ascending);
    write_block(vectors, number, sorted.values);
  }
  if (!needs_grad({a})) return {values, vectors};
  record_many("LinalgEighBackward0", {a}, {values, vectors}, {values, vectors}, [](const Context& c) {
    const Tensor w = c.saved(0), v = c.saved(1);
    Tensor inner = diagonal_matrix(or_zeros(c, 0));
    if (c.grad(1).defined()) inner = add(inner, over_differences(matmul(mt(v), c.grad(1)), w));
    return Grads{matmul(v, matmul(inner, mt(v)))};
  });
  return {values, vectors};
}

namespace {

struct Svd {
  Matrix u, v; ///< columns
  std::vector<double> s;
};

/// Makes column j of u a unit vector across to the columns before it, from the basis vector that is least in their span.
void complete_column(Matrix& u, std::int64_t j) {
  double best = -1;
  std::vector<double> chosen;
  for (std::int64_t e = 0; e < u.rows; ++e) {
    std::vector<double> candidate(static_cast<std::size_t>(u.rows));
    candidate[e] = 1;
    for (int pass = 0; pass < 2; ++pass) {
      for (std::int64_t k = 0; k < j; ++k) {
        double dot = 0;
        for (std::int64_t i = 0; i < u.rows; ++i) dot += candidate[i] * u(i, k);
        for (std::int64_t i = 0; i < u.rows; ++i) candidate[i] -= dot * u(i, k);
      }
    }
    double norm = 0;
    for (double x : candidate) norm += x * x;
    if (norm > best) {
      best = norm;
      chosen = candidate;
    }
    if (norm > 0.5) break;
  }
  for (std::int64_t i = 0; i < u.rows; ++i) u(i, j) = chosen[i] / std::sqrt(best);
}

/// One-sided Jacobi: the columns of a (M ≥ N) are turned until they are orthogonal. [Hestenes 1958]
Svd tall_svd(Matrix a, bool full) {
  const std::int64_t m = a.rows, n = a.cols;
  Matrix v = Matrix::identity(n);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    bool turned = false;
    for (std::int64_t p = 0; p < n; ++p) {
      for (std::int64_t q = p + 1; q < n; ++q) {
        double x = 0, y = 0, z = 0;
        for (std::int64_t i = 0; i < m; ++i) {
          x += a(i, p) * a(i, p);
          y += a(i, q) * a(i, q);
          z += a(i, p) * a(i, q);
        }
        if (std::abs(z) <= 1e-15 * std::sqrt(x * y)) continue;
        turned = true;
        const auto [c, s] = jacobi_angle(x, y, z);
        rotate_columns(a, p, q, c, s);
        rotate_columns(v, p, q, c, s);
      }
    }
    if (!turned) break;
  }
  std::vector<double> norms;
  for (std::int64_t j = 0; j < n; ++j) {
    double sum = 0;
    for (std::int64_t i = 0; i < m; ++i) sum += a(i, j) * a(i, j);
    norms.push_back(std::sqrt(sum));
  }
  const auto order = order_of(norms, true);
  Svd found{Matrix(m, full ? m : n), Matrix(n, n), {}};
  for (std::int64_t j = 0; j < found.u.cols; ++j) {
    const double s = j < n ? norms[order[j]] : 0;
    if (j < n) {
      found.s.push_back(s);
      for (std::int64_t i = 0; i < n; ++i) found.v(i, j) = v(i, order[j]);
    }
    if (s > 1e-14 * found.s[0] && s > 0) {
      for (std::int64_t i = 0; i < m; ++i) found.u(i, j) = a(i, order[j]) / s;
    } else {
      complete_column(found.u, j);
    }
  }
  return found;
}

Grads svd_grads(const Context& c, bool full) {
  const Tensor s = c.saved(1), squares = mul(s, s);
  const std::int64_t k = s.size(-1);
  const Tensor u = narrow(c.saved(0), -1, 0, k), vt = narrow(c.saved(2), -2, 0, k), v = mt(vt);
  const bool vectors = c.grad(0).defined() || c.grad(2).defined();
  check(!full || !vectors || (c.saved(0).size(-2) == c.saved(2).size(-1)),
        "svd_backward: the gradient of U and V needs full_matrices=False");
  Tensor inner = diagonal_matrix(or_zeros(c, 1));
  if (!vectors) return {matmul(matmul(u, inner), vt)};
  const Tensor to_u = or_zeros(c, 0), to_v = mt(or_zeros(c, 2));
  const Tensor uu = matmul(mt(u), to_u), vv = matmul(mt(v), to_v), row = unsqueeze(s, -2), column = unsqueeze(s, -1);
  inner = add(inner, mul(over_differences(sub(uu, mt(uu)), squares), row));
  inner = add(inner, mul(column, over_differences(sub(vv, mt(vv)), squares)));
  Tensor g = matmul(matmul(u, inner), vt);
  if (u.size(-2) > k) g = add(g, matmul(div(sub(to_u, matmul(u, uu)), row), vt));
  if (v.size(-2) > k) g = add(g, matmul(div(u, row), mt(sub(to_v, matmul(v, vv)))));
  return {g};
}

} // namespace

Tensors svd(const Tensor& a, bool full) {
  const Batch batch(a, "linalg.svd");
  const std::int64_t m = batch.rows(), n = batch.cols(), k = std::min(m, n);
  Tensor u = empty(batch.with({m, full ? m : k}), a.dtype()), s = empty(batch.with({k}), a.dtype()),
         vt = empty(batch.with({full ? n : k, n}), a.dtype());
  for (std::int64_t i = 0; i < batch.count(); ++i) {
    const Matrix from = batch.read(i);
    const Svd found = tall_svd(m >= n ? from : from.transposed(), full);
    write_block(u, i, m >= n ? found.u.values : found.v.values);
    write_block(s, i, found.s);
    write_block(vt, i, (m >= n ? found.v : found.u).transposed().values);
  }
  return record_many("LinalgSvdBackward0", {a}, {u, s, vt}, {u, s, vt},
                     [full](const Context& c) { return svd_grads(c, full); });
}

} // namespace unroll::ops
