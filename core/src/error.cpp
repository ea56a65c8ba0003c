#include "unroll/error.h"

#include <cstdio>

namespace unroll {

std::string short_text(double number) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%g", number))};
}

void Part::append_to(std::string& message) const {
  switch (kind_) {
  case Kind::Text: message += text_; break;
  case Kind::Character: message += static_cast<char>(integer_); break;
  case Kind::Integer: message += std::to_string(integer_); break;
  case Kind::Float: message += short_text(float_); break;
  }
}

void fail_with(ErrorKind kind, std::initializer_list<Part> parts) {
  std::string message;
  for (const Part& part : parts) part.append_to(message);
  throw Error(kind, message);
}

} // namespace unroll
