#include "unroll/safetensors.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "expect.h"

// dtypes.safetensors was written by the safetensors library: tests/golden/native.py.

using namespace unroll;
using namespace unroll::testing;

namespace {

const std::string golden_path = std::string(UNROLL_GOLDEN_DIR) + "/native/dtypes.safetensors";

std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// A file with this table and this many bytes of values.
std::vector<std::byte> file_of(const std::string& table, std::size_t values, std::uint64_t length) {
  std::string text(8, '\0');
  std::memcpy(text.data(), &length, 8);
  text += table + std::string(values, '\1');
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// What load says to such a file, without the part that is the same for all.
std::string complaint(const std::string& table, std::size_t values = 0, std::int64_t length = -1) {
  const std::uint64_t said = length < 0 ? table.size() : static_cast<std::uint64_t>(length);
  const std::string message = error_of([&] { safetensors::load(file_of(table, values, said)); });
  const std::string start = "[safetensors] ";
  return message.starts_with(start) ? message.substr(start.size()) : "unexpected: " + message;
}

} // namespace

TEST_CASE("a file of the safetensors library is read: every dtype, odd names, no dims, no elements") {
  const safetensors::File file = safetensors::load(read_bytes(golden_path));
  CHECK(file.metadata == safetensors::Metadata{{"format", "pt"}});
  REQUIRE(file.tensors.size() == 13);
  for (const auto& [name, tensor] : file.tensors) {
    INFO(name);
    if (name == "number") {
      CHECK(is_close(tensor, {}, {-1.5}));
    } else if (name == "empty") {
      CHECK(tensor.shape() == Shape{0, 3});
    } else if (name == "ä \"quoted\"\n\\ name") {
      CHECK(is_close(tensor, {3}, {1, std::nan(""), -INFINITY}));
    } else {
      CHECK(dtype_name(tensor.dtype()) == name);
      const bool is_bool = tensor.dtype() == DType::Bool;
      CHECK(is_close(ops::to(tensor, DType::Float64), {2, 3},
                     is_bool ? std::vector<double>{0, 1, 1, 1, 1, 1} : std::vector<double>{0, 1, 2, 3, 100, 5}));
    }
  }
}

TEST_CASE("the same tensors are written as the safetensors library's bytes") {
  const std::vector<std::byte> bytes = read_bytes(golden_path);
  const safetensors::File file = safetensors::load(bytes);
  CHECK(safetensors::save(file.tensors, file.metadata) == bytes);
  StateDict turned(file.tensors.rbegin(), file.tensors.rend());
  CHECK(safetensors::save(turned, file.metadata) == bytes);
}

TEST_CASE("a view is saved with its own values, row by row") {
  const Tensor x = from_values({2, 3}, {1, 2, 3, 4, 5, 6});
  const StateDict views = {{"turned", ops::t(x)}, {"part", ops::narrow(x, 1, 1, 2)}};
  const std::string path = "build/safetensors_test.tmp";
  safetensors::save_file(views, path);
  const StateDict loaded = safetensors::load_file(path);
  std::remove(path.c_str());
  REQUIRE(loaded.size() == 2);
  CHECK(loaded[0].first == "part");
  CHECK(is_close(loaded[0].second, {2, 2}, {2, 3, 5, 6}));
  CHECK(is_close(loaded[1].second, {3, 2}, {1, 4, 2, 5, 3, 6}));
}

TEST_CASE("a file that is no safetensors file is refused with what was got and what was expected") {
  CHECK(error_of([] { safetensors::load({}); }) ==
        "[safetensors] got 0 bytes, expected at least the 8 of the table's length");
  CHECK(complaint("{}", 0, 3) ==
        "the first 8 bytes announce a table of 3 bytes, expected at most 2: this is not a "
        "safetensors file, or its end is missing");
  CHECK(complaint("{]").starts_with("the table is not JSON: "));
  CHECK(complaint("[]") == "the table is a JSON array, expected an object");
  CHECK(complaint(R"({"__metadata__": {"a": 1}})") == "__metadata__ is not texts by their names");
}

TEST_CASE("a table that does not fit its values is refused by the name of the tensor") {
  const std::string a = R"("a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]})";
  CHECK(complaint("{" + a + "}", 4) == "got 4 bytes of values, expected the 8 of the table");
  CHECK(complaint("{" + a + ", " + a + "}", 8) == "got two tensors called \"a\", expected one");
  CHECK(complaint("{" + a + R"(, "b": {"dtype": "U8", "shape": [], "data_offsets": [9, 10]}})", 10) ==
        "tensor \"b\" begins at byte 9, expected 8, where the one before it ends");
  CHECK(complaint(R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}})", 8) ==
        "tensor \"a\" has the data_offsets [0, 8], expected 12 bytes for dtype F32 and shape [3]");
  CHECK(complaint(R"({"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]}})") ==
        "tensor \"a\" has the data_offsets [0, 0], expected more than any file's bytes for dtype F32 and shape "
        "[4611686018427387904,4]");
  CHECK(complaint(R"({"a": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [0, 1]}})", 1) ==
        "tensor \"a\" has dtype F8_E4M3, expected one of BOOL, U8, I8, I16, F16, BF16, I32, F32, F64, I64");
  CHECK(complaint(R"({"a": {"dtype": "F32", "shape": [-1]}})") ==
        "tensor \"a\" is {\"dtype\":\"F32\",\"shape\":[-1]}, expected {\"dtype\": \"F32\", \"shape\": [sizes], "
        "\"data_offsets\": [begin, end]}");
}

TEST_CASE("a hostile table is refused: numbers that are no offsets, deep lists, a name twice, sizes that overflow") {
  const auto entry = [](const std::string& shape, const std::string& offsets, const std::string& name = "a") {
    return "\"" + name + R"(": {"dtype": "U8", "shape": )" + shape + R"(, "data_offsets": )" + offsets + "}";
  };
  for (const char* offsets : {"[-1, 0]", "[0, 1.0]", "[0, 1e0]", "[0, 99999999999999999999]", "[0]", "[0, 1, 1]",
                              "\"01\"", "[\"0\", \"1\"]", "[true, true]", "[null, 1]", "[[0], 1]", "{}", "null"}) {
    INFO(offsets);
    CHECK(complaint("{" + entry("[1]", offsets) + "}", 1).starts_with("tensor \"a\" is {"));
  }
  for (const char* shape : {"[-1]", "[1.0]", "[[1]]", "[\"1\"]", "1", "[18446744073709551616]"}) {
    INFO(shape);
    CHECK(complaint("{" + entry(shape, "[0, 1]") + "}", 1).starts_with("tensor \"a\" is {"));
  }
  for (const char* shape : {"[9223372036854775808, 2]", "[4294967296, 4294967296]", "[0, 4611686018427387904, 4]",
                            "[18446744073709551615]"}) {
    INFO(shape);
    CHECK(complaint("{" + entry(shape, "[0, 0]") + "}").find("more than any file's bytes") != std::string::npos);
  }
  CHECK(complaint("{" + entry("[1]", "[1, 0]") + "}", 1).find("expected 1 bytes") != std::string::npos);
  CHECK(complaint("{" + entry("[1]", "[18446744073709551615, 0]") + "}", 1).find("expected 1") != std::string::npos);
  CHECK(complaint("{" + entry("[2]", "[0, 2]") + ", " + entry("[2]", "[1, 3]", "b") + "}", 3) ==
        "tensor \"b\" begins at byte 1, expected 2, where the one before it ends");
  CHECK(complaint("{" + entry("[1]", "[0, 1]") + R"(, "\u0061": {}})", 1) ==
        "got two tensors called \"a\", expected one");
  CHECK(complaint(R"({"__metadata__": {}, "__metadata__": {}})") ==
        "got two tensors called \"__metadata__\", expected one");
  const std::string open(100'000, '['), close(100'000, ']');
  CHECK(complaint(open).find("lists in lists") != std::string::npos);
  CHECK(complaint("{\"a\": " + open + close + "}").find("lists in lists") != std::string::npos);
  CHECK(complaint("{\"" + std::string(100'000, 'x') + "\": 0}").size() < 1000);
}

TEST_CASE("a file that cannot be read or written is named") {
  CHECK(error_of([] { safetensors::load_file("build/none.safetensors"); }) ==
        "[safetensors] cannot read build/none.safetensors: No such file or directory");
  CHECK(error_of([] { safetensors::save_file({}, "build/none/x.safetensors"); }) ==
        "[safetensors] cannot write build/none/x.safetensors: No such file or directory");
  CHECK(error_of([] { safetensors::load_file("README.md"); }).ends_with("(README.md)"));
}

TEST_CASE("tensors that cannot be saved are refused by their names") {
  CHECK(error_of([] { safetensors::save({{"a", Tensor()}}); }) ==
        "[safetensors] tensor \"a\" is undefined, expected one with values");
  const Tensor x = ones({1}, DType::Float32);
  CHECK(error_of([&] { safetensors::save({{"a", x}, {"a", x}}); }) ==
        "[safetensors] got two tensors called \"a\", expected one");
  CHECK(error_of([&] { safetensors::save({{"\xff", x}}); }).starts_with("[safetensors] a name or a text is not UTF-8"));
}
