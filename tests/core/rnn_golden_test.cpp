#include <catch_amalgamated.hpp>
#include <cmath>
#include <sstream>

#include "golden.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/random.h"
#include "unroll/rnn.h"

// Recurrent layers and cells against real PyTorch 2.6; the cases and the file's layout are in tests/golden/rnn.py.
//
// Tolerance: every element of a result or gradient must satisfy |a − b| <= tolerance · max|b|, where max|b| is the largest
// magnitude in that tensor as PyTorch computed it (sums of terms of that size cancel to smaller elements, in PyTorch as here).
// float32: 1e-5. float64: 1e-10. A float32 tensor without an element above 1e-4 is judged as if it had one: its elements are
// what is left of terms near 1 (one gradient behind a dropout mask is such a case).

using namespace unroll;
using unroll::testing::Golden;

namespace {

enum Form { Batched, BatchFirst, Unbatched, Packed, OneCell, OneCellUnbatched };

struct Case {
  std::int64_t cell, form, layers, bias, bidirectional, proj, state, dropout_percent, seed, t, b, i, h, size2, size3,
      size4;

  bool is_cell() const { return form >= OneCell; }
  bool is_lstm() const { return cell == static_cast<int>(Cell::Lstm); }
  std::vector<std::int64_t> batch_sizes() const {
    std::vector<std::int64_t> sizes{b, size2, size3, size4, t == 5 ? 1 : 0};
    sizes.resize(static_cast<std::size_t>(t));
    return sizes;
  }
  Shape input_shape(std::int64_t features) const {
    std::int64_t rows = 0;
    for (const std::int64_t size : batch_sizes()) rows += size;
    switch (form) {
    case Batched: return {t, b, features};
    case BatchFirst: return {b, t, features};
    case Unbatched: return {t, features};
    case Packed: return {rows, features};
    case OneCell: return {b, features};
    default: return {features};
    }
  }
  Shape state_shape(std::int64_t features) const {
    if (is_cell()) return input_shape(features);
    const std::int64_t sets = layers * (1 + bidirectional);
    return form == Unbatched ? Shape{sets, features} : Shape{sets, b, features};
  }
  std::vector<Shape> weight_shapes() const {
    const std::int64_t rows = facts_of(static_cast<Cell>(cell)).gates * h, out = proj ? proj : h;
    std::vector<Shape> shapes;
    for (std::int64_t set = 0; set < layers * (1 + bidirectional); ++set) {
      shapes.push_back({rows, set < 1 + bidirectional ? i : out * (1 + bidirectional)});
      shapes.push_back({rows, out});
      if (bias) shapes.insert(shapes.end(), 2, Shape{rows});
      if (proj) shapes.push_back({proj, h});
    }
    return shapes;
  }
  std::string describe() const {
    static const char* cells[] = {"RNN tanh", "RNN relu", "LSTM", "GRU"};
    static const char* forms[] = {"batched", "batch_first", "unbatched", "packed", "cell", "cell unbatched"};
    std::ostringstream text;
    text << cells[cell] << ' ' << forms[form] << " layers " << layers << " bias " << bias << " bidirectional "
         << bidirectional << " proj " << proj << " state " << state << " dropout " << dropout_percent << "% T " << t
         << " B " << b << " I " << i << " H " << h;
    return text.str();
  }
};

/// As `values` in tests/golden/rnn.py.
Tensor formula(std::int64_t tag, const Shape& shape, double scale, DType dtype) {
  std::vector<double> numbers(static_cast<std::size_t>(numel(shape)));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::uint32_t x =
        static_cast<std::uint32_t>(i) * 2654435761u + static_cast<std::uint32_t>(tag) * 2246822519u + 374761393u;
    x = (x ^ (x >> 15)) * 2246822519u;
    x = (x ^ (x >> 13)) * 3266489917u;
    numbers[i] = (static_cast<double>((x ^ (x >> 16)) & 255u) - 128) / 128 * scale;
  }
  return from_values(shape, numbers, dtype);
}

Tensors run_cell(const Case& c, const Tensor& x, Tensors states, const Tensors& w) {
  const Tensor b_ih = c.bias ? w[2] : Tensor(), b_hh = c.bias ? w[3] : Tensor();
  while (states.size() < 2) states.push_back(zeros(c.state_shape(c.h), x.dtype()));
  if (c.is_lstm()) {
    const auto [h, cell] = ops::cell_step_with_c(Cell::Lstm, x, states[0], states[1], w[0], w[1], b_ih, b_hh);
    return {h, cell};
  }
  return {ops::cell_step(static_cast<Cell>(c.cell), x, states[0], w[0], w[1], b_ih, b_hh)};
}

Tensors run_layers(const Case& c, const Tensor& x, const Tensors& states, const Tensors& weights) {
  RnnOptions options;
  options.cell = static_cast<Cell>(c.cell);
  options.num_layers = c.layers;
  options.bias = c.bias != 0;
  options.batch_first = c.form == BatchFirst;
  options.dropout = static_cast<double>(c.dropout_percent) / 100;
  options.bidirectional = c.bidirectional != 0;
  default_generator().manual_seed(static_cast<std::uint64_t>(c.seed));
  if (c.form != Packed) return ops::rnn(x, states, weights, options);
  std::vector<double> sizes;
  for (const std::int64_t size : c.batch_sizes()) sizes.push_back(static_cast<double>(size));
  return ops::rnn_packed(x, from_values({c.t}, sizes, DType::Int64), states, weights, options);
}

/// Results and gradients in the file's order.
Tensors compute(const Case& c, std::int64_t index, DType dtype) {
  const std::int64_t tag = index * 64;
  const Tensor x = formula(tag, c.input_shape(c.i), 1, dtype).set_requires_grad(true);
  Tensors states, weights;
  if (c.state) {
    states.push_back(formula(tag + 1, c.state_shape(c.proj ? c.proj : c.h), 1, dtype).set_requires_grad(true));
    if (c.is_lstm()) states.push_back(formula(tag + 2, c.state_shape(c.h), 1, dtype).set_requires_grad(true));
  }
  for (const Shape& shape : c.weight_shapes()) {
    const std::int64_t k = static_cast<std::int64_t>(weights.size());
    weights.push_back(formula(tag + 8 + k, shape, 0.5, dtype).set_requires_grad(true));
  }
  Tensors found = c.is_cell() ? run_cell(c, x, states, weights) : run_layers(c, x, states, weights);
  Tensors factors;
  for (std::size_t k = 0; k < found.size(); ++k)
    factors.push_back(formula(tag + 3 + static_cast<std::int64_t>(k), found[k].shape(), 1, dtype));
  backward(found, factors);
  found.push_back(x.grad());
  for (const Tensor& t : states) found.push_back(t.grad());
  for (const Tensor& w : weights) found.push_back(w.grad());
  return found;
}

template <class T>
void check_all(const Golden& golden, DType dtype, const char* name, double tolerance, double floor) {
  const auto fields = golden.values<std::int64_t>("cases");
  const auto expected = golden.values<T>(name);
  const auto shape = golden.shape("cases");
  REQUIRE(shape[0] >= 200);
  REQUIRE(static_cast<std::size_t>(shape[1]) * sizeof(std::int64_t) == sizeof(Case));
  std::size_t at = 0;
  double worst = 0;
  for (std::int64_t index = 0; index < shape[0]; ++index) {
    Case c;
    std::memcpy(&c, fields.data() + index * shape[1], sizeof(c));
    INFO("case " << index << ": " << c.describe());
    const Tensors found = compute(c, index, dtype);
    for (std::size_t k = 0; k < found.size(); ++k) {
      INFO("tensor " << k << " of the case");
      REQUIRE(found[k].defined());
      const std::vector<double> values = to_values(found[k]);
      REQUIRE(at + values.size() <= expected.size());
      double largest = floor, error = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(expected[at + i])));
        // As a negated comparison, so that NaN counts as an error.
        const double difference = std::abs(values[i] - static_cast<double>(expected[at + i]));
        if (!(difference <= error)) error = difference;
      }
      at += values.size();
      CHECK(error <= tolerance * largest);
      worst = std::max(worst, error / largest);
    }
  }
  CHECK(at == expected.size());
  INFO("worst relative error " << worst);
  CHECK(worst <= tolerance);
}

} // namespace

TEST_CASE("recurrent layers and cells agree with PyTorch in float32 over every combination of options") {
  check_all<float>(Golden("rnn.safetensors"), DType::Float32, "f32", 1e-5, 1e-4);
}

TEST_CASE("recurrent layers and cells agree with PyTorch in float64 over every combination of options") {
  check_all<double>(Golden("rnn.safetensors"), DType::Float64, "f64", 1e-10, 1e-30);
}
