// The dialplan's texts: ${…} in what callers can influence, and expressions on what they dial.
#include <string>

#include "base/check.h"
#include "dialplan/expand.h"
#include "dialplan/expression.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// Every variable holds the same text, which may refer to itself.
struct SameForAll : dialplan::Lookup {
  explicit SameForAll(std::string_view text) : text_(text) {}
  std::optional<std::string> variable(std::string_view) override { return text_; }
  std::string function(std::string_view, std::string_view arguments) override {
    return std::string(arguments);
  }

 private:
  std::string text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [first, second] = fuzz::split_by_first_byte(fuzz::text_of(data, size));

  SameForAll lookup(second);
  CHECK(dialplan::expand(first, lookup).size() <= dialplan::kExpandedBytesMax);

  if (const auto expression = dialplan::Expression::compile(first)) {
    const auto matched = expression->match(second);
    CHECK(!matched || matched.problem.empty());
  }
  // A quoted text matches itself and nothing else.
  const auto quoted =
      dialplan::Expression::compile("^" + dialplan::quote_for_expression(second) + "$");
  if (quoted && second.size() <= dialplan::kSubjectBytesMax) quoted->match(second);
  return 0;
}
