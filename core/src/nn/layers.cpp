#include <cmath>

#include "unroll/nn.h"
#include "unroll/random.h"

// Parameters start as PyTorch's reset_parameters leaves them, drawn from the same stream in the same order.

namespace unroll::nn {

namespace {

Tensor uniform(const Shape& shape, double bound) {
  return ops::uniform_(empty(shape, default_dtype()), -bound, bound, 0);
}

double inverse_root(std::int64_t n) { return n > 0 ? 1 / std::sqrt(static_cast<double>(n)) : 0; }

void check_sizes(const RnnOptions& options, std::int64_t hidden_size, std::int64_t proj_size) {
  check(hidden_size > 0, "hidden_size must be greater than zero");
  check(options.num_layers > 0, "num_layers must be greater than zero");
  check(options.dropout >= 0 && options.dropout <= 1,
        "dropout should be a number in range [0, 1] representing the probability of an element being zeroed");
  check(proj_size >= 0, "proj_size should be a positive integer or zero to disable projections");
  check(proj_size < hidden_size, "proj_size has to be smaller than hidden_size");
}

} // namespace

RnnBase::RnnBase(Cell cell, std::int64_t input_size, std::int64_t hidden_size, RnnOptions options,
                 std::int64_t proj_size)
    : options_(std::move(options)) {
  check_sizes(options_, hidden_size, proj_size);
  options_.cell = cell;
  const std::int64_t directions = options_.bidirectional ? 2 : 1, rows = facts_of(cell).gates * hidden_size;
  const std::int64_t out = proj_size > 0 ? proj_size : hidden_size;
  const double bound = inverse_root(hidden_size);
  for (std::int64_t layer = 0; layer < options_.num_layers; ++layer)
    for (std::int64_t direction = 0; direction < directions; ++direction) {
      const std::string end = "_l" + std::to_string(layer) + (direction == 1 ? "_reverse" : "");
      const auto weight = [&](const char* name, const Shape& shape) {
        weights_.push_back(add(name + end, uniform(shape, bound)));
      };
      weight("weight_ih", {rows, layer == 0 ? input_size : out * directions});
      weight("weight_hh", {rows, out});
      if (options_.bias)
        for (const char* name : {"bias_ih", "bias_hh"}) weight(name, {rows});
      if (proj_size > 0) weight("weight_hr", {proj_size, hidden_size});
    }
}

Tensors RnnBase::run(const Tensor& x, const Tensors& states) const {
  RnnOptions now = options_;
  now.training = training();
  return ops::rnn(x, states, weights_, now);
}

RNN::RNN(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options)
    : RnnBase(options.cell == Cell::RnnRelu ? Cell::RnnRelu : Cell::RnnTanh, input_size, hidden_size, options) {}

RnnOutput RNN::operator()(const Tensor& x, const Tensor& hidden) const {
  const Tensors results = run(x, hidden.defined() ? Tensors{hidden} : Tensors{});
  return {results[0], results[1]};
}

GRU::GRU(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options)
    : RnnBase(Cell::Gru, input_size, hidden_size, options) {}

RnnOutput GRU::operator()(const Tensor& x, const Tensor& hidden) const {
  const Tensors results = run(x, hidden.defined() ? Tensors{hidden} : Tensors{});
  return {results[0], results[1]};
}

LSTM::LSTM(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options, std::int64_t proj_size)
    : RnnBase(Cell::Lstm, input_size, hidden_size, options, proj_size) {}

LstmOutput LSTM::operator()(const Tensor& x) const {
  const Tensors results = run(x, {});
  return {results[0], results[1], results[2]};
}

LstmOutput LSTM::operator()(const Tensor& x, const Tensor& hidden, const Tensor& cell) const {
  const Tensors results = run(x, {hidden, cell});
  return {results[0], results[1], results[2]};
}

Linear::Linear(std::int64_t in_features, std::int64_t out_features, bool has_bias)
    : weight(add("weight", uniform({out_features, in_features}, inverse_root(in_features)))) {
  if (has_bias) bias = add("bias", uniform({out_features}, inverse_root(in_features)));
}

Embedding::Embedding(std::int64_t num_embeddings, std::int64_t embedding_dim, std::int64_t padding_idx)
    : padding_idx_(padding_idx) {
  check(padding_idx < num_embeddings, "Padding_idx must be within num_embeddings");
  const Tensor rows = ops::normal_(empty({num_embeddings, embedding_dim}, default_dtype()), 0, 1, 0);
  if (padding_idx >= 0) ops::zero_(ops::select(rows, 0, padding_idx));
  weight = add("weight", rows);
}

} // namespace unroll::nn
