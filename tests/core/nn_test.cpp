#include "unroll/nn.h"

#include "expect.h"
#include "unroll/unroll.h"

// Expected values: tests/golden/native.py, real PyTorch 2.6.

using namespace unroll;
using namespace unroll::testing;

namespace {

StateDict golden(const std::string& name) {
  return safetensors::load_file(std::string(UNROLL_GOLDEN_DIR) + "/native/" + name);
}

/// Compares each tensor with that of the same name.
void check_same(const StateDict& state, const StateDict& expected, double tolerance) {
  REQUIRE(state.size() == expected.size());
  for (const auto& [name, tensor] : expected) {
    INFO(name);
    const auto at = std::ranges::find(state, name, &StateDict::value_type::first);
    REQUIRE(at != state.end());
    CHECK(is_close(at->second, tensor.shape(), to_values(tensor), tolerance));
  }
}

struct Tagger : nn::Module {
  nn::Embedding embedding = add("embedding", nn::Embedding(5, 3));
  nn::LSTM lstm = add("lstm", nn::LSTM(3, 4, {.num_layers = 2, .batch_first = true}));
  nn::Linear head = add("head", nn::Linear(4, 5));
  Tensor operator()(const Tensor& tokens) const { return head(lstm(embedding(tokens)).output); }
};

/// Five steps of a tagger, and the parameters after them.
template <class Optimizer, class Options>
void check_training(const std::string& name, const Options& options) {
  manual_seed(0);
  Tagger model;
  Optimizer optimizer(model.parameters(), options);
  const Tensor tokens = from_values({2, 4}, {0, 1, 2, 3, 4, 3, 2, 1}, DType::Int64);
  Tensor loss;
  for (int step = 0; step < 5; ++step) {
    const Tensor logits = model(ops::narrow(tokens, 1, 0, 3));
    loss = nn::cross_entropy(ops::reshape(logits, {6, 5}), ops::reshape(ops::narrow(tokens, 1, 1, 3), {6}));
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
  }
  StateDict state = model.state_dict(), expected;
  state.emplace_back("loss", detach(loss));
  for (const auto& [key, tensor] : golden("trained.safetensors"))
    if (key.starts_with(name + ".")) expected.emplace_back(key.substr(name.size() + 1), tensor);
  check_same(state, expected, 2e-6);
}

} // namespace

TEST_CASE("layers start from PyTorch's numbers, under PyTorch's names") {
  struct All : nn::Module {
    nn::RNN rnn = add("rnn", nn::RNN(3, 4, {.cell = Cell::RnnRelu, .bias = false}));
    nn::GRU gru = add("gru", nn::GRU(3, 4, {.num_layers = 2, .bidirectional = true}));
    nn::LSTM lstm = add("lstm", nn::LSTM(3, 4, {.num_layers = 2}, 2));
    nn::Linear linear = add("linear", nn::Linear(4, 2));
    nn::Linear unbiased = add("unbiased", nn::Linear(4, 2, false));
    nn::Embedding embedding = add("embedding", nn::Embedding(5, 3, 1));
  };
  manual_seed(7);
  const All all;
  check_same(all.state_dict(), golden("initial.safetensors"), 1e-7);
  const Tensor x = ones({2, 3, 3}, DType::Float32);
  CHECK(all.rnn(x).output.shape() == Shape{2, 3, 4});
  CHECK(all.gru(x).hidden.shape() == Shape{4, 3, 4});
  const auto [output, hidden, cell] = all.lstm(x, zeros({2, 3, 2}, DType::Float32), zeros({2, 3, 4}, DType::Float32));
  CHECK(output.shape() == Shape{2, 3, 2});
  CHECK(cell.shape() == Shape{2, 3, 4});
}

TEST_CASE("a model trains to PyTorch's parameters with each optimizer") {
  check_training<optim::SGD>("sgd", optim::SgdOptions{.lr = 0.1, .momentum = 0.9, .nesterov = true});
  check_training<optim::Adam>("adam", optim::AdamOptions{.lr = 0.01, .amsgrad = true});
  check_training<optim::AdamW>("adamw", optim::AdamOptions{.lr = 0.01, .weight_decay = 0.01});
}

TEST_CASE("an optimizer passes over parameters that have no gradient yet") {
  const Tensor used = from_values({1}, {1}).set_requires_grad(true);
  const Tensor late = from_values({1}, {1}).set_requires_grad(true);
  optim::SGD sgd({used, late}, {.lr = 0.5, .momentum = 0.5});
  used.set_grad(from_values({1}, {1}));
  sgd.step();
  CHECK(is_close(used, {1}, {0.5}));
  CHECK(is_close(late, {1}, {1}));
  late.set_grad(from_values({1}, {1}));
  sgd.step();
  CHECK(is_close(used, {1}, {-0.25}));
  CHECK(is_close(late, {1}, {0.5}));
}

TEST_CASE("a copy of a module is the same module, and eval turns off dropout in the modules inside") {
  struct Model : nn::Module {
    nn::GRU gru = add("gru", nn::GRU(3, 4, {.num_layers = 2, .dropout = 0.5}));
  };
  manual_seed(1);
  Model model;
  const Model copy = model;
  CHECK(copy.parameters()[0].is(model.parameters()[0]));
  const Tensor x = ops::randn({5, 2, 3}, DType::Float32, 0);
  CHECK_FALSE(ops::equal(model.gru(x).output, model.gru(x).output));
  model.eval();
  CHECK_FALSE(copy.gru.training());
  CHECK(ops::equal(model.gru(x).output, copy.gru(x).output));
}

TEST_CASE("minimize is one step from the gradients of its loss alone, and gives the loss before it") {
  nn::Module model;
  const Tensor x = model.add("x", from_values({1}, {3}));
  optim::SGD sgd(model.parameters(), {.lr = 0.5});
  CHECK(sgd.minimize(ops::mul(x, x)) == 9);
  CHECK(is_close(x, {1}, {0}));
  CHECK(sgd.minimize(ops::mul(x, 4)) == 0);
  CHECK(is_close(x, {1}, {-2}));
}

TEST_CASE("load_state_dict copies values into the parameters") {
  nn::Linear first(3, 2), second(3, 2);
  const Tensor weight = second.weight;
  second.load_state_dict(first.state_dict());
  CHECK(ops::equal(weight, first.weight));
  CHECK(weight.requires_grad());
  CHECK_FALSE(first.state_dict()[0].second.requires_grad());
}

TEST_CASE("load_state_dict says in PyTorch's words which names and shapes differ, and changes nothing") {
  nn::Linear linear(3, 2);
  const std::vector<double> before = to_values(linear.bias);
  const StateDict state = {{"weight", ones({2, 4}, DType::Float32)}, {"extra", ones({1}, DType::Float32)}};
  CHECK(error_of([&] { linear.load_state_dict(state); }) ==
        "Error(s) in loading state_dict:\n\tMissing key(s) in state_dict: \"bias\". "
        "\n\tUnexpected key(s) in state_dict: \"extra\". "
        "\n\tsize mismatch for weight: copying a param with shape torch.Size([2, 4]) from checkpoint, "
        "the shape in current model is torch.Size([2, 3]).");
  CHECK(to_values(linear.bias) == before);
}

TEST_CASE("a layer says which of its sizes cannot be") {
  CHECK(error_of([] { nn::GRU(3, 0); }) == "hidden_size must be greater than zero");
  CHECK(error_of([] { nn::LSTM(3, 4, {}, 4); }) == "proj_size has to be smaller than hidden_size");
  CHECK(error_of([] { nn::RNN(3, 4, {.num_layers = 0}); }) == "num_layers must be greater than zero");
  CHECK(error_of([] { nn::Embedding(3, 4, 3); }) == "Padding_idx must be within num_embeddings");
}
