#pragma once
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "unroll/tensor.h"

namespace unroll::testing {

/// A safetensors file of tests/golden/data, opened by its name.
class Golden {
public:
  explicit Golden(const std::string& name) {
    const std::string path = std::string(UNROLL_GOLDEN_DIR) + "/" + name;
    std::ifstream in(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    if (bytes_.size() < 8) throw std::runtime_error("cannot read " + path);
    std::uint64_t length;
    std::memcpy(&length, bytes_.data(), 8);
    header_ = bytes_.substr(8, length);
    data_ = 8 + length;
  }

  /// The values of a tensor, whose dtype must be T's.
  template <class T>
  std::vector<T> values(const std::string& name) const {
    const std::string entry = entry_of(name), dtype = sizeof(T) == 4          ? "\"F32\""
                                                      : std::is_integral_v<T> ? "\"I64\""
                                                                              : "\"F64\"";
    if (entry.find(dtype) == std::string::npos) throw std::runtime_error("golden tensor " + name + " is " + entry);
    const std::vector<std::int64_t> range = numbers_after(entry, "\"data_offsets\"");
    std::vector<T> result(static_cast<std::size_t>(range[1] - range[0]) / sizeof(T));
    std::memcpy(result.data(), bytes_.data() + data_ + range[0], result.size() * sizeof(T));
    return result;
  }
  std::vector<std::int64_t> shape(const std::string& name) const { return numbers_after(entry_of(name), "\"shape\""); }

private:
  std::string entry_of(const std::string& name) const {
    const std::size_t start = header_.find("\"" + name + "\": {");
    if (start == std::string::npos) throw std::runtime_error("no golden tensor " + name);
    return header_.substr(start, header_.find('}', start) - start);
  }
  static std::vector<std::int64_t> numbers_after(const std::string& text, const std::string& key) {
    std::size_t at = text.find('[', text.find(key)) + 1;
    std::vector<std::int64_t> numbers;
    while (text[at] != ']') {
      std::size_t used = 0;
      numbers.push_back(std::stoll(text.substr(at), &used));
      at += used;
      while (text[at] == ',' || text[at] == ' ') ++at;
    }
    return numbers;
  }

  std::string bytes_, header_;
  std::size_t data_ = 0;
};

} // namespace unroll::testing
