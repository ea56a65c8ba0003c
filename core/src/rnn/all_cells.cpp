#include "all_cells.h"

namespace unroll {
namespace {

template <class C>
CellFacts facts() {
  CellFacts facts;
  facts.mode = C::mode;
  facts.layer = C::layer;
  facts.step_node = C::step_node;
  facts.wrong_dims = C::wrong_dims;
  facts.gates = C::h_count;
  facts.kept.assign(C::names, C::names + C::columns);
  facts.has_c = C::has_c;
  facts.projects = C::projects;
  facts.one_dnn = C::one_dnn;
  return facts;
}

std::vector<CellFacts> collect() {
  std::vector<CellFacts> all;
  for (int number = 0;
       rnn::visit_cell(static_cast<Cell>(number), [&](auto c) { all.push_back(facts<decltype(c)>()); });)
    ++number;
  return all;
}

} // namespace

const std::vector<CellFacts>& all_cells() {
  static const std::vector<CellFacts> all = collect();
  return all;
}

const CellFacts& facts_of(Cell cell) {
  const auto number = static_cast<std::size_t>(cell);
  check(number < all_cells().size(), "[rnn] got the cell ", static_cast<int>(cell), ", expected one from 0 to ",
        all_cells().size() - 1);
  return all_cells()[number];
}

} // namespace unroll
