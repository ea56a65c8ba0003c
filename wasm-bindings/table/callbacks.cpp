#include "callbacks.h"

#include <utility>
#include <vector>

#include "handles.h"

namespace unroll::table {

namespace {

std::vector<int> waiting;
Tensors answered;

} // namespace

Outside& outside() {
  static Outside functions;
  return functions;
}

Callback::~Callback() { waiting.push_back(id_); }

int Callback::call(const Tensors& values) const {
  std::vector<double> numbers;
  for (const Tensor& x : values) numbers.push_back(static_cast<double>(handles().add(x)));
  return call_with(numbers);
}

int Callback::call_with(const std::vector<double>& numbers) const {
  check(outside().call != nullptr, "[callback] nothing outside takes calls");
  answered.clear();
  const int result = outside().call(id_, numbers.data(), static_cast<int>(numbers.size()));
  if (result < 0) throw CallbackFailed();
  return result;
}

Tensors Callback::operator()(const Tensors& values) const {
  call(values);
  return std::exchange(answered, {});
}

void answer(const Tensors& results) { answered = results; }

bool callbacks_wait() { return !waiting.empty(); }

void release_callbacks() {
  while (!waiting.empty()) {
    const int id = waiting.back();
    waiting.pop_back();
    if (outside().release) outside().release(id);
  }
}

} // namespace unroll::table
