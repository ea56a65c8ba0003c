#pragma once
#include <cmath>
#include <vector>

#include "kernels/lines.h"
#include "ops/operand.h"

// A small matrix of doubles, and the walk over a batch of them.

namespace unroll {

struct Matrix {
  std::int64_t rows = 0, cols = 0;
  std::vector<double> values; ///< row by row

  Matrix(std::int64_t m, std::int64_t n) : rows(m), cols(n), values(static_cast<std::size_t>(m * n)) {}
  static Matrix identity(std::int64_t n) {
    Matrix made(n, n);
    for (std::int64_t i = 0; i < n; ++i) made(i, i) = 1;
    return made;
  }
  double& operator()(std::int64_t i, std::int64_t j) { return values[static_cast<std::size_t>(i * cols + j)]; }
  double operator()(std::int64_t i, std::int64_t j) const { return values[static_cast<std::size_t>(i * cols + j)]; }
  Matrix transposed() const {
    Matrix made(cols, rows);
    for (std::int64_t i = 0; i < rows; ++i)
      for (std::int64_t j = 0; j < cols; ++j) made(j, i) = (*this)(i, j);
    return made;
  }
};

/// The matrices of a tensor (*, M, N), read and written by number.
class Batch {
public:
  Batch(const Tensor& x, const char* op) : tensor_(dense(x)) {
    check(x.dim() >= 2, op, ": The input tensor A must have at least 2 dimensions.");
    check(is_floating(x.dtype()), op, ": Expected a floating point or complex tensor as input. Got ",
          scalar_name(x.dtype()));
    rows_ = x.size(-2), cols_ = x.size(-1);
  }
  std::int64_t rows() const { return rows_; }
  std::int64_t cols() const { return cols_; }
  std::int64_t count() const { return rows_ * cols_ ? tensor_.numel() / (rows_ * cols_) : numel(head()); }
  DType dtype() const { return tensor_.dtype(); }
  /// The dims before the last two.
  Shape head() const { return Shape(tensor_.shape().begin(), tensor_.shape().end() - 2); }
  /// The shape of a result with these dims behind the batch's.
  Shape with(std::initializer_list<std::int64_t> last) const {
    Shape shape = head();
    for (std::int64_t size : last) shape.push_back(size);
    return shape;
  }
  void check_square(const char* op) const {
    check(rows_ == cols_, op, ": A must be batches of square matrices, but they are ", rows_, " by ", cols_,
          " matrices");
  }

  Matrix read(std::int64_t number) const {
    Matrix made(rows_, cols_);
    dispatch_floating(dtype(), "linalg", [&](auto t) {
      using T = decltype(t);
      const T* from = tensor_.data<T>() + number * rows_ * cols_;
      for (std::size_t i = 0; i < made.values.size(); ++i) made.values[i] = static_cast<double>(from[i]);
    });
    return made;
  }

private:
  Tensor tensor_;
  std::int64_t rows_, cols_;
};

/// Writes values as the number-th block of that size in a contiguous tensor.
inline void write_block(const Tensor& x, std::int64_t number, const std::vector<double>& values) {
  dispatch_floating(x.dtype(), "linalg", [&](auto t) {
    using T = decltype(t);
    T* to = x.data<T>() + number * static_cast<std::int64_t>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) to[i] = static_cast<T>(values[i]);
  });
}

} // namespace unroll
