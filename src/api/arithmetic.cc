#include "api/arithmetic.h"

#include <cstdint>
#include <optional>

namespace api {
namespace {

// Millionths: what "six digits behind the point" means.
constexpr std::int64_t kOne = 1'000'000;
constexpr int kDigitsAfterPoint = 6;
// One multiplication each; enough for interest by the day.
constexpr std::int64_t kExponentMax = 1000;
__extension__ using Wide = __int128;

// Reads and computes in one walk. Once something is wrong `why_` says so and all that follows is
// without meaning.
class Calculator {
 public:
  explicit Calculator(std::string_view text) : rest_(text) {}

  base::Result<std::int64_t> run() {
    const std::int64_t value = either();
    skip_blanks();
    if (why_.empty() && !rest_.empty()) fail("unexpected " + std::string(rest_.substr(0, 1)));
    if (!why_.empty()) return base::failure(why_);
    return value;
  }

 private:
  std::int64_t either() {
    std::int64_t value = both();
    while (take("||")) {
      const std::int64_t right = both();
      value = truth(value != 0 || right != 0);
    }
    return value;
  }

  std::int64_t both() {
    std::int64_t value = comparison();
    while (take("&&")) {
      const std::int64_t right = comparison();
      value = truth(value != 0 && right != 0);
    }
    return value;
  }

  std::int64_t comparison() {
    std::int64_t value = sum();
    while (true) {
      if (take("<=")) {
        value = truth(value <= sum());
      } else if (take(">=")) {
        value = truth(value >= sum());
      } else if (take("==")) {
        value = truth(value == sum());
      } else if (take("!=")) {
        value = truth(value != sum());
      } else if (take("<")) {
        value = truth(value < sum());
      } else if (take(">")) {
        value = truth(value > sum());
      } else {
        return value;
      }
    }
  }

  std::int64_t sum() {
    std::int64_t value = product();
    while (true) {
      if (take("+")) {
        value = narrow(Wide{value} + product());
      } else if (take("-")) {
        value = narrow(Wide{value} - product());
      } else {
        return value;
      }
    }
  }

  std::int64_t product() {
    std::int64_t value = power();
    while (true) {
      if (take("*")) {
        value = narrow(Wide{value} * power() / kOne);
      } else if (take("/")) {
        const std::int64_t right = divisor();
        value = narrow(Wide{value} * kOne / right);
      } else if (take("%")) {
        const std::int64_t right = divisor();
        // The remainder of the smallest number by -1 does not fit the machine's division.
        value = right == -1 ? 0 : value % right;
      } else {
        return value;
      }
    }
  }

  std::int64_t divisor() {
    const std::int64_t value = power();
    if (value == 0) fail("division by zero");
    return value == 0 ? kOne : value;
  }

  // 2 ^ 3 ^ 2 is 2 ^ 9, and -2 ^ 2 is 4: a sign belongs to its number.
  std::int64_t power() {
    const std::int64_t base = value_with_sign();
    if (!take("^")) return base;
    const Deeper deeper(*this);
    const std::int64_t exponent = why_.empty() ? power() : 0;
    if (exponent < 0 || exponent % kOne != 0) fail("an exponent is a whole number from 0 on");
    if (exponent > kExponentMax * kOne) fail("the exponent is too large");
    std::int64_t result = kOne;
    for (std::int64_t i = 0; why_.empty() && i < exponent / kOne; ++i) {
      result = narrow(Wide{result} * base / kOne);
    }
    return result;
  }

  std::int64_t value_with_sign() {
    const Deeper deeper(*this);
    if (!why_.empty()) return 0;
    if (take("-")) return narrow(-Wide{value_with_sign()});
    if (take("+")) return value_with_sign();
    if (rest_.substr(0, 2) != "!=" && take("!")) return truth(value_with_sign() == 0);
    if (!take("(")) return number();
    const std::int64_t value = either();
    if (!take(")")) fail("a bracket is not closed");
    return value;
  }

  std::int64_t number() {
    skip_blanks();
    std::size_t digits = 0;
    std::int64_t value = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); ++digits) {
      value = narrow(Wide{value} * 10 + take_digit() * kOne);
    }
    if (!rest_.empty() && rest_.front() == '.') {
      rest_.remove_prefix(1);
      std::int64_t unit = kOne;
      for (; !rest_.empty() && is_digit(rest_.front()); ++digits) {
        unit /= 10;
        value = narrow(Wide{value} + take_digit() * unit);
      }
    }
    if (digits == 0) {
      fail(rest_.empty() ? "a number is missing at the end"
                         : "unexpected " + std::string(rest_.substr(0, 1)));
    }
    return value;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::int64_t take_digit() {
    const std::int64_t digit = rest_.front() - '0';
    rest_.remove_prefix(1);
    return digit;
  }
  static std::int64_t truth(bool holds) { return holds ? kOne : 0; }

  std::int64_t narrow(Wide value) {
    const auto narrowed = static_cast<std::int64_t>(value);
    if (narrowed == value) return narrowed;
    fail("the result is too large");
    return 0;
  }

  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  bool take(std::string_view sign) {
    skip_blanks();
    if (rest_.substr(0, sign.size()) != sign) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  void fail(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    rest_ = {};
  }

  // One level of nesting.
  class Deeper {
   public:
    explicit Deeper(Calculator& of) : of_(of) {
      if (++of_.depth_ > kSumDepthMax) of_.fail("nested too deep");
    }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --of_.depth_; }

   private:
    Calculator& of_;
  };

  std::string_view rest_;
  std::string why_;
  int depth_ = 0;
};

std::string to_text(std::int64_t millionths) {
  const bool negative = millionths < 0;
  // Through unsigned: the smallest number has no positive counterpart.
  const auto size = negative ? 0 - static_cast<std::uint64_t>(millionths)
                             : static_cast<std::uint64_t>(millionths);
  std::string text = (negative ? "-" : "") + std::to_string(size / kOne);
  std::string fraction = std::to_string(size % kOne);
  fraction.insert(0, kDigitsAfterPoint - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (!fraction.empty()) text += "." + fraction;
  return text;
}

}  // namespace

base::Result<std::string> calculate(std::string_view text) {
  if (text.size() > kSumBytesMax) return base::failure("the expression is too long");
  const auto value = Calculator(text).run();
  if (!value) return base::failure(value.error());
  return to_text(*value);
}

}  // namespace api
