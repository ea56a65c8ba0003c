#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

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

/// A part of a message: text, a character or a number. Lives as long as what it was made from.
class Part {
public:
  Part(const char* text) : text_(text) {}
  Part(std::string_view text) : text_(text) {}
  Part(const std::string& text) : text_(text) {}
  Part(char character) : kind_(Kind::Character), integer_(character) {}
  template <std::integral T>
  Part(T number) : kind_(Kind::Integer), integer_(static_cast<std::int64_t>(number)) {}
  template <std::floating_point T>
  Part(T number) : kind_(Kind::Float), float_(number) {}

  void append_to(std::string& message) const;

private:
  enum class Kind { Text, Character, Integer, Float };
  Kind kind_ = Kind::Text;
  std::string_view text_;
  std::int64_t integer_ = 0;
  double float_ = 0;
};

/// A number in at most six digits, as printf's %g prints it: "2", "0.5", "1e+06", "inf".
std::string short_text(double number);

/// Throws an Error whose message is all parts one after the other.
[[noreturn]] void fail_with(ErrorKind kind, std::initializer_list<Part> parts);

/// The same for parts of any such types. A stream instead would bring the C++ library's locales: a tenth of the WASM engine.
template <class... Parts>
[[noreturn]] void fail(ErrorKind kind, const Parts&... parts) {
  fail_with(kind, {Part(parts)...});
}

/// Throws a RuntimeError made of the parts unless the condition holds.
template <class... Parts>
void check(bool condition, const Parts&... parts) {
  if (!condition) [[unlikely]]
    fail(ErrorKind::Runtime, parts...);
}

} // namespace unroll
