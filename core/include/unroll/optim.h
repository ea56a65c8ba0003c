#pragma once
#include "unroll/tensor.h"

// One step of an optimizer over many parameters at once. States are tensors of the caller's, updated in place, in the
// parameters' order; a parameter whose grad() is undefined must not be passed. No graph is recorded.

namespace unroll::optim {

struct SgdOptions {
  double lr, momentum, dampening, weight_decay;
  bool nesterov, maximize, first_step; ///< first_step: buffers are set to the gradient
};
/// buffers: one a parameter where momentum is not zero, empty otherwise.                 [torch.optim.SGD]
void sgd(const Tensors& params, const Tensors& buffers, const SgdOptions& options);

struct AdamOptions {
  double lr, beta1, beta2, eps, weight_decay;
  bool decoupled; ///< AdamW's weight decay
  bool amsgrad, maximize;
};
/// max_exp_avg_sqs: one a parameter where amsgrad, empty otherwise. steps: how many steps each parameter has taken, a
/// zero-dim floating-point tensor each; counted up here.                              [torch.optim.Adam, AdamW]
void adam(const Tensors& params, const Tensors& exp_avgs, const Tensors& exp_avg_sqs, const Tensors& max_exp_avg_sqs,
          const Tensors& steps, const AdamOptions& options);

/// The total norm of all gradients (p may be infinite), which are scaled in place so that it is at most max_norm.
/// Gradients that are undefined are passed over.                                   [torch.nn.utils.clip_grad_norm_]
Tensor clip_grad_norm(const Tensors& params, double max_norm, double p, bool error_if_nonfinite);

} // namespace unroll::optim
