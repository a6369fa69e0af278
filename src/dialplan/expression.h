// Regular expressions as the dialplan's users know them (PCRE), with bounds on the work that a
// hostile number can cause.
//
// An expression may be written /…/flags; the flags i (any case), s, m and x are understood.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dialplan {

// Longer expressions are refused: those of real dialplans are shorter by orders of magnitude.
inline constexpr std::size_t kExpressionBytesMax = 8 * 1024;
// Longer subjects do not match: SIP user parts and names that people use are far shorter.
inline constexpr std::size_t kSubjectBytesMax = 4 * 1024;

struct Matched {
  // The whole match, then group 1, 2, …; empty when there is no match.
  std::vector<std::string> groups;
  // Not empty when the search was given up (too long a subject, too much backtracking); that counts
  // as no match.
  std::string problem;

  explicit operator bool() const { return !groups.empty(); }
};

class Expression {
 public:
  // Fails with what is wrong and at which offset.
  static base::Result<Expression> compile(std::string_view text);

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  Matched match(std::string_view subject) const;
  // Whether `text` matches, or may match with more text behind it. False when the search is given
  // up.
  bool may_begin(std::string_view text) const;

 private:
  struct Code;
  explicit Expression(std::unique_ptr<Code> code);
  std::unique_ptr<Code> code_;
};

// `text` with every character that means something in an expression made plain.
std::string quote_for_expression(std::string_view text);

}  // namespace dialplan
