#include "composite.h"

#include "all_cells.h"
#include "unroll/ops.h"

namespace unroll::rnn {
namespace {

/// The weights of one direction of one layer; biases and w_hr undefined where there are none.
struct Weights {
  Tensor w_ih, w_hh, b_ih, b_hh, w_hr;
};

Weights weights_of(const Plan& plan, const Tensors& all, std::int64_t set) {
  const Tensor* w = &all[static_cast<std::size_t>(set * plan.weights_each())];
  Weights weights{w[0], w[1], {}, {}, {}};
  if (plan.bias) weights.b_ih = w[2], weights.b_hh = w[3];
  if (plan.projects) weights.w_hr = w[plan.weights_each() - 1];
  return weights;
}

/// One step of a cell over the rows x (n,I).
State step(const Plan& plan, const Weights& w, const Tensor& x, const State& before) {
  const Tensor from_x = ops::linear(x, w.w_ih, w.b_ih), from_h = ops::linear(before.h, w.w_hh, w.b_hh);
  State after;
  visit_cell(plan.cell, [&](auto cell) { after = cell.step(from_x, from_h, before); });
  if (w.w_hr.defined()) after.h = ops::linear(after.h, w.w_hr, Tensor());
  return after;
}

Tensor first_rows(const Tensor& x, std::int64_t rows) { return ops::narrow(x, 0, 0, rows); }

/// x with its first rows replaced.
Tensor with_first_rows(const Tensor& rows, const Tensor& x) {
  const std::int64_t n = rows.size(0), all = x.size(0);
  return n == all ? rows : ops::cat({rows, ops::narrow(x, 0, n, all - n)}, 0);
}

/// One direction of one layer over the rows x (R,I). Returns (R,P); `state` becomes the final one.
Tensor run_direction(const Plan& plan, const Weights& w, const Tensor& x, bool reverse, State& state) {
  const Index count = plan.steps.count();
  Tensors outputs(static_cast<std::size_t>(count));
  for (Index s = 0; s < count; ++s) {
    const Index t = plan.steps.visited(s, reverse);
    const std::int64_t n = plan.steps.sizes[static_cast<std::size_t>(t)];
    const Tensor rows = ops::narrow(x, 0, plan.steps.offsets[static_cast<std::size_t>(t)], n);
    State before{first_rows(state.h, n), plan.has_c() ? first_rows(state.c, n) : Tensor()};
    const State after = step(plan, w, rows, before);
    outputs[static_cast<std::size_t>(t)] = after.h;
    state.h = with_first_rows(after.h, state.h);
    if (plan.has_c()) state.c = with_first_rows(after.c, state.c);
  }
  return ops::cat(outputs, 0);
}

/// An input of the node with its place in the graph. Its own node keeps the inputs apart where one was computed from another.
Tensor placed(const Tensor& value, const Edge& edge) {
  Tensor x = detach(value);
  if (!edge.node) return x;
  x.impl()->meta().grad_fn = edge.node;
  x.impl()->meta().output = edge.output;
  return record("AliasBackward0", {x}, detach(x), {}, [](const Context& c) { return Grads{c.grad()}; });
}

} // namespace

Grads composite_backward(const StackBackward& kept, const Context& context) {
  const Plan& plan = kept.plan;
  const Node& node = context.node;
  const std::int64_t sets = plan.layers * plan.directions, batch = plan.steps.batch;
  Tensors inputs;
  for (std::size_t i = 0; i < node.edges.size(); ++i) {
    const std::size_t position = i == 0             ? static_cast<std::size_t>(kept.layers[0].x)
                                 : i <= kept.states ? kept.first_state + i - 1
                                                    : kept.first_weight + i - 1 - kept.states;
    inputs.push_back(placed(context.saved(position), node.edges[i]));
  }
  const Tensors weights(inputs.begin() + 1 + static_cast<std::ptrdiff_t>(kept.states), inputs.end());
  const auto state_of = [&](std::size_t i, std::int64_t features) {
    const Tensor all = i < kept.states ? inputs[1 + i] : zeros({sets * batch, features}, plan.dtype);
    return ops::reshape(all, {sets, batch, features});
  };
  const Tensor h0 = state_of(0, plan.out), c0 = plan.has_c() ? state_of(1, plan.hidden) : Tensor();

  Tensor x = ops::reshape(inputs[0], {static_cast<std::int64_t>(plan.steps.rows), plan.input});
  Tensors h_n, c_n;
  for (std::int64_t layer = 0; layer < plan.layers; ++layer) {
    Tensors directions;
    for (std::int64_t direction = 0; direction < plan.directions; ++direction) {
      const std::int64_t set = layer * plan.directions + direction;
      State state{ops::select(h0, 0, set), plan.has_c() ? ops::select(c0, 0, set) : Tensor()};
      directions.push_back(run_direction(plan, weights_of(plan, weights, set), x, direction == 1, state));
      h_n.push_back(state.h);
      if (plan.has_c()) c_n.push_back(state.c);
    }
    x = ops::cat(directions, 1);
    const int mask = kept.layers[static_cast<std::size_t>(layer)].mask;
    if (mask >= 0) x = x * ops::reshape(context.saved(static_cast<std::size_t>(mask)), x.shape());
  }
  Tensors results{x, ops::stack(h_n, 0)};
  if (plan.has_c()) results.push_back(ops::stack(c_n, 0));

  Tensors roots, given, wanted;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!context.grad(i).defined()) continue;
    roots.push_back(ops::reshape(results[i], context.grad(i).shape()));
    given.push_back(context.grad(i));
  }
  for (const Tensor& input : inputs)
    if (input.requires_grad()) wanted.push_back(input);
  const Tensors found = grad(roots, wanted, given, true, true, true);
  Grads grads(inputs.size());
  for (std::size_t i = 0, next = 0; i < inputs.size(); ++i)
    if (inputs[i].requires_grad()) grads[i] = found[next++];
  return grads;
}

} // namespace unroll::rnn
