#include "dialplan/expression.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cstdint>
#include <utility>

namespace dialplan {
namespace {

// Bounds on one search. An ordinary expression needs tens of steps; (a+)+$ against a long number
// runs into the limit within a millisecond instead of for ever.
constexpr std::uint32_t kMatchStepsMax = 50'000;
constexpr std::uint32_t kMatchDepthMax = 2'000;
constexpr std::uint32_t kMatchHeapKibMax = 1'024;

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

std::string message_of(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  const int length = pcre2_get_error_message(code, buffer.data(), buffer.size());
  if (length < 0) return "error " + std::to_string(code);
  return {buffer.begin(), buffer.begin() + length};
}

struct Source {
  std::string_view pattern;
  std::uint32_t options = 0;
};

// Takes the slashes and flags of /…/flags away; anything else is a pattern as it stands.
Source source_of(std::string_view text) {
  if (text.size() < 2 || text.front() != '/') return {text};
  const std::size_t last = text.rfind('/');
  if (last == 0) return {text};
  Source source{text.substr(1, last - 1)};
  for (const char flag : text.substr(last + 1)) {
    switch (flag) {
      case 'i':
        source.options |= PCRE2_CASELESS;
        break;
      case 's':
        source.options |= PCRE2_DOTALL;
        break;
      case 'm':
        source.options |= PCRE2_MULTILINE;
        break;
      case 'x':
        source.options |= PCRE2_EXTENDED;
        break;
      default:
        return {text};
    }
  }
  return source;
}

const std::uint8_t* bytes(std::string_view text) {
  // PCRE2's byte type differs in sign only. An empty view may hold a null pointer, which PCRE2
  // does not take.
  return reinterpret_cast<const std::uint8_t*>(text.empty() ? "" : text.data());
}

}  // namespace

struct Expression::Code {
  std::unique_ptr<pcre2_code, FreeCode> code;
  std::unique_ptr<pcre2_match_context, FreeContext> limits;
};

Expression::Expression(std::unique_ptr<Code> code) : code_(std::move(code)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

base::Result<Expression> Expression::compile(std::string_view text) {
  if (text.size() > kExpressionBytesMax) {
    return base::failure("longer than " + std::to_string(kExpressionBytesMax) + " bytes");
  }
  const Source source = source_of(text);
  int error = 0;
  PCRE2_SIZE offset = 0;
  auto code = std::make_unique<Code>();
  code->code.reset(pcre2_compile(bytes(source.pattern), source.pattern.size(), source.options,
                                 &error, &offset, nullptr));
  if (!code->code) {
    return base::failure(message_of(error) + " at offset " + std::to_string(offset));
  }
  code->limits.reset(pcre2_match_context_create(nullptr));
  if (!code->limits) return base::failure(std::string("out of memory"));
  pcre2_set_match_limit(code->limits.get(), kMatchStepsMax);
  pcre2_set_depth_limit(code->limits.get(), kMatchDepthMax);
  pcre2_set_heap_limit(code->limits.get(), kMatchHeapKibMax);
  return Expression(std::move(code));
}

Matched Expression::match(std::string_view subject) const {
  if (subject.size() > kSubjectBytesMax) {
    return {{}, "the text is longer than " + std::to_string(kSubjectBytesMax) + " bytes"};
  }
  const std::unique_ptr<pcre2_match_data, FreeData> data(
      pcre2_match_data_create_from_pattern(code_->code.get(), nullptr));
  if (!data) return {{}, "out of memory"};
  const int count = pcre2_match(code_->code.get(), bytes(subject), subject.size(), 0, 0, data.get(),
                                code_->limits.get());
  if (count == PCRE2_ERROR_NOMATCH) return {};
  if (count < 0) return {{}, message_of(count)};
  const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(data.get());
  const std::uint32_t pairs = pcre2_get_ovector_count(data.get());
  Matched matched;
  for (std::uint32_t pair = 0; pair < pairs; ++pair) {
    const PCRE2_SIZE begin = bounds[2 * pair];
    const PCRE2_SIZE end = bounds[2 * pair + 1];
    // A group that took no part is empty; \K can put the start behind the end.
    const bool taken = begin != PCRE2_UNSET && begin <= end;
    matched.groups.emplace_back(taken ? subject.substr(begin, end - begin) : std::string_view());
  }
  return matched;
}

bool Expression::may_begin(std::string_view text) const {
  if (text.size() > kSubjectBytesMax) return false;
  const std::unique_ptr<pcre2_match_data, FreeData> data(
      pcre2_match_data_create_from_pattern(code_->code.get(), nullptr));
  if (!data) return false;
  const int count = pcre2_match(code_->code.get(), bytes(text), text.size(), 0, PCRE2_PARTIAL_SOFT,
                                data.get(), code_->limits.get());
  return count >= 0 || count == PCRE2_ERROR_PARTIAL;
}

std::string quote_for_expression(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (c == '\0') {
      quoted += "\\x00";
      continue;
    }
    if (!word) quoted += '\\';
    quoted += c;
  }
  return quoted;
}

}  // namespace dialplan
