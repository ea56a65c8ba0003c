#pragma once
#include <vector>

#include "unroll/tensor.h"

// sgd() and adam() are one step over many parameters at once. States are tensors of the caller's, updated in place, in the
// parameters' order; a parameter whose grad() is undefined must not be passed. No graph is recorded. SGD, Adam and AdamW keep the
// states themselves.

namespace unroll::optim {

struct SgdOptions {
  double lr = 1e-3, momentum = 0, dampening = 0, weight_decay = 0;
  bool nesterov = false, maximize = false;
  bool first_step = false; ///< buffers are set to the gradient; SGD knows by itself
};
/// buffers: one a parameter where momentum is not zero, empty otherwise.                 [torch.optim.SGD]
void sgd(const Tensors& params, const Tensors& buffers, const SgdOptions& options);

struct AdamOptions {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;
  bool decoupled = false; ///< AdamW's weight decay
  bool amsgrad = false, maximize = false;
};
/// max_exp_avg_sqs: one a parameter where amsgrad, empty otherwise. steps: how many steps each parameter has taken, a
/// zero-dim floating-point tensor each; counted up here.                              [torch.optim.Adam, AdamW]
void adam(const Tensors& params, const Tensors& exp_avgs, const Tensors& exp_avg_sqs, const Tensors& max_exp_avg_sqs,
          const Tensors& steps, const AdamOptions& options);

/// The total norm of all gradients (p may be infinite), which are scaled in place so that it is at most max_norm.
/// Gradients that are undefined are passed over.                                   [torch.nn.utils.clip_grad_norm_]
Tensor clip_grad_norm(const Tensors& params, double max_norm, double p, bool error_if_nonfinite);

/// Parameters, and what steps of them need to remember. Parameters without a gradient are passed over.
class Optimizer {
public:
  explicit Optimizer(Tensors params) : params_(std::move(params)) {}
  virtual ~Optimizer() = default;
  virtual void step() = 0;
  void zero_grad() const;
  /// A whole step of training: zero_grad(), backward(loss), step(). Returns the value of `loss`, which has one element.
  double minimize(const Tensor& loss);

protected:
  const Tensors params_;
};

/// Stochastic gradient descent.                                                                          [torch.optim.SGD]
class SGD : public Optimizer {
public:
  SGD(Tensors params, const SgdOptions& options);
  void step() override;
  SgdOptions options; ///< may change between steps

private:
  Tensors buffers_; ///< undefined before a parameter's first step
};

/// Steps scaled by running means of the gradient and of its square.                                     [torch.optim.Adam]
///   optim::Adam adam(model.parameters(), {.lr = 0.01});
class Adam : public Optimizer {
public:
  explicit Adam(Tensors params, const AdamOptions& options = {});
  void step() override;
  AdamOptions options; ///< may change between steps

private:
  struct State {
    Tensor exp_avg, exp_avg_sq, max_exp_avg_sq, steps; ///< undefined before a parameter's first step
  };
  std::vector<State> states_;
};

/// Adam whose weight decay does not go through the means.                                              [torch.optim.AdamW]
class AdamW : public Adam {
public:
  explicit AdamW(Tensors params, const AdamOptions& options = {.weight_decay = 0.01});
};

} // namespace unroll::optim
