#include "dialplan/expand.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"

namespace dialplan {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// A part of the template, from `begin` up to but not including `end`.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// For every { the place of its }; kNone for those that are never closed.
std::vector<std::size_t> closing_braces(std::string_view text) {
  std::vector<std::size_t> closing(text.size(), kNone);
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') open.push_back(at);
    if (text[at] == '}' && !open.empty()) {
      closing[open.back()] = at;
      open.pop_back();
    }
  }
  return closing;
}

std::string part_of(const std::string& value, std::string_view offset_text,
                    std::optional<std::string_view> length_text) {
  const auto size = static_cast<std::int64_t>(value.size());
  std::int64_t offset = base::lenient_integer(offset_text);
  if (offset < 0) offset = std::max<std::int64_t>(0, size + std::max(offset, -size));
  if (offset >= size) return {};
  std::int64_t length = size - offset;
  if (length_text) {
    const std::int64_t wanted = base::lenient_integer(*length_text);
    // A negative length leaves that many characters off the end.
    length = wanted < 0 ? std::max<std::int64_t>(0, length + std::max(wanted, -length))
                        : std::min(length, wanted);
  }
  return value.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

class Expander {
 public:
  Expander(std::string_view text, Lookup& lookup)
      : text_(text), closing_(closing_braces(text)), lookup_(lookup) {}

  std::string run(Range range, int depth) {
    std::string out;
    std::size_t at = range.begin;
    while (at < range.end && out.size() < kExpandedBytesMax) {
      if (text_[at] == '\\') {
        at = copy_backslashes({at, range.end}, out);
      } else if (const std::size_t close = reference_end({at, range.end}); close != kNone) {
        out += reference({at + 2, close}, depth);
        at = close + 1;
      } else {
        out += text_[at++];
      }
    }
    if (out.size() > kExpandedBytesMax) out.resize(kExpandedBytesMax);
    return out;
  }

 private:
  // Backslashes mean something only before a $. Returns: where to go on.
  std::size_t copy_backslashes(Range range, std::string& out) const {
    std::size_t end = range.begin;
    while (end < range.end && text_[end] == '\\') ++end;
    const std::size_t count = end - range.begin;
    const bool before_dollar = end < range.end && text_[end] == '$';
    out.append(before_dollar ? count / 2 : count, '\\');
    if (!before_dollar || count % 2 == 0) return end;
    out += '$';
    return end + 1;
  }

  // The place of the } when a ${ starts the range and ends inside it.
  std::size_t reference_end(Range range) const {
    if (range.end - range.begin < 2 || text_[range.begin] != '$') return kNone;
    if (text_[range.begin + 1] != '{') return kNone;
    const std::size_t close = closing_[range.begin + 1];
    return close != kNone && close < range.end ? close : kNone;
  }

  // What stands between ${ and }. Whether it is a function is decided on the template alone, so a
  // value can never become a call.
  std::string reference(Range inside, int depth) {
    if (depth >= kExpandDepthMax) return {};
    const std::string_view source = text_.substr(inside.begin, inside.end - inside.begin);
    const std::size_t paren = name_end(inside, '(');
    if (paren != kNone && source.back() == ')') {
      const std::string name = run({inside.begin, paren}, depth + 1);
      const std::string arguments = run({paren + 1, inside.end - 1}, depth + 1);
      return lookup_.function(base::trim(name), arguments);
    }
    const std::size_t colon = name_end(inside, ':');
    if (colon == kNone) return value_of({inside.begin, inside.end}, depth);
    const std::string value = value_of({inside.begin, colon}, depth);
    const std::string bounds = run({colon + 1, inside.end}, depth + 1);
    const std::size_t second = bounds.find(':');
    if (second == std::string::npos) return part_of(value, bounds, std::nullopt);
    const std::string_view view = bounds;
    return part_of(value, view.substr(0, second), view.substr(second + 1));
  }

  std::string value_of(Range name, int depth) {
    return lookup_.variable(base::trim(run(name, depth + 1))).value_or("");
  }

  // The first `stop` that does not belong to an inner ${…}.
  std::size_t name_end(Range range, char stop) const {
    for (std::size_t at = range.begin; at < range.end; ++at) {
      if (text_[at] == stop) return at;
      if (const std::size_t close = reference_end({at, range.end}); close != kNone) at = close;
    }
    return kNone;
  }

  std::string_view text_;
  std::vector<std::size_t> closing_;
  Lookup& lookup_;
};

}  // namespace

std::string expand(std::string_view text, Lookup& lookup) {
  if (text.find('$') == std::string_view::npos) {
    return std::string(text.substr(0, kExpandedBytesMax));
  }
  return Expander(text, lookup).run({0, text.size()}, 0);
}

}  // namespace dialplan
