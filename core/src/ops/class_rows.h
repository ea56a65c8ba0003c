#pragma once
#include "kernels/lines.h"
#include "ops/operand.h"

namespace unroll {

/// Input (N, C, *) or (C), target class indices (N, *) or (): one row of C scores for each target. Built by check_classes.
struct ClassRows {
  Lines lines;          ///< over the class dimension of the input
  std::int64_t classes; ///< C
  bool spatial;         ///< more than two dims, which PyTorch's graph names otherwise

  /// Where each row's factor lies beside the input: its shape with one class.
  Shape factor_shape;
};

/// Throws PyTorch's errors for shapes and dtypes that do not fit; weight (C) may be undefined.
ClassRows check_classes(const Tensor& input, const Tensor& target, const Tensor& weight);

/// Throws IndexError "Target 5 is out of bounds." unless 0 <= target < classes.
inline void check_class(std::int64_t target, std::int64_t classes) {
  if (target < 0 || target >= classes) [[unlikely]]
    fail(ErrorKind::Index, "Target ", target, " is out of bounds.");
}

} // namespace unroll
