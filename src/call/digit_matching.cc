#include "call/digit_matching.h"

#include <optional>
#include <string>
#include <utility>

#include "dialplan/expression.h"

namespace call {
namespace {

// "(?:…)" bound to both ends; flags behind slashes stay flags.
std::string whole(const std::string& text) {
  const std::size_t last = text.rfind('/');
  const bool has_slashes = text.size() > 1 && text.front() == '/' && last > 0;
  if (!has_slashes) return "^(?:" + text + ")$";
  return "/^(?:" + text.substr(1, last - 1) + ")$" + text.substr(last);
}

// A binding with its expression compiled: it is asked many times for one key.
class Matcher {
 public:
  explicit Matcher(const DigitBinding& binding) : binding_(binding) {
    if (binding.kind != DigitBinding::Pattern::Expression) return;
    if (auto compiled = dialplan::Expression::compile(whole(binding.pattern))) {
      expression_ = std::move(*compiled);
    }
  }

  const DigitBinding& binding() const { return binding_; }

  bool fits(std::string_view keys) const {
    if (binding_.kind == DigitBinding::Pattern::Digits) return keys == binding_.pattern;
    return expression_ && expression_->match(keys);
  }

  bool may_fit_with_more(std::string_view keys) const {
    if (binding_.kind == DigitBinding::Pattern::Digits) {
      const std::string_view pattern = binding_.pattern;
      return keys.size() < pattern.size() && pattern.substr(0, keys.size()) == keys;
    }
    if (!expression_) return false;
    // What fits already looks complete; only one key more tells whether it is.
    constexpr std::string_view kKeys = "0123456789*#ABCD";
    for (const char key : kKeys) {
      if (expression_->may_begin(std::string(keys) + key)) return true;
    }
    return false;
  }

 private:
  const DigitBinding& binding_;
  std::optional<dialplan::Expression> expression_;
};

}  // namespace

Fit fit_of(const std::vector<const DigitBinding*>& bindings, std::string_view typed) {
  Fit fit;
  for (const DigitBinding* binding : bindings) {
    const Matcher matcher(*binding);
    if (typed.size() < kHeldKeysMax && matcher.may_fit_with_more(typed)) fit.may_grow = true;
    for (std::size_t length = typed.size(); length > fit.length; --length) {
      if (!matcher.fits(typed.substr(0, length))) continue;
      fit.binding = binding;
      fit.length = length;
    }
  }
  return fit;
}

}  // namespace call
