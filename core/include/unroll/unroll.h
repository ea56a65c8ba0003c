#pragma once
/// Everything that a program in C++ needs to train a network and to keep it.

#include "unroll/autograd.h"
#include "unroll/nn.h"
#include "unroll/ops.h"
#include "unroll/optim.h"
#include "unroll/random.h"
#include "unroll/rnn.h"
#include "unroll/safetensors.h"

namespace unroll {

/// Seeds the random numbers of everything that is not given a generator of its own.                    [torch.manual_seed]
inline void manual_seed(std::uint64_t seed) { default_generator().manual_seed(seed); }

/// Computes the gradients of all parameters that `loss`, which has one element, was computed from.   [torch.Tensor.backward]
inline void backward(const Tensor& loss) { backward(Tensors{loss}, Tensors{Tensor()}); }

} // namespace unroll
