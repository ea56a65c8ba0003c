#pragma once
#include <sstream>
#include <stdexcept>
#include <string>

namespace unroll {

/// The Python exception type that an Error turns into at the boundary. The order is part of the wire format.
enum class ErrorKind { Runtime, Index, Value, Type, NotImplemented, Memory };

/// Every failure that a caller can cause. The message uses PyTorch's words where PyTorch has words for the case,
/// and `[op] what it got, what it expected` otherwise. Throwing one leaves the engine usable.
class Error : public std::runtime_error {
public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

private:
  ErrorKind kind_;
};

/// Throws an Error whose message is all parts printed one after the other.
template <class... Parts>
[[noreturn]] void fail(ErrorKind kind, const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  throw Error(kind, text.str());
}

/// Throws a RuntimeError made of the parts unless the condition holds.
template <class... Parts>
void check(bool condition, const Parts&... parts) {
  if (!condition) [[unlikely]]
    fail(ErrorKind::Runtime, parts...);
}

} // namespace unroll
