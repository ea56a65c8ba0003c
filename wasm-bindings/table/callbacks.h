#pragma once
#include <exception>
#include <memory>

#include "unroll/autograd.h"

namespace unroll::table {

/// Functions of the language outside, which it gave a number each. Set by exports.cpp.
struct Outside {
  /// Calls function `id` with these numbers; negative where it failed. Tensors come back through answer().
  int (*call)(int id, const double* values, int count) = nullptr;
  /// Nothing here will call function `id` again.
  void (*release)(int id) = nullptr;
};
Outside& outside();

/// A function outside threw. What it threw waits there; here only the way back is left.
struct CallbackFailed : std::exception {
  const char* what() const noexcept override { return "[callback] a function outside failed"; }
};

/// A function outside, owned by the part of the graph that calls it.
class Callback {
public:
  explicit Callback(int id) : id_(id) {}
  ~Callback();
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;
  int id() const { return id_; }
  /// Calls it with tensors; returns the number that it gave. Throws CallbackFailed.
  int call(const Tensors& values) const;
  /// The same with plain numbers.
  int call_with(const std::vector<double>& numbers) const;
  /// Calls it with tensors; returns the tensors that it gave.
  Tensors operator()(const Tensors& values) const;

private:
  int id_;
};
using CallbackPtr = std::shared_ptr<Callback>;

/// The tensors that the function now running gives back.
void answer(const Tensors& results);
/// Whether functions are waiting to be released. That waits for the end of a call, because it may run anything.
bool callbacks_wait();
void release_callbacks();

} // namespace unroll::table
