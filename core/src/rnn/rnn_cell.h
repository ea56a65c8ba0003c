#pragma once
#include "activations.h"
#include "cell_rows.h"
#include "unroll/ops.h"

namespace unroll::rnn {

/// Elman network, one step.                                               [Elman 1990; torch.nn.RNN]
///   h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu(…)
/// Gate buffer: (h) of H columns.
template <bool relu>
struct RnnCell : CellDefaults {
  static constexpr const char *mode = relu ? "RNN_RELU" : "RNN_TANH", *layer = "RNN";
  static constexpr const char *step_node = relu ? "ReluBackward0" : "TanhBackward0", *wrong_dims = "D tensor instead";
  static constexpr Index columns = 1, h_column = 0, h_count = 1;
  static constexpr InputBlock input_blocks[] = {{0, 1, 0}};
  static constexpr const char* names[] = {"h"};

  template <class T>
  [[gnu::noinline]] static void forward(const ForwardRows<T>& s) {
    for (Index b = 0; b < s.rows; ++b) {
      T* gates = s.gates + b * s.gates_row;
      T* h = s.h + b * s.h_row;
      simd::for_vectors<T>(s.hidden, [&](Index j, auto at) {
        const Batch<T> x = at.load(gates + j);
        Batch<T> y;
        if constexpr (relu)
          y = xsimd::select(x < Batch<T>(T(0)), Batch<T>(T(0)), x);
        else
          y = rnn::tanh(x);
        at.store(h + j, y);
      });
    }
  }

  ///   da = dh ⊙ (1 − h²), or dh where h > 0
  template <class T>
  [[gnu::noinline]] static void backward(const BackwardRows<T>& s) {
    const Batch<T> zero(T(0)), one(T(1));
    for (Index b = 0; b < s.rows; ++b) {
      const T *h = s.h + b * s.h_row, *dy = s.dy + b * s.dy_row, *later = s.dh + b * s.hidden;
      T* dgates = s.dgates + b * s.gates_row;
      simd::for_vectors<T>(s.hidden, [&](Index j, auto at) {
        const Batch<T> dh = at.load(later + j) + at.load(dy + j), y = at.load(h + j);
        if constexpr (relu)
          at.store(dgates + j, xsimd::select(y > zero, dh, zero));
        else
          at.store(dgates + j, dh * simd::nmadd(y, y, one));
      });
    }
  }

  static State step(const Tensor& from_x, const Tensor& from_h, const State&) {
    return {relu ? ops::relu(from_x + from_h) : ops::tanh(from_x + from_h), {}};
  }
};

} // namespace unroll::rnn
