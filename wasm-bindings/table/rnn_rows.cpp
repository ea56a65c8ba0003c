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

} // namespace

std::vector<Row> rnn_rows() {
  std::vector<Row> all = {
      op<&rnn>("rnn(x, hx, weights, cell, num_layers, bias, batch_first, dropout, bidirectional, training)",
               "A whole recurrent stack: output and final states."),
      op<&rnn_packed>(
          "rnn_packed(data, batch_sizes, hx, weights, cell, num_layers, bias, dropout, bidirectional, training)",
          "The same over a packed sequence."),
      op<&ops::rnn_cell>("rnn_cell(x, h, w_ih, w_hh, b_ih=None, b_hh=None, relu=False)", "One step of a plain RNN."),
      op<&ops::lstm_cell>("lstm_cell(x, h, c, w_ih, w_hh, b_ih=None, b_hh=None)", "One step of an LSTM: h and c."),
      op<&ops::gru_cell>("gru_cell(x, h, w_ih, w_hh, b_ih=None, b_hh=None)", "One step of a GRU."),
  };
  for (Row& row : all) row = Row(std::move(row)).internal();
  return all;
}

} // namespace unroll::table
