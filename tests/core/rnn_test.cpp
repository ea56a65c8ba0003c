#include <catch_amalgamated.hpp>
#include <cmath>

#include "expect.h"
#include "gradcheck.h"
#include "rnn/stack.h"
#include "unroll/ops.h"
#include "unroll/rnn.h"

using namespace unroll;
using namespace unroll::testing;
using Catch::Matchers::ContainsSubstring;

namespace {

std::vector<Cell> every_cell() {
  std::vector<Cell> cells;
  for (std::size_t number = 0; number < all_cells().size(); ++number) cells.push_back(static_cast<Cell>(number));
  return cells;
}

struct Layer {
  RnnOptions options;
  std::int64_t input = 3, hidden = 4, proj = 0;

  explicit Layer(Cell cell) { options.cell = cell; }
  std::int64_t directions() const { return options.bidirectional ? 2 : 1; }
  std::int64_t out() const { return proj ? proj : hidden; }

  Tensors weights(DType dtype = DType::Float64) const {
    Tensors all;
    const std::int64_t rows = facts_of(options.cell).gates * hidden;
    const auto add = [&](const Shape& shape) {
      const Tensor w = random_leaf(shape, -0.6, 0.6, static_cast<int>(all.size()) + 20);
      all.push_back(dtype == DType::Float64 ? w : detach(ops::to(w, dtype)).set_requires_grad(true));
    };
    for (std::int64_t set = 0; set < options.num_layers * directions(); ++set) {
      add({rows, set < directions() ? input : out() * directions()});
      add({rows, out()});
      if (options.bias) add({rows}), add({rows});
      if (proj) add({out(), hidden});
    }
    return all;
  }
  Tensors states(std::int64_t batch) const {
    const std::int64_t sets = options.num_layers * directions();
    Tensors hx{random_leaf({sets, batch, out()}, -1, 1, 2)};
    if (facts_of(options.cell).has_c) hx.push_back(random_leaf({sets, batch, hidden}, -1, 1, 3));
    return hx;
  }
};

Tensor joined(const Tensors& results) {
  Tensors flat;
  for (const Tensor& r : results) flat.push_back(ops::reshape(r, {-1}));
  return ops::cat(flat, 0);
}

Tensor slice_of(const Tensors& in, std::size_t first, std::size_t last, Tensors& rest) {
  rest.assign(in.begin() + static_cast<std::ptrdiff_t>(first), in.begin() + static_cast<std::ptrdiff_t>(last));
  return in[0];
}

Tensors all_inputs(const Tensor& x, const Tensors& hx, const Tensors& weights) {
  Tensors inputs{x};
  inputs.insert(inputs.end(), hx.begin(), hx.end());
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  return inputs;
}

bool layer_gradcheck(const Layer& layer, const Tensor& x, std::int64_t batch, const Tensor& batch_sizes = {}) {
  const Tensors hx = layer.states(batch), weights = layer.weights();
  const auto f = [&](const Tensors& in) {
    Tensors states, w;
    slice_of(in, 1, 1 + hx.size(), states);
    slice_of(in, 1 + hx.size(), in.size(), w);
    return joined(batch_sizes.defined() ? ops::rnn_packed(in[0], batch_sizes, states, w, layer.options)
                                        : ops::rnn(in[0], states, w, layer.options));
  };
  return gradcheck(f, all_inputs(x, hx, weights));
}

std::string rnn_error(const Tensor& x, const Tensors& hx, const Tensors& weights, const RnnOptions& options) {
  return error_of([&] { ops::rnn(x, hx, weights, options); });
}

} // namespace

TEST_CASE("gradients of recurrent layers pass the gradient check") {
  const Cell cell = GENERATE(from_range(every_cell()));
  Layer layer(cell);
  layer.options.num_layers = GENERATE(1, 2);
  layer.options.bidirectional = GENERATE(false, true);
  layer.options.bias = GENERATE(false, true);
  INFO(facts_of(cell).mode << ", layers " << layer.options.num_layers);
  CHECK(layer_gradcheck(layer, random_leaf({3, 2, 3}, -1, 1), 2));
}

TEST_CASE("gradients of an LSTM with a projection pass the gradient check") {
  Layer layer(Cell::Lstm);
  layer.proj = 2;
  layer.options.bidirectional = true;
  layer.options.num_layers = 2;
  CHECK(layer_gradcheck(layer, random_leaf({3, 2, 3}, -1, 1), 2));
}

TEST_CASE("gradients through a packed sequence pass the gradient check") {
  Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  layer.options.bidirectional = true;
  CHECK(layer_gradcheck(layer, random_leaf({7, 3}, -1, 1), 3, from_values({3}, {3, 3, 1}, DType::Int64)));
}

TEST_CASE("gradients of recurrent cells pass the gradient check") {
  const Cell cell = GENERATE(from_range(every_cell()));
  const Layer layer(cell);
  const Tensors w = layer.weights();
  const Tensor x = random_leaf({2, 3}, -1, 1), h = random_leaf({2, 4}, -1, 1, 2), c = random_leaf({2, 4}, -1, 1, 3);
  const auto f = [&](const Tensors& in) {
    if (!facts_of(cell).has_c) return ops::cell_step(cell, in[0], in[1], in[3], in[4], in[5], in[6]);
    const auto [next, state] = ops::cell_step_with_c(cell, in[0], in[1], in[2], in[3], in[4], in[5], in[6]);
    return joined({next, state});
  };
  CHECK(gradcheck(f, {x, h, c, w[0], w[1], w[2], w[3]}));
}

TEST_CASE("strided input, states and weights give what contiguous ones give") {
  Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  const Tensor x = random_leaf({3, 2, 4}, -1, 1);
  Tensors hx = layer.states(2), weights = layer.weights();
  const auto plain = ops::rnn(ops::contiguous(ops::permute(x, {2, 1, 0})), hx, weights, layer.options);
  Tensors strided_weights = weights, strided_hx;
  strided_weights[0] = ops::transpose(detach(ops::contiguous(ops::transpose(weights[0], 0, 1))), 0, 1);
  for (const Tensor& h : hx)
    strided_hx.push_back(ops::transpose(detach(ops::contiguous(ops::transpose(h, 1, 2))), 1, 2));
  const auto strided = ops::rnn(ops::permute(x, {2, 1, 0}), strided_hx, strided_weights, layer.options);
  for (std::size_t i = 0; i < plain.size(); ++i) CHECK(is_close(strided[i], plain[i].shape(), to_values(plain[i]), 0));
}

TEST_CASE("only what needs a gradient gets one") {
  Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  layer.options.num_layers = 2;
  Tensors weights = layer.weights(), hx = layer.states(2);
  const Tensors all = weights;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (i != 1 && i != 6) weights[i] = detach(weights[i]);
  const Tensor x = random_leaf({3, 2, 3}, -1, 1);
  ops::sum(joined(ops::rnn(x, hx, all, layer.options)), std::nullopt, false, std::nullopt);
  backward({ops::sum(joined(ops::rnn(x, hx, all, layer.options)), std::nullopt, false, std::nullopt)}, {});
  const Tensor first = all[1].grad(), second = all[6].grad();
  all[1].set_grad({});
  all[6].set_grad({});
  const Tensor frozen_x = detach(x);
  Tensors frozen_hx;
  for (const Tensor& h : hx) frozen_hx.push_back(detach(h));
  weights[1] = all[1], weights[6] = all[6];
  backward({ops::sum(joined(ops::rnn(frozen_x, frozen_hx, weights, layer.options)), std::nullopt, false, std::nullopt)},
           {});
  CHECK(is_close(all[1].grad(), first.shape(), to_values(first), 1e-12));
  CHECK(is_close(all[6].grad(), second.shape(), to_values(second), 1e-12));
  CHECK_FALSE(frozen_x.grad().defined());
  CHECK_FALSE(weights[0].grad().defined());
}

TEST_CASE("the two biases' gradients do not share memory") {
  const Layer layer(Cell::Lstm);
  const Tensors weights = layer.weights();
  backward(
      {ops::sum(ops::rnn(random_leaf({2, 1, 3}), {}, weights, layer.options)[0], std::nullopt, false, std::nullopt)},
      {});
  CHECK(weights[2].grad().storage() != weights[3].grad().storage());
  CHECK(is_close(weights[2].grad(), {16}, to_values(weights[3].grad()), 0));
}

TEST_CASE("a graph kept for a second backward gives the same gradients again, one not kept an error") {
  const Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  const Tensors weights = layer.weights();
  const Tensor y =
      ops::sum(ops::rnn(random_leaf({3, 2, 3}), {}, weights, layer.options)[0], std::nullopt, false, std::nullopt);
  const auto first = to_values(grad({y}, {weights[1]}, {}, true)[0]);
  CHECK(to_values(grad({y}, {weights[1]}, {})[0]) == first);
  CHECK_THAT(error_of([&] { grad({y}, {weights[1]}, {}); }),
             ContainsSubstring("Trying to backward through the graph a second time"));
}

TEST_CASE("a weight changed in place between forward and backward is an error") {
  const Layer layer(Cell::Gru);
  const Tensors weights = layer.weights();
  const Tensor y =
      ops::sum(ops::rnn(random_leaf({3, 2, 3}), {}, weights, layer.options)[0], std::nullopt, false, std::nullopt);
  {
    NoGrad guard;
    ops::mul_(weights[1], 2.0);
  }
  CHECK_THAT(error_of([&] { backward({y}, {}); }), ContainsSubstring("modified by an inplace operation"));
}

TEST_CASE("a recurrent layer has second derivatives") {
  for (const Cell cell : {Cell::RnnTanh, Cell::Lstm, Cell::Gru}) {
    Layer layer(cell);
    const Tensors weights = layer.weights();
    Tensors inputs{random_leaf({2, 1, 3})};
    inputs.insert(inputs.end(), weights.begin(), weights.end());
    const auto fn = [&](const Tensors& in) {
      return ops::reshape(ops::rnn(in[0], {}, Tensors(in.begin() + 1, in.end()), layer.options)[0], {-1});
    };
    CHECK(gradgradcheck(fn, inputs));
  }
}

TEST_CASE("results carry the names that PyTorch's grad_fn has") {
  Layer layer(Cell::Lstm);
  const auto name = [](const Tensor& t) { return t.grad_fn()->name; };
  const Tensor x = detach(ops::to(random_leaf({2, 3, 3}), DType::Float32));
  auto lstm = ops::rnn(x, {}, layer.weights(DType::Float32), layer.options);
  CHECK(name(lstm[0]) == "MkldnnRnnLayerBackward0");
  CHECK(name(lstm[1]) == "StackBackward0");
  CHECK(name(lstm[2]) == "StackBackward0");
  layer.options.batch_first = true;
  lstm = ops::rnn(x, {}, layer.weights(DType::Float32), layer.options);
  CHECK(name(lstm[0]) == "TransposeBackward0");
  CHECK_FALSE(lstm[0].is_contiguous());
  Layer gru(Cell::Gru);
  CHECK(name(ops::rnn(x, {}, gru.weights(DType::Float32), gru.options)[0]) == "StackBackward0");
  gru.options.bidirectional = true;
  CHECK(name(ops::rnn(x, {}, gru.weights(DType::Float32), gru.options)[0]) == "CatBackward0");
  const Tensors w = Layer(Cell::Lstm).weights();
  const Tensor row = random_leaf({2, 3}), h = random_leaf({2, 4});
  const auto [next, state] = ops::cell_step_with_c(Cell::Lstm, row, h, h, w[0], w[1], w[2], w[3]);
  CHECK(name(next) == "MulBackward0");
  CHECK(name(state) == "AddBackward0");
}

TEST_CASE("without a graph nothing is recorded and the values are the same") {
  Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  layer.options.num_layers = 2;
  layer.options.bidirectional = true;
  const Tensors weights = layer.weights();
  const Tensor x = random_leaf({4, 3, 3});
  const auto recorded = ops::rnn(x, layer.states(3), weights, layer.options);
  NoGrad guard;
  const auto plain = ops::rnn(x, layer.states(3), weights, layer.options);
  CHECK_FALSE(plain[0].requires_grad());
  for (std::size_t i = 0; i < plain.size(); ++i) CHECK(to_values(plain[i]) == to_values(recorded[i]));
}

TEST_CASE("the activations that backward needs can be looked at by name") {
  Layer layer(Cell::Lstm);
  layer.options.bidirectional = true;
  const Tensors weights = layer.weights();
  const auto results = ops::rnn(random_leaf({4, 2, 3}), {}, weights, layer.options);
  const auto list = rnn::activations(*results[0].grad_fn());
  REQUIRE(list.size() == 12);
  const auto find = [&](const std::string& name) {
    for (const auto& a : list)
      if (a.name == name && a.direction == 0) return a.values;
    return Tensor();
  };
  const Tensor h = ops::mul(find("o"), ops::tanh(find("c")));
  CHECK(is_close(h, {8, 4}, to_values(ops::reshape(ops::slice(results[0], 2, 0, 4, 1), {8, 4})), 1e-12));
  CHECK(rnn::activations(*ops::neg(weights[0]).grad_fn()).empty());
}

TEST_CASE("an empty batch gives empty results and zero gradients") {
  const Layer layer(GENERATE(Cell::RnnTanh, Cell::Lstm, Cell::Gru));
  const Tensors weights = layer.weights();
  const auto results = ops::rnn(zeros({5, 0, 3}, DType::Float64), {}, weights, layer.options);
  CHECK(results[0].shape() == Shape{5, 0, 4});
  CHECK(results[1].shape() == Shape{1, 0, 4});
  backward({ops::sum(joined(results), std::nullopt, false, std::nullopt)}, {});
  for (const Tensor& w : weights)
    CHECK(is_close(w.grad(), w.shape(), std::vector<double>(static_cast<std::size_t>(w.numel()), 0)));
}

TEST_CASE("NaN in the input comes out as NaN") {
  const Layer layer(GENERATE(from_range(every_cell())));
  const auto results = ops::rnn(full({2, 1, 3}, NAN, DType::Float64), {}, layer.weights(), layer.options);
  for (const double v : to_values(results[0])) CHECK(std::isnan(v));
}

TEST_CASE("wrong sizes for recurrent layers are errors in PyTorch's words") {
  Layer layer(Cell::Gru);
  const Tensors w = layer.weights();
  const auto d = DType::Float64;
  const Tensor x = zeros({5, 2, 3}, d);
  CHECK(rnn_error(zeros({5, 2, 7}, d), {}, w, layer.options) ==
        "input.size(-1) must be equal to input_size. Expected 3, got 7");
  CHECK(rnn_error(zeros({2, 3, 5, 3}, d), {}, w, layer.options) ==
        "GRU: Expected input to be 2D or 3D, got 4D instead");
  CHECK(rnn_error(zeros({0, 2, 3}, d), {}, w, layer.options) == "Expected sequence length to be larger than 0 in RNN");
  CHECK(rnn_error(x, {zeros({1, 3, 4}, d)}, w, layer.options) == "Expected hidden size (1, 2, 4), got [1, 3, 4]");
  CHECK(rnn_error(x, {zeros({1, 4}, d)}, w, layer.options) ==
        "For batched 3-D input, hx should also be 3-D but got 2-D tensor");
  CHECK(rnn_error(zeros({5, 3}, d), {zeros({1, 1, 4}, d)}, w, layer.options) ==
        "For unbatched 2-D input, hx should also be 2-D but got 3-D tensor");
  CHECK(rnn_error(zeros({5, 2, 3}, DType::Float32), {}, w, layer.options) ==
        "input must have the type torch.float64, got type torch.float32");
  layer.options.num_layers = 2;
  CHECK_THAT(rnn_error(x, {}, w, layer.options), ContainsSubstring("got 4 weights, expected 8"));
  Layer lstm(Cell::Lstm);
  CHECK(rnn_error(x, {zeros({1, 2, 4}, d), zeros({1, 2, 5}, d)}, lstm.weights(), lstm.options) ==
        "Expected hidden[1] size (1, 2, 4), got [1, 2, 5]");
  Tensors bad = lstm.weights();
  bad[3] = zeros({15}, d);
  CHECK_THAT(rnn_error(x, {}, bad, lstm.options),
             ContainsSubstring("bias_hh of layer 0 has shape [15], expected [16]"));
}

TEST_CASE("wrong batch sizes of a packed sequence are errors") {
  const Layer layer(Cell::Lstm);
  const Tensors w = layer.weights();
  const Tensor data = zeros({5, 3}, DType::Float64);
  const auto error = [&](const std::vector<double>& sizes) {
    return error_of([&] {
      ops::rnn_packed(data, from_values({static_cast<std::int64_t>(sizes.size())}, sizes, DType::Int64), {}, w,
                      layer.options);
    });
  };
  CHECK_THAT(error({2, 3}), ContainsSubstring("never rise"));
  CHECK_THAT(error({5, 0}), ContainsSubstring("must be positive"));
  CHECK_THAT(error({3, 3}), ContainsSubstring("sum to 6"));
  CHECK_THAT(error({9e15}), ContainsSubstring("but the data only 5 rows"));
  CHECK_THAT(error({}), ContainsSubstring("at least one element"));
  CHECK(error({3, 2}).empty());
}

TEST_CASE("wrong sizes for recurrent cells are errors in PyTorch's words") {
  const Tensors w = Layer(Cell::Gru).weights();
  const auto d = DType::Float64;
  const auto error = [&](const Shape& x, const Shape& h) {
    return error_of([&] { ops::cell_step(Cell::Gru, zeros(x, d), zeros(h, d), w[0], w[1], w[2], w[3]); });
  };
  CHECK(error({2, 7}, {2, 4}) == "input has inconsistent input_size: got 7 expected 3");
  CHECK(error({2, 3}, {2, 5}) == "hidden0 has inconsistent hidden_size: got 5, expected 4");
  CHECK(error({2, 3}, {3, 4}) == "Input batch size 2 doesn't match hidden0 batch size 3");
  CHECK(error({3}, {4}).empty());
  CHECK_THAT(error_of([&] {
               ops::cell_step(Cell::Gru, zeros({2, 3}, DType::Float32), zeros({2, 4}, d), w[0], w[1], w[2], w[3]);
             }),
             ContainsSubstring("must have the same dtype"));
}
