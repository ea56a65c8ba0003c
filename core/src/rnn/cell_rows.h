#pragma once
#include "kernels/simd.h"

// What a cell's point-wise kernels see: the rows (sequences) that one step works on. Every pointer names the first row's first
// element; rows of `x` are x_row apart, and H apart where no stride is named. A stride of 0 repeats one row of zeros.

namespace unroll::rnn {

using simd::Batch;
using simd::Index;

/// Columns of a cell's gate buffer that take the input product: rows `weight` · H and on of w_ih go to columns `column` · H
/// and on, `count` · H of them.
struct Part {
  Index weight, count, column;
};

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

} // namespace unroll::rnn
