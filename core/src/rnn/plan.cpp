#include "plan.h"

namespace unroll::rnn {
namespace {

void check_shape(const char* name, std::int64_t layer, const Tensor& w, const Shape& shape) {
  if (!w.defined() || w.shape() != shape)
    fail(ErrorKind::Runtime, "[rnn] ", name, " of layer ", layer, " has shape ",
         w.defined() ? to_string(w.shape()) : "None", ", expected ", to_string(shape));
}

void check_weights(const Plan& plan, const Tensors& weights) {
  const std::int64_t rows = plan.facts().gates * plan.hidden, each = plan.weights_each();
  for (std::int64_t i = 0; i < plan.layers * plan.directions; ++i) {
    const std::int64_t layer = i / plan.directions;
    const Tensor* w = &weights[static_cast<std::size_t>(i * each)];
    check_shape("weight_ih", layer, w[0], {rows, plan.inputs_of(layer)});
    check_shape("weight_hh", layer, w[1], {rows, plan.out});
    if (plan.bias) {
      check_shape("bias_ih", layer, w[2], {rows});
      check_shape("bias_hh", layer, w[3], {rows});
    }
    if (plan.projects) check_shape("weight_hr", layer, w[each - 1], {plan.out, plan.hidden});
  }
  for (const Tensor& w : weights)
    check(w.dtype() == plan.dtype, "[rnn] weights have different dtypes: ", scalar_name(w.dtype()), " and ",
          scalar_name(plan.dtype));
}

/// "(1, 2, 4)", as PyTorch prints an expected size.
std::string tuple(const Shape& shape) {
  std::string text = to_string(shape);
  text.front() = '(';
  text.back() = ')';
  return text;
}

void check_state(const Plan& plan, const Tensor& state, std::int64_t features, const char* name) {
  const Shape expected{plan.layers * plan.directions, static_cast<std::int64_t>(plan.steps.batch), features};
  if (!state.defined() || state.shape() != expected)
    fail(ErrorKind::Runtime, "Expected ", name, " size ", tuple(expected), ", got ",
         state.defined() ? to_string(state.shape()) : "None");
  check(state.dtype() == plan.dtype, "mat1 and mat2 must have the same dtype, but got ", scalar_name(state.dtype()),
        " and ", scalar_name(plan.dtype));
}

} // namespace

Plan plan_from_weights(const Tensors& weights, const RnnOptions& options) {
  Plan plan;
  plan.cell = options.cell;
  plan.layers = options.num_layers;
  plan.directions = options.bidirectional ? 2 : 1;
  plan.bias = options.bias;
  plan.dropout = options.training ? options.dropout : 0;
  check(plan.layers > 0 && plan.layers <= static_cast<std::int64_t>(weights.size()), "[rnn] num_layers is ",
        plan.layers, ", expected at least 1 and no more than there are weights (", weights.size(), ")");
  const std::int64_t count = static_cast<std::int64_t>(weights.size()), sets = plan.layers * plan.directions;
  plan.projects = plan.facts().projects && count == sets * (plan.weights_each() + 1);
  check(count == sets * plan.weights_each(), "[rnn] got ", count, " weights, expected ", sets * plan.weights_each(),
        " for ", plan.layers, " layers in ", plan.directions, " directions");
  const Tensor &w_ih = weights[0], &w_hh = weights[1];
  check(w_ih.defined() && w_ih.dim() == 2 && w_hh.defined() && w_hh.dim() == 2,
        "[rnn] weight_ih and weight_hh must have 2 dimensions");
  const std::int64_t gates = plan.facts().gates;
  check(w_hh.size(0) > 0 && w_hh.size(0) % gates == 0, "[rnn] weight_hh has ", w_hh.size(0),
        " rows, expected a multiple of ", gates);
  plan.hidden = w_hh.size(0) / gates;
  plan.input = w_ih.size(1);
  plan.out = plan.projects ? w_hh.size(1) : plan.hidden;
  plan.dtype = w_ih.dtype();
  check(is_floating(plan.dtype), "\"rnn\" not implemented for '", scalar_name(plan.dtype), "'");
  check_weights(plan, weights);
  return plan;
}

void check_input(const Plan& plan, const Tensor& x) {
  if (x.dtype() != plan.dtype)
    fail(ErrorKind::Value, "input must have the type torch.", dtype_name(plan.dtype), ", got type torch.",
         dtype_name(x.dtype()));
  check(x.size(-1) == plan.input, "input.size(-1) must be equal to input_size. Expected ", plan.input, ", got ",
        x.size(-1));
}

void check_states(const Plan& plan, const Tensors& hx) {
  if (hx.empty()) return;
  check(hx.size() == (plan.has_c() ? 2 : 1),
        plan.has_c() ? "lstm expects two hidden states" : "[rnn] expects one hidden state", ", got ", hx.size());
  check_state(plan, hx[0], plan.out, plan.has_c() ? "hidden[0]" : "hidden");
  if (plan.has_c()) check_state(plan, hx[1], plan.hidden, "hidden[1]");
}

} // namespace unroll::rnn
