#include "unroll/safetensors.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "unroll/autograd.h"

namespace unroll::safetensors {

namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

using Json = nlohmann::ordered_json;

/// In the order in which the format sorts tensors: the last come first.
constexpr std::pair<const char*, DType> dtypes[] = {
    {"BOOL", DType::Bool},   {"U8", DType::UInt8},      {"I8", DType::Int8},   {"I16", DType::Int16},
    {"F16", DType::Float16}, {"BF16", DType::BFloat16}, {"I32", DType::Int32}, {"F32", DType::Float32},
    {"F64", DType::Float64}, {"I64", DType::Int64}};
constexpr std::size_t length_bytes = 8, longest_table = 100'000'000;
constexpr int deepest_table = 4;
constexpr const char* metadata_key = "__metadata__";

/// Throws a RuntimeError in this file's name unless the condition holds.
template <class... Parts>
void expect(bool condition, const Parts&... parts) {
  check(condition, "[safetensors] ", parts...);
}

/// A text of a file as a message shows it: a hostile one has any length.
std::string shown(const std::string& text) { return text.size() > 200 ? text.substr(0, 200) + " …" : text; }

std::ptrdiff_t rank(DType dtype) {
  return std::ranges::find(dtypes, dtype, &std::pair<const char*, DType>::second) - std::begin(dtypes);
}

DType dtype_called(const std::string& code, const std::string& name) {
  std::string known;
  for (const auto& [text, dtype] : dtypes) {
    if (code == text) return dtype;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  expect(false, "tensor \"", shown(name), "\" has dtype ", shown(code), ", expected one of ", known);
  return {};
}

/// What the table says of a tensor.
struct Entry {
  std::string name;
  DType dtype;
  Shape shape;
  std::uint64_t begin, end;
};

bool are_sizes(const Json& list) {
  return list.is_array() && std::ranges::all_of(list, [](const Json& n) { return n.is_number_unsigned(); });
}

/// Bytes of a tensor, or nothing where a stride or that number is more than an int64 holds.
std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& sizes, DType dtype) {
  std::int64_t bytes = size_of(dtype);
  bool is_empty = false;
  for (std::uint64_t size : sizes) {
    is_empty |= size == 0;
    if (__builtin_mul_overflow(bytes, std::max<std::uint64_t>(size, 1), &bytes)) return std::nullopt;
  }
  return is_empty ? 0 : static_cast<std::uint64_t>(bytes);
}

Entry read_entry(const std::string& name, const Json& json) {
  const bool sound = json.is_object() && json.contains("dtype") && json["dtype"].is_string() &&
                     json.contains("shape") && are_sizes(json["shape"]) && json.contains("data_offsets") &&
                     are_sizes(json["data_offsets"]) && json["data_offsets"].size() == 2;
  if (!sound)
    expect(false, "tensor \"", shown(name), "\" is ", shown(json.dump(-1, ' ', false, Json::error_handler_t::replace)),
           R"(, expected {"dtype": "F32", "shape": [sizes], "data_offsets": [begin, end]})");
  const DType dtype = dtype_called(json["dtype"], name);
  const std::vector<std::uint64_t> sizes = json["shape"], range = json["data_offsets"];
  const auto bytes = bytes_of(sizes, dtype);
  expect(bytes && range[0] <= range[1] && *bytes == range[1] - range[0], "tensor \"", shown(name),
         "\" has the data_offsets [", range[0], ", ", range[1], "], expected ",
         bytes ? std::to_string(*bytes) : "more than any file's", " bytes for dtype ", std::string(json["dtype"]),
         " and shape ", shown(json["shape"].dump()));
  return {name, dtype, Shape(sizes.begin(), sizes.end()), range[0], range[1]};
}

/// Throws unless the tensors fill all bytes behind the table, each once.
void check_offsets(const std::vector<Entry>& sorted, std::uint64_t bytes) {
  std::uint64_t end = 0;
  for (const Entry& entry : sorted) {
    expect(entry.begin == end, "tensor \"", shown(entry.name), "\" begins at byte ", entry.begin, ", expected ", end,
           ", where the one before it ends");
    end = entry.end;
  }
  expect(end == bytes, "got ", bytes, " bytes of values, expected the ", end, " of the table");
}

Json parse_table(const char* text, std::size_t length) {
  std::set<std::string> names;
  std::optional<std::string> twice;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    // Printing what is wrong with an entry calls itself for each level.
    expect(depth <= deepest_table, "the table has lists in lists in lists, expected sizes and offsets");
    if (event == Json::parse_event_t::key && depth == 1 && !names.insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  Json table;
  try {
    table = Json::parse(text, text + length, watch);
  } catch (const Json::exception& error) {
    expect(false, "the table is not JSON: ", shown(error.what()));
  }
  expect(!twice, "got two tensors called \"", shown(twice.value_or("")), "\", expected one");
  expect(table.is_object(), "the table is a JSON ", table.type_name(), ", expected an object");
  return table;
}

Metadata read_metadata(const Json& json) {
  expect(json.is_object() && std::ranges::all_of(json, [](const Json& text) { return text.is_string(); }), metadata_key,
         " is not texts by their names");
  return json.get<Metadata>();
}

Tensor read_tensor(const Entry& entry, const std::byte* values) {
  const Tensor tensor = empty(entry.shape, entry.dtype);
  const std::uint64_t bytes = entry.end - entry.begin;
  if (bytes == 0) return tensor;
  std::memcpy(tensor.raw(), values + entry.begin, bytes);
  // A C++ bool that is neither 0 nor 1 is no bool.
  if (entry.dtype == DType::Bool)
    for (auto* p = static_cast<std::uint8_t*>(tensor.raw()); p != static_cast<std::uint8_t*>(tensor.raw()) + bytes; ++p)
      *p = *p != 0;
  return tensor;
}

std::string table_of(const StateDict& tensors, const Metadata& metadata) {
  Json table = Json::object();
  if (!metadata.empty()) table[metadata_key] = metadata;
  std::uint64_t end = 0;
  for (const auto& [name, tensor] : tensors) {
    expect(name != metadata_key && !table.contains(name), "got two tensors called \"", name, "\", expected one");
    const std::uint64_t begin = end;
    end += static_cast<std::uint64_t>(tensor.numel() * size_of(tensor.dtype()));
    const std::vector<std::int64_t> shape(tensor.shape().begin(), tensor.shape().end());
    table[name] = {{"dtype", dtypes[rank(tensor.dtype())].first}, {"shape", shape}, {"data_offsets", {begin, end}}};
  }
  try {
    std::string text = table.dump();
    return text + std::string((length_bytes - text.size() % length_bytes) % length_bytes, ' ');
  } catch (const Json::exception& error) {
    fail(ErrorKind::Runtime, "[safetensors] a name or a text is not UTF-8: ", error.what());
  }
}

} // namespace

std::vector<std::byte> save(const StateDict& tensors, const Metadata& metadata) {
  StateDict sorted = tensors;
  for (auto& [name, tensor] : sorted) {
    expect(tensor.defined(), "tensor \"", name, "\" is undefined, expected one with values");
    tensor = ops::contiguous(detach(tensor));
  }
  std::ranges::sort(sorted, [](const auto& a, const auto& b) {
    return std::pair(-rank(a.second.dtype()), a.first) < std::pair(-rank(b.second.dtype()), b.first);
  });
  const std::string table = table_of(sorted, metadata);
  const std::uint64_t length = table.size();
  std::vector<std::byte> bytes(length_bytes);
  std::memcpy(bytes.data(), &length, length_bytes);
  const auto append = [&bytes](const void* from, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(from);
    bytes.insert(bytes.end(), first, first + size);
  };
  append(table.data(), table.size());
  for (const auto& [name, tensor] : sorted)
    append(tensor.raw(), static_cast<std::size_t>(tensor.numel() * size_of(tensor.dtype())));
  return bytes;
}

File load(std::span<const std::byte> bytes) {
  expect(bytes.size() >= length_bytes, "got ", bytes.size(), " bytes, expected at least the 8 of the table's length");
  std::uint64_t length;
  std::memcpy(&length, bytes.data(), length_bytes);
  const std::uint64_t room = std::min(bytes.size() - length_bytes, longest_table);
  expect(length <= room, "the first 8 bytes announce a table of ", length, " bytes, expected at most ", room,
         ": this is not a safetensors file, or its end is missing");
  const Json table = parse_table(reinterpret_cast<const char*>(bytes.data()) + length_bytes, length);
  File file;
  std::vector<Entry> entries;
  for (const auto& [name, json] : table.items()) {
    if (name == metadata_key && json.is_null()) continue;
    if (name == metadata_key)
      file.metadata = read_metadata(json);
    else
      entries.push_back(read_entry(name, json));
  }
  std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  check_offsets(entries, bytes.size() - length_bytes - length);
  for (const Entry& entry : entries)
    file.tensors.emplace_back(entry.name, read_tensor(entry, bytes.data() + length_bytes + length));
  return file;
}

void save_file(const StateDict& tensors, const std::string& path, const Metadata& metadata) {
  const std::vector<std::byte> bytes = save(tensors, metadata);
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  expect(out.good(), "cannot write ", path, ": ", std::strerror(errno));
}

StateDict load_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  expect(in.good() || in.eof(), "cannot read ", path, ": ", std::strerror(errno));
  try {
    return load(std::as_bytes(std::span(bytes))).tensors;
  } catch (const Error& error) {
    fail(error.kind(), error.what(), " (", path, ")");
  }
}

} // namespace unroll::safetensors
