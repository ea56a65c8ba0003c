#pragma once
#include "unroll/tensor.h"

// Random numbers of distributions that need a loop of trials; the draws are PyTorch's.      [ATen/native/Distributions.h]

namespace unroll::ops {

/// Poisson numbers with these rates.                                                [torch.poisson; Hörmann 1993]
Tensor poisson(const Tensor& rate, std::int64_t gen);
/// How many of count trials succeed, each with probability prob; shapes broadcast.  [torch.binomial; Hörmann 1993]
Tensor binomial(const Tensor& count, const Tensor& prob, std::int64_t gen);
/// Gamma numbers with this shape and rate 1.                          [torch._standard_gamma; Marsaglia & Tsang 2000]
Tensor standard_gamma(const Tensor& concentration, std::int64_t gen);
/// Points on the simplex, along the last dimension.                                       [torch._sample_dirichlet]
Tensor sample_dirichlet(const Tensor& concentration, std::int64_t gen);

} // namespace unroll::ops
