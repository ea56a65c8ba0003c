#pragma once
#include "kernels/simd.h"
#include "unroll/tensor.h"

// What a cell is made of: its facts, and what its point-wise kernels see. A cell is a struct in a file of its own, derived from
// CellDefaults; visit_cell (all_cells.h) is the one place that lists the cells.

namespace unroll::rnn {

using simd::Batch;
using simd::Index;

/// Columns of a cell's gate buffer that take the input product: rows `weight` · H and on of w_ih go to columns `column` · H
/// and on, `count` · H of them.
struct InputBlock {
  Index weight, count, column;
};

/// The rows (sequences) that one step works on. Every pointer names the first row's first element; rows of `x` are x_row apart,
/// and H apart where no stride is named. A stride of 0 repeats one row of zeros.
template <class T>
struct ForwardRows {
  Index rows, hidden;
  T* gates; ///< in: pre-activations; out: activations, kept for backward
  Index gates_row;
  const T* h_prev;
  Index h_prev_row;
  T* h;
  Index h_row;
  const T* c_prev;
  Index c_prev_row;
  T* c;
  T* tanh_c;
};

template <class T>
struct BackwardRows {
  Index rows, hidden;
  const T* gates;
  Index gates_row;
  const T* h_prev;
  Index h_prev_row;
  const T* h;
  Index h_row;
  const T* c_prev;
  Index c_prev_row;
  const T* tanh_c;
  const T* dy; ///< gradient of h from the layer's output
  Index dy_row;
  T* dh; ///< in: gradient of h from later steps; out, where the cell adds_h: the part of h_prev's that does not go through w_hh
  T* dc;     ///< in: gradient of c from later steps; out: of c_prev
  T* dgates; ///< out: gradients of the pre-activations; rows gates_row apart
};

/// A state as tensors: h (B,P), for a cell with c also c (B,H).
struct State {
  Tensor h, c;
};

/// What holds for most cells. A cell of its own says, beside what differs:
///   mode, layer    PyTorch's name of the recurrence ("RNN_TANH"), and the class of its layers ("RNN")
///   step_node      the grad_fn name of one step's result, as PyTorch prints it
///   columns, names the H columns of its gate buffer: how many, and what they hold
///   h_column, h_count  those of them that take the product with h; h_count is also how many gates w_ih and w_hh have
///   input_blocks   those that take the product with x
///   forward, backward  one step over rows in memory
///   step           one step in ordinary ops, from W_ih x + b_ih and W_hh h + b_hh, for gradients of gradients
struct CellDefaults {
  static constexpr bool has_c = false;    ///< a second state beside h
  static constexpr bool projects = false; ///< its layers can project h to fewer features
  static constexpr bool adds_h = false;   ///< h reaches h' other than through w_hh; see BackwardRows::dh
  static constexpr bool one_dnn =
      false; ///< PyTorch's CPU build runs its float32 layers in oneDNN, which grad_fn's names show
  static constexpr const char* wrong_dims =
      "D instead"; ///< the end of PyTorch's error for an input of 1 or 4 dimensions
};

} // namespace unroll::rnn
