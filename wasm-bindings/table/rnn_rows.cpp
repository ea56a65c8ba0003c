#include "row.h"
#include "unroll/rnn.h"

namespace unroll::table {

namespace {

Tensors rnn(const Tensor& x, const Tensors& hx, const Tensors& weights, std::int64_t cell, std::int64_t num_layers,
            bool bias, bool batch_first, double dropout, bool bidirectional, bool training) {
  return ops::rnn(x, hx, weights,
                  {static_cast<Cell>(cell), num_layers, bias, batch_first, dropout, bidirectional, training});
}

Tensors rnn_packed(const Tensor& data, const Tensor& batch_sizes, const Tensors& hx, const Tensors& weights,
                   std::int64_t cell, std::int64_t num_layers, bool bias, double dropout, bool bidirectional,
                   bool training) {
  return ops::rnn_packed(data, batch_sizes, hx, weights,
                         {static_cast<Cell>(cell), num_layers, bias, false, dropout, bidirectional, training});
}

Tensor cell_step(std::int64_t cell, const Tensor& x, const Tensor& h, const Tensor& w_ih, const Tensor& w_hh,
                 const Tensor& b_ih, const Tensor& b_hh) {
  return ops::cell_step(static_cast<Cell>(cell), x, h, w_ih, w_hh, b_ih, b_hh);
}

Pair cell_step_with_c(std::int64_t cell, const Tensor& x, const Tensor& h, const Tensor& c, const Tensor& w_ih,
                      const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh) {
  return ops::cell_step_with_c(static_cast<Cell>(cell), x, h, c, w_ih, w_hh, b_ih, b_hh);
}

/// What the generators write into the languages' tables of cells.
std::string cells() {
  std::string json = "[";
  for (const CellFacts& facts : all_cells())
    json += (json.size() > 1 ? ", " : "") + std::string("{\"mode\": \"") + facts.mode +
            "\", \"gates\": " + std::to_string(facts.gates) + "}";
  return json + "]";
}

} // namespace

std::span<const RowSpec> rnn_rows() {
  static constexpr auto rows = each(
      [](RowSpec row) { return row.internal(); },
      {
          op<&rnn>("rnn(x, hx, weights, cell, num_layers, bias, batch_first, dropout, bidirectional, training)",
                   "A whole recurrent stack: output and final states."),
          op<&rnn_packed>(
              "rnn_packed(data, batch_sizes, hx, weights, cell, num_layers, bias, dropout, bidirectional, training)",
              "The same over a packed sequence."),
          op<&cell_step>("cell_step(cell, x, h, w_ih, w_hh, b_ih=None, b_hh=None)", "One step of a cell: h."),
          op<&cell_step_with_c>("cell_step_with_c(cell, x, h, c, w_ih, w_hh, b_ih=None, b_hh=None)",
                                "One step of a cell with two states: h and c."),
          op<&cells>("recurrent_cells()", "The cells of recurrent layers, as JSON.").no_gradient().by_engine(),
      });
  return rows;
}

} // namespace unroll::table
