#include "unroll/optim.h"

#include "unroll/autograd.h"

namespace unroll::optim {

void Optimizer::zero_grad() const {
  for (const Tensor& p : params_) p.set_grad({});
}

double Optimizer::minimize(const Tensor& loss) {
  zero_grad();
  backward({loss}, {Tensor()});
  step();
  return loss.item();
}

SGD::SGD(Tensors params, const SgdOptions& given)
    : Optimizer(std::move(params)), options(given), buffers_(params_.size()) {}

void SGD::step() {
  Tensors old_params, old_buffers, new_params, new_buffers;
  for (std::size_t i = 0; i < params_.size(); ++i) {
    const Tensor& p = params_[i];
    if (!p.grad().defined()) continue;
    const bool is_first = options.momentum != 0 && !buffers_[i].defined();
    if (is_first) buffers_[i] = empty_like(p);
    (is_first ? new_params : old_params).push_back(p);
    (is_first ? new_buffers : old_buffers).push_back(buffers_[i]);
  }
  SgdOptions now = options;
  now.first_step = false;
  sgd(old_params, old_buffers, now);
  now.first_step = true;
  sgd(new_params, new_buffers, now);
}

Adam::Adam(Tensors params, const AdamOptions& given)
    : Optimizer(std::move(params)), options(given), states_(params_.size()) {}

void Adam::step() {
  Tensors params, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, steps;
  for (std::size_t i = 0; i < params_.size(); ++i) {
    const Tensor& p = params_[i];
    if (!p.grad().defined()) continue;
    State& state = states_[i];
    if (!state.steps.defined()) state = {zeros_like(p), zeros_like(p), Tensor(), zeros({}, DType::Float32)};
    if (options.amsgrad && !state.max_exp_avg_sq.defined()) state.max_exp_avg_sq = zeros_like(p);
    params.push_back(p);
    exp_avgs.push_back(state.exp_avg);
    exp_avg_sqs.push_back(state.exp_avg_sq);
    if (options.amsgrad) max_exp_avg_sqs.push_back(state.max_exp_avg_sq);
    steps.push_back(state.steps);
  }
  adam(params, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, steps, options);
}

AdamW::AdamW(Tensors params, const AdamOptions& options) : Adam(std::move(params), options) {
  this->options.decoupled = true;
}

} // namespace unroll::optim
