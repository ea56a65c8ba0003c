#pragma once
#include "unroll/ops.h"

// Writing to places that an index or a mask gives, beside scatter and index_add. All return a new tensor.

namespace unroll {

/// How values that meet in one place combine. The numbers are part of the wire format.
enum class Combine { Sum = 0, Prod = 1, Mean = 2, Amax = 3, Amin = 4 };

namespace ops {

Tensor index_fill(const Tensor& x, std::int64_t dim, const Tensor& index, const Operand& value);
Tensor index_copy(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source);
/// The elements of source, one after the other, where mask holds.
Tensor masked_scatter(const Tensor& x, const Tensor& mask, const Tensor& source);
/// Elements at places of the flattened x, in index's shape. Throws IndexError for a place that is not there.
Tensor take(const Tensor& x, const Tensor& index);
/// x with source at places of the flattened x, or added there.
Tensor put(const Tensor& x, const Tensor& index, const Tensor& source, bool accumulate);
/// source combined at index along dim, with x's own values where include_self.
Tensor scatter_reduce(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source, Combine how,
                      bool include_self);

} // namespace ops
} // namespace unroll
