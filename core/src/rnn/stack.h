#pragma once
#include <string>
#include <utility>
#include <vector>

#include "plan.h"

namespace unroll::rnn {

/// Runs all layers, directions and steps of a checked plan and records them as one node of the graph.
/// x: (T,B,I) or rows (R,I); hx: empty, or {h0} or {h0, c0} that hold layers·directions·B rows; weights as in ops::rnn.
/// Returns {y, h_n} or {y, h_n, c_n}; y has x's shape but for its last size, P·directions.
/// `name` is the node's, as PyTorch prints the grad_fn of y.
Tensors run_stack(const Plan& plan, const Tensor& x, const Tensors& hx, const Tensors& weights, const char* name);

/// The same values as another result in the graph, under another name.
Tensor renamed(const Tensor& x, const char* name);

/// One activation that forward kept: for layer and direction, (R,H) values over all steps.
struct Activation {
  std::int64_t layer, direction;
  std::string name; ///< "i", "f", "g", "o", "c", "tanh_c"; "n", "r", "z", "m"
  Tensor values;
};
/// What the node of a recurrent stack keeps until backward; empty for any other node. The tensors are views without a graph.
std::vector<Activation> activations(const Node& node);

} // namespace unroll::rnn
