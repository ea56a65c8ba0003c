#pragma once
#include <array>
#include <utility>

#include "unroll/tensor.h"

namespace unroll {

/// Strides of x seen as a tensor of `shape`, to which it broadcasts: 0 along expanded dimensions.
Shape broadcast_strides(const Tensor& x, const Shape& shape);

/// Strides for a result over x: x's own where x is dense in some order of its dimensions, as PyTorch preserves them;
/// row-major otherwise.
Shape preserved_strides(const Tensor& x);

/// Walks N operands together over one shape. Dimensions are put in the memory order of operand 0 and merged wherever
/// they lie next to each other in every operand, so that most calls end as one long row.
template <std::size_t N>
class Walk {
public:
  using Offsets = std::array<std::int64_t, N>;

  /// strides[k]: operand k's strides, in elements, over `shape` (see broadcast_strides).
  Walk(const Shape& shape, const std::array<Shape, N>& strides) {
    Shape order;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] == 0) empty_ = true;
      if (shape[d] != 1) order.push_back(static_cast<std::int64_t>(d));
    }
    // Insertion sort: stable, in place, and mostly there is nothing to do.
    for (std::size_t i = 1; i < order.size(); ++i)
      for (std::size_t j = i; j > 0 && strides[0][order[j - 1]] < strides[0][order[j]]; --j)
        std::swap(order[j - 1], order[j]);
    for (std::int64_t d : order) push(shape[d], d, strides);
    if (sizes_.empty()) {
      sizes_.push_back(1);
      for (auto& s : strides_) s.push_back(0);
    }
  }

  /// Calls f(n, offsets, steps) for each row: n elements, operand k's at offsets[k] + i * steps[k].
  template <class F>
  void rows(F&& f) const {
    if (empty_) return;
    const std::size_t last = sizes_.size() - 1;
    Offsets offsets{}, steps;
    for (std::size_t k = 0; k < N; ++k) steps[k] = strides_[k][last];
    Shape at(last, 0);
    while (true) {
      f(sizes_[last], offsets, steps);
      std::size_t d = last;
      while (d > 0) {
        --d;
        for (std::size_t k = 0; k < N; ++k) offsets[k] += strides_[k][d];
        if (++at[d] < sizes_[d]) break;
        for (std::size_t k = 0; k < N; ++k) offsets[k] -= strides_[k][d] * sizes_[d];
        at[d] = 0;
        if (d == 0) return;
      }
      if (last == 0) return;
    }
  }

private:
  void push(std::int64_t size, std::int64_t d, const std::array<Shape, N>& strides) {
    bool merges = !sizes_.empty();
    for (std::size_t k = 0; merges && k < N; ++k) merges = strides_[k].back() == strides[k][d] * size;
    if (merges) {
      sizes_.back() *= size;
    } else {
      sizes_.push_back(size);
    }
    for (std::size_t k = 0; k < N; ++k) {
      if (merges) {
        strides_[k].back() = strides[k][d];
      } else {
        strides_[k].push_back(strides[k][d]);
      }
    }
  }

  Shape sizes_;
  std::array<Shape, N> strides_;
  bool empty_ = false;
};

} // namespace unroll
