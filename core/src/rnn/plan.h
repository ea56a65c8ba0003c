#pragma once
#include "layer.h"
#include "unroll/autograd.h"
#include "unroll/rnn.h"

namespace unroll::rnn {

/// Sizes of a stack of recurrent layers, read from its weights and checked against its inputs.
struct Plan {
  Cell cell = Cell::Lstm;
  DType dtype = DType::Float32;
  std::int64_t layers = 1, directions = 1;
  bool bias = true, projects = false;
  double dropout = 0;                          ///< 0 where not training
  std::int64_t input = 0, hidden = 0, out = 0; ///< I, H, P
  Steps steps;

  const CellFacts& facts() const { return facts_of(cell); }
  bool has_c() const { return facts().has_c; }
  /// Columns of the gate buffer.
  std::int64_t gate_columns() const { return static_cast<std::int64_t>(facts().kept.size()) * hidden; }
  std::int64_t inputs_of(std::int64_t layer) const { return layer == 0 ? input : out * directions; }
  /// Weight tensors of one direction of one layer.
  std::int64_t weights_each() const { return 2 + (bias ? 2 : 0) + (projects ? 1 : 0); }
};

/// Sizes from the weights. Throws RuntimeError where their number or shapes do not fit each other.
Plan plan_from_weights(const Tensors& weights, const RnnOptions& options);
/// Throws in PyTorch's words where x's dtype is not the weights' (ValueError) or its last size not I (RuntimeError).
void check_input(const Plan& plan, const Tensor& x);
/// Throws RuntimeError in PyTorch's words unless hx is empty or h0 (layers·directions, B, P), for an LSTM with c0 (…, H).
void check_states(const Plan& plan, const Tensors& hx);

} // namespace unroll::rnn
