#pragma once
#include "plan.h"

namespace unroll::rnn {

/// Positions in a node's saved tensors; -1 where there is none.
struct KeptDirection {
  int gates = -1, c = -1, tanh_c = -1, hidden_out = -1;
};
struct KeptLayer {
  int x = -1, y = -1, mask = -1;
  KeptDirection directions[2];
};

/// How the saved tensors of a recurrent stack's node are laid out, and its backward function.
struct StackBackward {
  Plan plan;
  std::vector<KeptLayer> layers;
  std::size_t states = 0;                        ///< initial states given: 0, 1 or 2
  std::size_t first_state = 0, first_weight = 0; ///< positions in saved

  Grads operator()(const Context& context) const;
};

/// The pointers of one direction that forward and backward share: sizes, weights, initial states.
template <class T>
Direction<T> direction_of(const Plan& plan, std::int64_t layer, std::int64_t direction, const Tensor* weights,
                          const Tensor* states, std::size_t state_count) {
  Direction<T> d{};
  d.cell = plan.cell;
  d.reverse = direction == 1;
  d.steps = &plan.steps;
  d.input = static_cast<Index>(plan.inputs_of(layer));
  d.hidden = static_cast<Index>(plan.hidden);
  d.out = static_cast<Index>(plan.out);
  const std::int64_t set = layer * plan.directions + direction, each = plan.weights_each();
  const Tensor* w = weights + set * each;
  d.weights.w_ih = w[0].data<T>();
  d.weights.w_hh = w[1].data<T>();
  if (plan.bias) d.weights.b_ih = w[2].data<T>(), d.weights.b_hh = w[3].data<T>();
  if (plan.projects) d.weights.w_hr = w[each - 1].data<T>();
  const Index rows = static_cast<Index>(set) * plan.steps.batch;
  if (state_count > 0) d.h0 = states[0].data<T>() + rows * d.out;
  if (state_count > 1) d.c0 = states[1].data<T>() + rows * d.hidden;
  d.y_row = static_cast<Index>(plan.directions) * d.out;
  return d;
}

} // namespace unroll::rnn
