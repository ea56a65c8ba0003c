#pragma once
#include <cstddef>
#include <vector>

#include "unroll/tensor.h"

namespace unroll::table {

/// Tensors that the languages outside hold, by integer. A handle is positive, and is given out again after it was freed.
class Handles {
public:
  /// A handle for x, or 0 for an undefined tensor.
  std::int64_t add(const Tensor& x);
  /// Throws RuntimeError for a handle that is not in use.
  const Tensor& get(std::int64_t handle) const;
  /// Frees a handle; one that is not in use is ignored.
  void free(std::int64_t handle);
  std::size_t live() const { return tensors_.size() - free_.size(); }

private:
  std::vector<Tensor> tensors_;
  std::vector<std::int64_t> free_;
};

Handles& handles();

} // namespace unroll::table
