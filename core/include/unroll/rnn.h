#pragma once
#include <optional>
#include <string>
#include <vector>

#include "unroll/tensor.h"

namespace unroll {

/// Which recurrence a layer runs. The numbers are part of the wire format.
enum class Cell { RnnTanh = 0, RnnRelu = 1, Lstm = 2, Gru = 3 };

/// What is known of a recurrence. Its file in core/src/rnn says all of it; the languages take it from here.
struct CellFacts {
  std::string mode;              ///< PyTorch's name: "RNN_TANH", "LSTM"
  std::string layer;             ///< the class of its layers: "RNN"; that of one step is "RNNCell"
  std::int64_t gates = 0;        ///< G: w_ih and w_hh have G·H rows
  std::vector<std::string> kept; ///< what forward keeps for backward, H columns each: "i", "f", "g", "o"
  bool has_c = false;            ///< a second state beside h
  bool projects = false;         ///< its layers can project h to fewer features
  bool one_dnn = false;          ///< PyTorch's CPU build runs its float32 layers in oneDNN
  const char* step_node = "";    ///< the grad_fn name of one step's result
  const char* wrong_dims = "";   ///< the end of PyTorch's error for an input of 1 or 4 dimensions
};
/// Every cell, in the order of the enum.
const std::vector<CellFacts>& all_cells();
/// Throws RuntimeError where no cell has this number.
const CellFacts& facts_of(Cell cell);

/// What torch.nn.RNN, LSTM and GRU are built with.
struct RnnOptions {
  Cell cell = Cell::Lstm;
  std::int64_t num_layers = 1;
  bool bias = true;
  bool batch_first = false;
  double dropout = 0; ///< on the output of each layer but the last, where training
  bool bidirectional = false;
  bool training = true;
};

namespace ops {

/// A whole stack of recurrent layers in one fused call.                               [torch.nn.RNN, LSTM, GRU]
/// Shapes: x (T,B,I), with batch_first (B,T,I), unbatched (T,I); hx: {h0} or {h0, c0} of (layers·directions, B, P or H), unbatched without B;
/// empty hx means zeros. weights: for each layer, for each direction: w_ih (G·H, I or P·directions), w_hh (G·H, P or H), then b_ih, b_hh (G·H) where bias, then
/// w_hr (P,H) for an LSTM with a projection (P is taken from it). Gate order i f g o (LSTM), r z n (GRU).
/// Returns {output, h_n} or {output, h_n, c_n}. Throws RuntimeError in PyTorch's words for sizes that do not fit.
Tensors rnn(const Tensor& x, const Tensors& hx, const Tensors& weights, const RnnOptions& options);

/// The same over a packed sequence: data (ΣT,I) holds all first steps, then all second steps, …; batch_sizes (T) int64 says how
/// many sequences each step has, never rising. Returns packed output data (ΣT, P·directions) and final states.
Tensors rnn_packed(const Tensor& data, const Tensor& batch_sizes, const Tensors& hx, const Tensors& weights,
                   const RnnOptions& options);

/// One step of a cell: x (B,I) or (I), h (B,H) or (H). b_ih, b_hh may be undefined.          [torch.nn.RNNCell, GRUCell]
/// Throws RuntimeError in PyTorch's words for sizes that do not fit.
Tensor cell_step(Cell cell, const Tensor& x, const Tensor& h, const Tensor& w_ih, const Tensor& w_hh,
                 const Tensor& b_ih, const Tensor& b_hh);
/// The same of a cell with c. Returns (h', c').                                                       [torch.nn.LSTMCell]
std::tuple<Tensor, Tensor> cell_step_with_c(Cell cell, const Tensor& x, const Tensor& h, const Tensor& c,
                                            const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih,
                                            const Tensor& b_hh);

} // namespace ops
} // namespace unroll
