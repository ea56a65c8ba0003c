#include "row.h"
#include "unroll/ops/sampling.h"
#include "unroll/random.h"

namespace unroll::table {

namespace {

std::uint64_t join(std::int64_t high, std::int64_t low) {
  return static_cast<std::uint64_t>(high) << 32 | static_cast<std::uint32_t>(low);
}

Tensor generator_state(std::int64_t gen) {
  const auto state = generator(gen).state();
  return from_values({static_cast<std::int64_t>(state.size())}, std::vector<double>(state.begin(), state.end()),
                     DType::UInt8);
}

void set_generator_state(std::int64_t gen, const Tensor& state) {
  const auto values = to_values(state);
  generator(gen).set_state(std::vector<std::uint8_t>(values.begin(), values.end()));
}

} // namespace

std::span<const RowSpec> random_rows() {
  static constexpr auto rows = each(
      [](RowSpec row) { return row.internal(); },
      {
          op<&ops::uniform_>("uniform_(self, from_=0.0, to=1.0, gen=0)", "Uniform in [from_, to).")
              .any_dtype()
              .returns_self(),
          op<&ops::normal_>("normal_(self, mean=0.0, std=1.0, gen=0)", "Normal.").returns_self(),
          op<&ops::bernoulli_>("bernoulli_(self, p=0.5, gen=0)", "1 with probability p, 0 otherwise.").returns_self(),
          op<&ops::exponential_>("exponential_(self, lambd=1.0, gen=0)", "Exponential.").returns_self(),
          op<&ops::random_>("random_(self, from_, to, gen=0)", "Integers in [from_, to).").returns_self(),
          op<&ops::random_full_>("random_full_(self, gen=0)", "Integers in [0, 2^63).").returns_self(),
          op<&ops::rand>("rand(size, dtype, gen=0)", "Uniform in [0, 1).").any_dtype().no_gradient(),
          op<&ops::randn>("randn(size, dtype, gen=0)", "Standard normal.").no_gradient(),
          op<&ops::randint>("randint(low, high, size, dtype, gen=0)", "Integers in [low, high).").no_gradient(),
          op<&ops::randperm>("randperm(n, dtype, gen=0)", "0 … n − 1 in random order.").no_gradient(),
          op<&ops::bernoulli>("bernoulli(self, gen=0)", "1 with the probability that self holds.").no_gradient(),
          op<&ops::normal>("normal(mean, std, gen=0)", "Normal; mean and std broadcast.").no_gradient(),
          op<&ops::multinomial>("multinomial(self, num_samples, replacement=False, gen=0)",
                                "Indices drawn from rows of weights.")
              .no_gradient(),
          op<&ops::poisson>("poisson(self, gen=0)", "Poisson numbers with these rates.").no_gradient(),
          op<&ops::binomial>("binomial(count, prob, gen=0)", "How many of count trials succeed.").no_gradient(),
          op<&ops::standard_gamma>("standard_gamma(self, gen=0)", "Gamma numbers of rate 1.").no_gradient(),
          op<&ops::sample_dirichlet>("sample_dirichlet(self, gen=0)", "Points on the simplex.").no_gradient(),
          op<[](std::int64_t gen, std::int64_t high, std::int64_t low) {
            generator(gen).manual_seed(join(high, low));
          }>("manual_seed(gen, seed_hi, seed_lo)", "Seeds a generator.")
              .no_gradient(),
          op<[](std::int64_t gen) { return std::to_string(generator(gen).seed()); }>("initial_seed(gen)",
                                                                                     "The seed, as text.")
              .no_gradient(),
          op<&new_generator>("new_generator()", "A handle of a new generator.").no_gradient(),
          op<&free_generator>("free_generator(gen)", "Frees a generator.").no_gradient(),
          op<&generator_state>("generator_state(gen)", "The state.").no_gradient(),
          op<&set_generator_state>("set_generator_state(gen, state)", "Puts a state back.").any_dtype().no_gradient(),
      });
  return rows;
}

} // namespace unroll::table
