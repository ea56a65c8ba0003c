#include "row.h"

#include <cstdlib>

namespace unroll::table {

namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The parts of "a, b=(1, 2), c" between commas outside brackets.
std::vector<std::string> split_params(const std::string& text) {
  std::vector<std::string> parts;
  int depth = 0;
  std::string part;
  for (char c : text) {
    depth += (c == '(' || c == '[') - (c == ')' || c == ']');
    if (c == ',' && depth == 0) {
      parts.push_back(trimmed(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (!trimmed(part).empty()) parts.push_back(trimmed(part));
  return parts;
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c == '\n' ? ' ' : c;
  }
  return json + '"';
}

std::vector<Row> collect() {
  std::vector<Row> all;
  for (auto family : {tensor_rows, elementwise_rows, reduce_rows, shape_rows, index_rows, loss_rows, random_rows,
                      rnn_rows, optim_rows, nn_rows, math_rows, place_rows, linalg_rows, autograd_rows}) {
    for (const RowSpec& spec : family()) all.emplace_back(spec);
  }
  return all;
}

} // namespace

Row::Row(const RowSpec& spec)
    : doc_(spec.doc),
      returns_(spec.facts.returns_self ? "none" : spec.returns()),
      facts_(spec.facts),
      invoke_(spec.invoke) {
  const std::string text = std::string(spec.signature) + spec.params;
  const auto types = spec.types();
  const auto open = text.find('('), close = text.rfind(')'), arrow = text.find(" -> ", close);
  name_ = text.substr(0, open);
  if (arrow != std::string::npos) results_ = text.substr(arrow + 4);
  const auto parts = split_params(text.substr(open + 1, close - open - 1));
  // A signature that does not fit its function is a mistake in the table, which every test run meets at once.
  if (parts.size() != types.size()) {
    std::fprintf(stderr, "op table: %s names %zu parameters, its function has %zu\n", text.c_str(), parts.size(),
                 types.size());
    std::abort();
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto equals = parts[i].find('=');
    Param param{trimmed(parts[i].substr(0, equals)), types[i],
                equals == std::string::npos ? "" : trimmed(parts[i].substr(equals + 1))};
    if (param.type == "tensor" && param.default_value == "None") param.type = "tensor?";
    params_.push_back(std::move(param));
  }
}

std::string Row::words() const {
  constexpr const char* words[] = {"python_form", "javascript_form", "functional", "linalg",
                                   "special",     "may_be_none",     "by_engine"};
  std::string text;
  for (unsigned i = 0; i < std::size(words); ++i)
    if (facts_.words >> i & 1) text += (text.empty() ? "" : " ") + std::string(words[i]);
  return text;
}

const Tensor& Reader::minor_tensor(const Tensor& x) {
  if (!minor_) minor_.emplace(*row_, first_, end_);
  return minor_->widened(x);
}

std::vector<WideInteger>& wide_arguments() {
  static std::vector<WideInteger> all;
  return all;
}

std::int64_t Reader::wide_integer(double value) const {
  const auto place = static_cast<std::size_t>(next_ - first_ - 1);
  for (const WideInteger& wide : wide_arguments())
    if (wide.place == place && static_cast<double>(wide.value) == value) return wide.value;
  check(value >= -0x1p63 && value < 0x1p63, "Overflow when unpacking long");
  return static_cast<std::int64_t>(value);
}

DType Reader::minor_dtype(DType dtype) {
  if (!minor_) minor_.emplace(*row_, first_, end_);
  return wide(dtype);
}

void Row::call(const double* arguments, std::size_t count, Results& out) const {
  Reader in(arguments, count, facts_.any_dtype ? nullptr : this);
  try {
    invoke_(*this, in, out);
  } catch (const Error& error) {
    if (!in.minor()) throw;
    throw Error(error.kind(), in.minor()->in_own_words(error.what()));
  }
  if (in.minor()) [[unlikely]]
    in.minor()->finish(out);
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = collect();
  return all;
}

std::string rows_json() {
  constexpr const char* kinds[] = {"both", "function", "method", "internal"};
  std::string json = "[";
  for (std::size_t i = 0; i < rows().size(); ++i) {
    const Row& row = rows()[i];
    json += (i ? ",\n" : "\n");
    json += "{\"op\": " + std::to_string(i) + ", \"name\": " + quoted(row.name()) + ", \"params\": [";
    for (std::size_t p = 0; p < row.params().size(); ++p) {
      const Param& param = row.params()[p];
      json += (p ? ", " : "") + std::string("{\"name\": ") + quoted(param.name) + ", \"type\": " + quoted(param.type) +
              ", \"default\": " + (param.default_value.empty() ? "null" : quoted(param.default_value)) + "}";
    }
    json += "], \"returns\": " + quoted(row.returns()) + ", \"kind\": " + quoted(kinds[static_cast<int>(row.kind())]) +
            ", \"gradient\": " + (row.gradient() ? "true" : "false") +
            ", \"inplace\": " + (row.inplace() ? "true" : "false") + ", \"results\": " + quoted(row.results()) +
            ", \"facts\": " + quoted(row.words()) + ", \"doc\": " + quoted(row.doc()) + "}";
  }
  return json + "\n]";
}

} // namespace unroll::table
