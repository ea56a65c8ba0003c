#pragma once
#include <concepts>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "unroll/ops.h"
#include "unroll/rnn.h"

// Layers with parameters, for programs in C++. With the same seed they start from the numbers that PyTorch's layers start from,
// and their parameters have PyTorch's names.

namespace unroll {

/// Tensors by their names, in order.                                                          [torch.nn.Module.state_dict]
using StateDict = std::vector<std::pair<std::string, Tensor>>;

namespace nn {

/// What layers and models share: parameters by their names, also those of the modules inside, and whether they train now.
/// A copy of a module is the same module: it shares the parameters.                                      [torch.nn.Module]
///   struct Model : nn::Module {
///     nn::LSTM lstm = add("lstm", nn::LSTM(8, 32));
///     nn::Linear head = add("head", nn::Linear(32, 2));
///     Tensor operator()(const Tensor& x) const { return head(lstm(x).output); }
///   };
class Module {
public:
  Module();

  /// All parameters, for an optimizer.
  Tensors parameters() const;
  /// All parameters by their names ("lstm.weight_ih_l0"); they share their memory with the module and have no graph.
  StateDict state_dict() const;
  /// Copies values from `state` into the parameters. Throws RuntimeError in PyTorch's words where names or shapes differ,
  /// before anything is copied.
  void load_state_dict(const StateDict& state);

  bool training() const { return state_->training; }
  /// Sets whether this module and all inside it train, which is what dropout asks.
  void train(bool on = true);
  void eval() { train(false); }

  /// Makes `values` a parameter called `name`, and returns it.
  Tensor add(std::string name, const Tensor& values);
  /// Makes `module` a part of this one, and returns it.
  template <std::derived_from<Module> M>
  M add(std::string name, M module) {
    add_module(std::move(name), module);
    return module;
  }

private:
  struct State {
    StateDict parameters;
    std::vector<std::pair<std::string, std::shared_ptr<State>>> modules;
    bool training = true;
  };
  static void collect(const State& state, const std::string& prefix, StateDict& all);
  static void set_training(State& state, bool on);
  void add_module(std::string name, const Module& module);
  StateDict named_parameters() const;

  std::shared_ptr<State> state_;
};

/// What RNN and GRU return: the last layer's h of every step, and every layer's final h.
struct RnnOutput {
  Tensor output, hidden;
};
/// The same of an LSTM, with every layer's final c.
struct LstmOutput {
  Tensor output, hidden, cell;
};

/// The parameters of a stack of recurrent layers: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, weight_ih_l0_reverse, …
/// All start uniform in ±1/√H. Shapes are those of ops::rnn; initial states left out mean zeros.
class RnnBase : public Module {
public:
  const RnnOptions& options() const { return options_; }

protected:
  RnnBase(Cell cell, std::int64_t input_size, std::int64_t hidden_size, RnnOptions options, std::int64_t proj_size = 0);
  Tensors run(const Tensor& x, const Tensors& states) const;

private:
  RnnOptions options_;
  Tensors weights_;
};

/// Elman network; ReLU in place of tanh with {.cell = Cell::RnnRelu}.                                        [torch.nn.RNN]
class RNN : public RnnBase {
public:
  RNN(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options = {});
  RnnOutput operator()(const Tensor& x, const Tensor& hidden = {}) const;
};

/// Gated recurrent unit.                                                                                     [torch.nn.GRU]
///   auto [output, hidden] = nn::GRU(8, 32, {.num_layers = 2, .batch_first = true})(x);
class GRU : public RnnBase {
public:
  GRU(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options = {});
  RnnOutput operator()(const Tensor& x, const Tensor& hidden = {}) const;
};

/// Long short-term memory, with projections of size proj_size where that is not 0.                          [torch.nn.LSTM]
class LSTM : public RnnBase {
public:
  LSTM(std::int64_t input_size, std::int64_t hidden_size, const RnnOptions& options = {}, std::int64_t proj_size = 0);
  LstmOutput operator()(const Tensor& x) const;
  LstmOutput operator()(const Tensor& x, const Tensor& hidden, const Tensor& cell) const;
};

/// x Wᵀ + b; both start uniform in ±1/√in_features.                                                       [torch.nn.Linear]
class Linear : public Module {
public:
  Linear(std::int64_t in_features, std::int64_t out_features, bool bias = true);
  Tensor operator()(const Tensor& x) const { return ops::linear(x, weight, bias); }

  Tensor weight, bias; ///< (O, I), and (O) or undefined
};

/// A row of numbers an index; rows start normal. Row padding_idx stays zero (-1: none).                [torch.nn.Embedding]
class Embedding : public Module {
public:
  Embedding(std::int64_t num_embeddings, std::int64_t embedding_dim, std::int64_t padding_idx = -1);
  Tensor operator()(const Tensor& indices) const { return ops::embedding(weight, indices, padding_idx_); }

  Tensor weight; ///< (V, E)

private:
  std::int64_t padding_idx_;
};

// Losses with PyTorch's defaults; ops.h has them with every option.
inline Tensor mse_loss(const Tensor& input, const Tensor& target, Reduction reduction = Reduction::Mean) {
  return ops::mse_loss(input, target, reduction);
}
/// input (N, C, *), target class indices (N, *); those that are ignore_index do not count.
inline Tensor cross_entropy(const Tensor& input, const Tensor& target, std::int64_t ignore_index = -100) {
  return ops::cross_entropy(input, target, {}, ignore_index, Reduction::Mean, 0);
}
inline Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target) {
  return ops::binary_cross_entropy_with_logits(input, target, {}, {}, Reduction::Mean);
}

} // namespace nn
} // namespace unroll
