#include <algorithm>

#include "unroll/autograd.h"
#include "unroll/nn.h"

namespace unroll::nn {

namespace {

const Tensor* find(const StateDict& state, const std::string& name) {
  const auto at = std::ranges::find(state, name, &StateDict::value_type::first);
  return at == state.end() ? nullptr : &at->second;
}

/// "\"a\", \"b\""
std::string quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + '"';
  return text;
}

/// The names of `state` that `other` has not.
std::vector<std::string> missing_in(const StateDict& other, const StateDict& state) {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : state)
    if (!find(other, name)) names.push_back(name);
  return names;
}

std::string size_mismatch(const std::string& name, const Tensor& given, const Tensor& own) {
  return "\n\tsize mismatch for " + name + ": copying a param with shape torch.Size(" + to_string(given.shape()) +
         ") from checkpoint, the shape in current model is torch.Size(" + to_string(own.shape()) + ").";
}

} // namespace

Module::Module() : state_(std::make_shared<State>()) {}

Tensor Module::add(std::string name, const Tensor& values) {
  values.set_requires_grad(true);
  state_->parameters.emplace_back(std::move(name), values);
  return values;
}

void Module::add_module(std::string name, const Module& module) {
  state_->modules.emplace_back(std::move(name), module.state_);
}

void Module::collect(const State& state, const std::string& prefix, StateDict& all) {
  for (const auto& [name, tensor] : state.parameters) all.emplace_back(prefix + name, tensor);
  for (const auto& [name, module] : state.modules) collect(*module, prefix + name + '.', all);
}

StateDict Module::named_parameters() const {
  StateDict all;
  collect(*state_, "", all);
  return all;
}

Tensors Module::parameters() const {
  Tensors all;
  for (auto& [name, tensor] : named_parameters()) all.push_back(tensor);
  return all;
}

StateDict Module::state_dict() const {
  StateDict all = named_parameters();
  for (auto& [name, tensor] : all) tensor = detach(tensor);
  return all;
}

void Module::load_state_dict(const StateDict& state) {
  const StateDict own = state_dict();
  std::string problems;
  if (const auto names = missing_in(state, own); !names.empty())
    problems += "\n\tMissing key(s) in state_dict: " + quoted(names) + ". ";
  if (const auto names = missing_in(own, state); !names.empty())
    problems += "\n\tUnexpected key(s) in state_dict: " + quoted(names) + ". ";
  for (const auto& [name, tensor] : own)
    if (const Tensor* given = find(state, name); given && given->shape() != tensor.shape())
      problems += size_mismatch(name, *given, tensor);
  check(problems.empty(), "Error(s) in loading state_dict:", problems);
  const NoGrad unrecorded;
  for (const auto& [name, tensor] : own) ops::copy_(tensor, *find(state, name));
}

void Module::set_training(State& state, bool on) {
  state.training = on;
  for (auto& [name, module] : state.modules) set_training(*module, on);
}

void Module::train(bool on) { set_training(*state_, on); }

} // namespace unroll::nn
