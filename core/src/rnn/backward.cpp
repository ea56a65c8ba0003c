#include <algorithm>
#include <vector>

#include "all_cells.h"
#include "kernels/gemm.h"
#include "segments.h"

namespace unroll::rnn {
namespace {

template <class T>
using Buffer = std::vector<T>;

template <class T, class C>
class BackwardPass {
public:
  BackwardPass(const Direction<T>& d, const Backward<T>& b)
      : d_(d),
        b_(b),
        h_(d.hidden),
        row_(C::columns * h_),
        recurrent_(C::h_count * h_, d.out, {d.weights.w_hh, d.out, 1}, d.steps->rows),
        zeros_(static_cast<std::size_t>(std::max(d.out, h_))) {
    if (!d.weights.w_hr) return;
    project_ = PackedMatrix<T>(d.out, h_, {d.weights.w_hr, h_, 1}, d.steps->rows);
    dprojected_.resize(static_cast<std::size_t>(d.steps->rows * d.out));
    dhidden_.resize(static_cast<std::size_t>(d.steps->batch * h_));
  }

  void run() {
    for (Index s = d_.steps->count() - 1; s >= 0; --s)
      for_segments(d_, zeros_.data(), s, [this](const Segment<T>& segment) { step(segment); });
    input_gradient();
    weight_gradients();
  }

private:
  /// dh and dc of the segment's rows go from "after this step" to "before it".
  void step(const Segment<T>& s) {
    BackwardRows<T> rows{};
    rows.rows = s.rows, rows.hidden = h_;
    rows.gates = d_.gates + s.row * row_, rows.gates_row = row_;
    rows.dgates = b_.dgates + s.row * row_;
    rows.h_prev = s.h_prev ? s.h_prev : zeros_.data(), rows.h_prev_row = s.h_prev ? s.h_prev_row : 0;
    rows.h = d_.y + s.row * d_.y_row, rows.h_row = d_.y_row;
    rows.dy = b_.dy ? b_.dy + s.row * b_.dy_row : zeros_.data(), rows.dy_row = b_.dy ? b_.dy_row : 0;
    T* dh = b_.dh + s.first * d_.out;
    rows.dh = dh;
    if constexpr (C::has_c) {
      rows.c_prev = s.c_prev, rows.c_prev_row = s.c_prev_row;
      rows.tanh_c = d_.tanh_c + s.row * h_;
      rows.dc = b_.dc + s.first * h_;
      if (d_.weights.w_hr) unproject(s, rows);
    }
    C::backward(rows);
    if (s.starts && !b_.initial) return;
    const T* dgates = rows.dgates + C::h_column * h_;
    if constexpr (C::adds_h)
      recurrent_.multiply_add(s.rows, dgates, row_, dh, d_.out);
    else
      recurrent_.multiply(s.rows, dgates, row_, nullptr, dh, d_.out);
  }

  /// Gradient of h before the projection, from that of the projected one, which is kept for the projection's own.
  void unproject(const Segment<T>& s, BackwardRows<T>& rows) {
    T* kept = dprojected_.data() + s.row * d_.out;
    for (Index r = 0; r < s.rows; ++r)
      for (Index j = 0; j < d_.out; ++j) kept[r * d_.out + j] = rows.dh[r * d_.out + j] + rows.dy[r * rows.dy_row + j];
    project_.multiply(s.rows, kept, d_.out, nullptr, dhidden_.data(), h_);
    rows.dh = dhidden_.data();
    rows.dy = zeros_.data(), rows.dy_row = 0;
  }

  void input_gradient() const {
    if (!b_.dx) return;
    bool add = b_.add_dx;
    for (const InputBlock& block : C::input_blocks) {
      gemm<T>(d_.steps->rows, d_.input, block.count * h_, {b_.dgates + block.column * h_, row_, 1},
              {d_.weights.w_ih + block.weight * h_ * d_.input, d_.input, 1}, b_.dx, d_.input, add);
      add = true;
    }
  }

  void weight_gradients() const {
    const WeightGrads<T>& g = b_.grads;
    const Index rows = d_.steps->rows;
    if (g.w_ih)
      for (const InputBlock& block : C::input_blocks)
        gemm<T>(block.count * h_, d_.input, rows, {b_.dgates + block.column * h_, 1, row_}, {d_.x, d_.input, 1},
                g.w_ih + block.weight * h_ * d_.input, d_.input, false);
    if (g.w_hh) recurrent_gradient(g.w_hh);
    if (g.w_hr) gemm<T>(d_.out, h_, rows, {dprojected_.data(), 1, d_.out}, {d_.hidden_out, h_, 1}, g.w_hr, h_, false);
    if (g.b_ih || g.b_hh) bias_gradients();
  }

  void bias_gradients() const {
    const T one(1);
    Buffer<T> sums(static_cast<std::size_t>(row_));
    gemm<T>(1, row_, d_.steps->rows, {&one, 0, 0}, {b_.dgates, row_, 1}, sums.data(), row_, false);
    if (b_.grads.b_ih)
      for (const InputBlock& block : C::input_blocks)
        std::copy_n(sums.data() + block.column * h_, block.count * h_, b_.grads.b_ih + block.weight * h_);
    if (b_.grads.b_hh) std::copy_n(sums.data() + C::h_column * h_, C::h_count * h_, b_.grads.b_hh);
  }

  /// Σ over steps of dgatesᵀ · h_prev. Where all steps have the same sequences, h_prev is y itself, one step on.
  void recurrent_gradient(T* dw) const {
    const Index rows = d_.steps->rows;
    if (!d_.steps->uniform) {
      Buffer<T> before(static_cast<std::size_t>(rows * d_.out));
      gather_previous(before.data());
      return add_recurrent(rows, 0, before.data(), d_.out, dw, false);
    }
    const Index batch = d_.steps->batch, later = d_.reverse ? 0 : batch, earlier = d_.reverse ? batch : 0;
    add_recurrent(rows - batch, later, d_.y + earlier * d_.y_row, d_.y_row, dw, false);
    if (d_.h0) add_recurrent(batch, d_.reverse ? rows - batch : 0, d_.h0, d_.out, dw, true);
  }
  void add_recurrent(Index rows, Index first, const T* h_prev, Index h_row, T* dw, bool add) const {
    gemm<T>(C::h_count * h_, d_.out, rows, {b_.dgates + first * row_ + C::h_column * h_, 1, row_}, {h_prev, h_row, 1},
            dw, d_.out, add);
  }
  void gather_previous(T* before) const {
    for (Index s = 0; s < d_.steps->count(); ++s)
      for_segments(d_, zeros_.data(), s, [&](const Segment<T>& segment) {
        if (!segment.h_prev) return;
        for (Index r = 0; r < segment.rows; ++r)
          std::copy_n(segment.h_prev + r * segment.h_prev_row, d_.out, before + (segment.row + r) * d_.out);
      });
  }

  const Direction<T>& d_;
  const Backward<T>& b_;
  const Index h_, row_;
  PackedMatrix<T> recurrent_, project_;
  Buffer<T> zeros_, dprojected_, dhidden_;
};

} // namespace

template <class T>
void backward(const Direction<T>& d, const Backward<T>& b) {
  visit_cell(d.cell, [&](auto cell) { BackwardPass<T, decltype(cell)>(d, b).run(); });
}

template void backward(const Direction<float>&, const Backward<float>&);
template void backward(const Direction<double>&, const Backward<double>&);

} // namespace unroll::rnn
