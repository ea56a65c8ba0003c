#include <algorithm>
#include <vector>

#include "all_cells.h"
#include "kernels/gemm.h"
#include "segments.h"

namespace unroll::rnn {
namespace {

template <class T, class C>
class Forward {
public:
  explicit Forward(const Direction<T>& d)
      : d_(d),
        h_(d.hidden),
        row_(C::columns * h_),
        recurrent_(d.out, C::h_count * h_, {d.weights.w_hh, 1, d.out}, d.steps->rows),
        zeros_(static_cast<std::size_t>(std::max(d.out, h_))) {
    if (d.weights.w_hr) project_ = PackedMatrix<T>(h_, d.out, {d.weights.w_hr, 1, h_}, d.steps->rows);
  }

  void run(T* h_n, T* c_n) {
    project_input();
    const Steps& steps = *d_.steps;
    for (Index s = 0; s < steps.count(); ++s) {
      for_segments(d_, zeros_.data(), s, [this](const Segment<T>& segment) { step(segment); });
      const Index t = steps.visited(s, d_.reverse);
      const Index alive = d_.reverse ? (t == 0 ? 0 : steps.sizes[t]) : (t + 1 < steps.count() ? steps.sizes[t + 1] : 0);
      for (Index b = alive; b < steps.sizes[t]; ++b) finish(b, steps.offsets[t] + b, h_n, c_n);
    }
  }

private:
  /// Pre-activations of all steps without their recurrent part, biases included.
  void project_input() {
    std::vector<T> bias(static_cast<std::size_t>(row_));
    add_bias(bias.data());
    for (const InputBlock& block : C::input_blocks)
      gemm_bias<T>(d_.steps->rows, block.count * h_, d_.input, {d_.x, d_.input, 1},
                   {d_.weights.w_ih + block.weight * h_ * d_.input, 1, d_.input},
                   d_.weights.b_ih ? bias.data() + block.column * h_ : nullptr, d_.gates + block.column * h_, row_);
    constexpr Index filled = input_columns();
    if constexpr (filled < C::columns)
      for (Index r = 0; r < d_.steps->rows; ++r)
        std::copy(bias.begin() + filled * h_, bias.end(), d_.gates + r * row_ + filled * h_);
  }
  /// Columns that the input reaches; those after it start from their bias alone.
  static constexpr Index input_columns() {
    Index end = 0;
    for (const InputBlock& block : C::input_blocks) end = std::max(end, block.column + block.count);
    return end;
  }
  void add_bias(T* bias) const {
    if (!d_.weights.b_ih) return;
    for (const InputBlock& block : C::input_blocks)
      for (Index j = 0; j < block.count * h_; ++j)
        bias[block.column * h_ + j] += d_.weights.b_ih[block.weight * h_ + j];
    for (Index j = 0; j < C::h_count * h_; ++j) bias[C::h_column * h_ + j] += d_.weights.b_hh[j];
  }

  void step(const Segment<T>& s) {
    T* gates = d_.gates + s.row * row_;
    if (s.h_prev) recurrent_.multiply_add(s.rows, s.h_prev, s.h_prev_row, gates + C::h_column * h_, row_);
    ForwardRows<T> rows{};
    rows.rows = s.rows, rows.hidden = h_;
    rows.gates = gates, rows.gates_row = row_;
    rows.h_prev = s.h_prev ? s.h_prev : zeros_.data(), rows.h_prev_row = s.h_prev ? s.h_prev_row : 0;
    const bool projects = d_.weights.w_hr != nullptr;
    rows.h = projects ? d_.hidden_out + s.row * h_ : d_.y + s.row * d_.y_row;
    rows.h_row = projects ? h_ : d_.y_row;
    rows.c_prev = s.c_prev, rows.c_prev_row = s.c_prev_row;
    if constexpr (C::has_c) rows.c = d_.c + s.row * h_, rows.tanh_c = d_.tanh_c + s.row * h_;
    C::forward(rows);
    if (projects) project_.multiply(s.rows, rows.h, h_, nullptr, d_.y + s.row * d_.y_row, d_.y_row);
  }

  void finish(Index b, Index row, T* h_n, T* c_n) const {
    std::copy_n(d_.y + row * d_.y_row, d_.out, h_n + b * d_.out);
    if constexpr (C::has_c) std::copy_n(d_.c + row * h_, h_, c_n + b * h_);
  }

  const Direction<T>& d_;
  const Index h_, row_;
  PackedMatrix<T> recurrent_, project_;
  std::vector<T> zeros_;
};

} // namespace

template <class T>
void forward(const Direction<T>& d, T* h_n, T* c_n) {
  visit_cell(d.cell, [&](auto cell) { Forward<T, decltype(cell)>(d).run(h_n, c_n); });
}

template void forward(const Direction<float>&, float*, float*);
template void forward(const Direction<double>&, double*, double*);

} // namespace unroll::rnn
