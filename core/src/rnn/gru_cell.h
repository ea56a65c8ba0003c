#pragma once
#include "activations.h"
#include "cell_rows.h"
#include "unroll/ops.h"

namespace unroll::rnn {

/// Gated recurrent unit, one step.                                             [Cho et al. 2014; torch.nn.GRU]
///   r = σ(W_ir x + b_ir + W_hr h + b_hr)       z = σ(W_iz x + b_iz + W_hz h + b_hz)
///   m = W_hn h + b_hn                           n = tanh(W_in x + b_in + r ⊙ m)
///   h' = (1 − z) ⊙ n + z ⊙ h
/// Gate buffer: n, r, z, m of H columns each, so that the three products with h (r, z, m) are one product into neighbouring columns.
struct GruCell : CellDefaults {
  static constexpr const char *mode = "GRU", *layer = "GRU", *step_node = "AddBackward0";
  static constexpr Index columns = 4, h_column = 1, h_count = 3;
  static constexpr InputBlock input_blocks[] = {{0, 2, 1}, {2, 1, 0}};
  static constexpr bool adds_h = true;
  static constexpr const char* names[] = {"n", "r", "z", "m"};

  template <class T>
  [[gnu::noinline]] static void forward(const ForwardRows<T>& s) {
    const Index n = s.hidden;
    for (Index b = 0; b < s.rows; ++b) {
      T *gates = s.gates + b * s.gates_row, *h = s.h + b * s.h_row;
      const T* h_prev = s.h_prev + b * s.h_prev_row;
      simd::for_vectors<T>(n, [&](Index j, auto at) {
        const Batch<T> r = rnn::sigmoid(at.load(gates + n + j)), z = rnn::sigmoid(at.load(gates + 2 * n + j));
        const Batch<T> g = rnn::tanh(simd::madd(r, at.load(gates + 3 * n + j), at.load(gates + j)));
        at.store(gates + j, g);
        at.store(gates + n + j, r);
        at.store(gates + 2 * n + j, z);
        at.store(h + j, simd::madd(z, at.load(h_prev + j) - g, g));
      });
    }
  }

  ///   dh = dh' ⊙ z + …    da_n = dh' ⊙ (1 − z) ⊙ (1 − n²)    dm = da_n ⊙ r
  ///   da_r = da_n ⊙ m ⊙ r(1 − r)     da_z = dh' ⊙ (h − n) ⊙ z(1 − z)
  template <class T>
  [[gnu::noinline]] static void backward(const BackwardRows<T>& s) {
    const Index n = s.hidden;
    const Batch<T> one(T(1));
    for (Index b = 0; b < s.rows; ++b) {
      const T *gates = s.gates + b * s.gates_row, *h_prev = s.h_prev + b * s.h_prev_row, *dy = s.dy + b * s.dy_row;
      T *dh_carry = s.dh + b * n, *dgates = s.dgates + b * s.gates_row;
      simd::for_vectors<T>(n, [&](Index j, auto at) {
        const Batch<T> g = at.load(gates + j), r = at.load(gates + n + j), z = at.load(gates + 2 * n + j),
                       m = at.load(gates + 3 * n + j);
        const Batch<T> dh = at.load(dh_carry + j) + at.load(dy + j);
        const Batch<T> dn = dh * (one - z) * simd::nmadd(g, g, one);
        at.store(dh_carry + j, dh * z);
        at.store(dgates + j, dn);
        at.store(dgates + n + j, dn * m * simd::nmadd(r, r, r));
        at.store(dgates + 2 * n + j, dh * (at.load(h_prev + j) - g) * simd::nmadd(z, z, z));
        at.store(dgates + 3 * n + j, dn * r);
      });
    }
  }

  static State step(const Tensor& from_x, const Tensor& from_h, const State& before) {
    const Tensors a = ops::chunk(from_x, 3, 1), b = ops::chunk(from_h, 3, 1);
    const Tensor r = ops::sigmoid(a[0] + b[0]), z = ops::sigmoid(a[1] + b[1]);
    const Tensor n = ops::tanh(a[2] + r * b[2]);
    return {n + z * (before.h - n), {}};
  }
};

} // namespace unroll::rnn
