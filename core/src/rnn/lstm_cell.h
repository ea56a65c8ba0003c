#pragma once
#include "activations.h"
#include "cell_rows.h"
#include "unroll/ops.h"

namespace unroll::rnn {

/// Long short-term memory, one step.                                [Hochreiter & Schmidhuber 1997; torch.nn.LSTM]
///   i = σ(W_ii x + b_ii + W_hi h + b_hi)         f = σ(W_if x + b_if + W_hf h + b_hf)
///   g = tanh(W_ig x + b_ig + W_hg h + b_hg)      o = σ(W_io x + b_io + W_ho h + b_ho)
///   c' = f ⊙ c + i ⊙ g                            h' = o ⊙ tanh(c')
/// Gate buffer: i, f, g, o of H columns each.
struct LstmCell : CellDefaults {
  static constexpr const char *mode = "LSTM", *layer = "LSTM", *step_node = "MulBackward0";
  static constexpr Index columns = 4, h_column = 0, h_count = 4;
  static constexpr InputBlock input_blocks[] = {{0, 4, 0}};
  static constexpr bool has_c = true, projects = true, one_dnn = true;
  static constexpr const char* names[] = {"i", "f", "g", "o"};

  template <class T>
  [[gnu::noinline]] static void forward(const ForwardRows<T>& s) {
    const Index n = s.hidden;
    for (Index b = 0; b < s.rows; ++b) {
      T *gates = s.gates + b * s.gates_row, *c_next = s.c + b * n, *tanh_c = s.tanh_c + b * n, *h = s.h + b * s.h_row;
      const T* c_prev = s.c_prev + b * s.c_prev_row;
      simd::for_vectors<T>(n, [&](Index j, auto at) {
        const Batch<T> i = rnn::sigmoid(at.load(gates + j)), f = rnn::sigmoid(at.load(gates + n + j));
        const Batch<T> g = rnn::tanh(at.load(gates + 2 * n + j)), o = rnn::sigmoid(at.load(gates + 3 * n + j));
        const Batch<T> c = simd::madd(f, at.load(c_prev + j), i * g), t = rnn::tanh(c);
        at.store(gates + j, i);
        at.store(gates + n + j, f);
        at.store(gates + 2 * n + j, g);
        at.store(gates + 3 * n + j, o);
        at.store(c_next + j, c);
        at.store(tanh_c + j, t);
        at.store(h + j, o * t);
      });
    }
  }

  ///   dc' += dh' ⊙ o ⊙ (1 − tanh²c')     dc = dc' ⊙ f
  ///   da_i = dc' ⊙ g ⊙ i(1 − i)    da_f = dc' ⊙ c ⊙ f(1 − f)    da_g = dc' ⊙ i ⊙ (1 − g²)    da_o = dh' ⊙ tanh c' ⊙ o(1 − o)
  template <class T>
  [[gnu::noinline]] static void backward(const BackwardRows<T>& s) {
    const Index n = s.hidden;
    const Batch<T> one(T(1));
    for (Index b = 0; b < s.rows; ++b) {
      const T *gates = s.gates + b * s.gates_row, *c_prev = s.c_prev + b * s.c_prev_row, *tanh_c = s.tanh_c + b * n;
      const T *dy = s.dy + b * s.dy_row, *later = s.dh + b * n;
      T *dc_carry = s.dc + b * n, *dgates = s.dgates + b * s.gates_row;
      simd::for_vectors<T>(n, [&](Index j, auto at) {
        const Batch<T> i = at.load(gates + j), f = at.load(gates + n + j), g = at.load(gates + 2 * n + j),
                       o = at.load(gates + 3 * n + j);
        const Batch<T> t = at.load(tanh_c + j), dh = at.load(later + j) + at.load(dy + j);
        const Batch<T> dc = simd::madd(dh * o, simd::nmadd(t, t, one), at.load(dc_carry + j));
        at.store(dc_carry + j, dc * f);
        at.store(dgates + j, dc * g * simd::nmadd(i, i, i));
        at.store(dgates + n + j, dc * at.load(c_prev + j) * simd::nmadd(f, f, f));
        at.store(dgates + 2 * n + j, dc * i * simd::nmadd(g, g, one));
        at.store(dgates + 3 * n + j, dh * t * simd::nmadd(o, o, o));
      });
    }
  }

  static State step(const Tensor& from_x, const Tensor& from_h, const State& before) {
    const Tensors gates = ops::chunk(from_x + from_h, 4, 1);
    const Tensor i = ops::sigmoid(gates[0]), f = ops::sigmoid(gates[1]), o = ops::sigmoid(gates[3]);
    const Tensor c = f * before.c + i * ops::tanh(gates[2]);
    return {o * ops::tanh(c), c};
  }
};

} // namespace unroll::rnn
