#pragma once
#include <vector>

#include "kernels/copy.h"
#include "unroll/tensor.h"

namespace unroll {

/// The elements of x that indices pick, in the order in which x[indices] has them: dims before the picked ones, the
/// picked positions, dims after them. All starts are offsets from x's first element.
class Selection {
public:
  /// As x[indices], where an undefined index is a full slice and dims without an index follow whole. Throws IndexError
  /// in PyTorch's words for indices that do not fit.
  static Selection advanced(const Tensor& x, const Tensors& indices);
  /// index (int64, any shape, no value below zero) along dim d. A value out of range throws an IndexError with
  /// `message`, or with PyTorch's "index 4 is out of bounds for dimension 0 with size 4" as a RuntimeError where there
  /// is none.
  static Selection along(const Tensor& x, std::int64_t d, const Tensor& index, const char* message);

  const Shape& shape() const { return shape_; }

  /// Calls f(start, position, n, step) for each row: n elements of x from start on, step apart, are the n elements of a
  /// contiguous x[indices] from position on.
  template <class F>
  void rows(F&& f) const {
    std::int64_t position = 0;
    for (std::int64_t before : before_) {
      for (std::int64_t picked : picked_) {
        for (std::int64_t after : after_) {
          f(before + picked + after, position, row_, step_);
          position += row_;
        }
      }
    }
  }

private:
  using Starts = std::vector<std::int64_t>;
  /// Lays out the dims of x that no index covers: those in [0, first) before, all others after.
  void lay_out(const Tensor& x, const Shape& covered, std::int64_t first, const Shape& picked_shape);

  Shape shape_;
  Starts before_, picked_, after_;
  std::int64_t row_ = 1, step_ = 1;
};

/// x[selection] as a fresh contiguous tensor, without a graph.
Tensor pick(const Tensor& x, const Selection& selection);
/// x[selection] = values, which broadcast to the selection's shape and have x's dtype; without checks and without a
/// graph.
void put(const Tensor& x, const Selection& selection, const Tensor& values);
/// x[selection] += scale · values, where elements that are picked several times add up.
void put_add(const Tensor& x, const Selection& selection, const Tensor& values, double scale = 1);

} // namespace unroll
