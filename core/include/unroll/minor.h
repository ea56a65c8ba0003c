#pragma once
#include "unroll/tensor.h"

// Tensors of the minor dtypes (small integers and halves) on their way into ops, which compute in the wide types.

namespace unroll {

/// x in the type that its values are computed in, with its place in the graph; x itself where that is its own.
Tensor widened(const Tensor& x);
/// Turns y, the fresh result of an op, into a tensor of a minor dtype, and returns it. Its node stays what it was: the engine
/// hands it wide gradients.
Tensor narrowed(const Tensor& y, DType dtype);

} // namespace unroll
