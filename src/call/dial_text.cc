#include "call/dial_text.h"

#include <algorithm>

#include "base/text.h"
#include "call/dial_string.h"

namespace call {
namespace {

constexpr std::string_view kMeaningfulInAddresses = ",|{}[]<>";
constexpr std::string_view kMeaningfulInValues = "'\\{}[]<>";

bool starts_reference(std::string_view text) {
  return text.substr(0, 2) == "${";
}

// "${…}" at the front of `text`, or nothing when it is never closed.
std::string_view reference_at(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return text.substr(0, i + 1);
  }
  return {};
}

bool is_function(std::string_view reference) {
  return reference.find('(') != std::string_view::npos &&
         reference.substr(reference.size() - 2) == ")}";
}

class DialText {
 public:
  DialText(std::string_view text, dialplan::Lookup& lookup) : text_(text), lookup_(lookup) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    const std::string_view reference =
        starts_reference(rest) ? reference_at(rest) : std::string_view();
    if (!reference.empty()) return put_reference(reference);
    if (at_start_ && (rest.front() == '{' || rest.front() == '[' || rest.front() == '<')) {
      const std::size_t close = find_closing_bracket(rest);
      if (close != std::string_view::npos) return put_settings(rest.substr(0, close + 1));
    }
    if (rest.front() == '\\' && rest.size() > 1) return copy_escape(rest);
    const char c = rest.front();
    if (c == ',' || c == '|' || (c == ':' && text_.substr(0, at_ + 1).ends_with(":_:"))) {
      at_start_ = true;
    } else if (c != ' ') {
      at_start_ = false;
    }
    out_ += c;
    ++at_;
  }

  void put_reference(std::string_view reference) {
    std::string value = dialplan::expand(reference, lookup_);
    if (!at_start_ && !is_function(reference)) {
      std::erase_if(value, [](char c) {
        return kMeaningfulInAddresses.find(c) != std::string_view::npos ||
               static_cast<unsigned char>(c) < 0x20;
      });
    }
    out_ += value;
    at_start_ = false;
    at_ += reference.size();
  }

  // A backslash and what it protects. Before a $ it takes its meaning away, and is gone then.
  void copy_escape(std::string_view rest) {
    if (rest[1] != '$') out_ += '\\';
    out_ += rest[1];
    at_start_ = false;
    at_ += 2;
  }

  // Brackets with NAME=VALUE in them, and the separator that they name.
  void put_settings(std::string_view settings) {
    const std::size_t end = at_ + settings.size() - 1;
    separator_ = settings.substr(1, 2) == "^^" && settings.size() > 4 ? settings[3] : ',';
    out_ += settings.front();
    ++at_;
    bool in_value = false;
    bool quoted = false;
    while (at_ < end) {
      const std::string_view rest = text_.substr(at_, end - at_);
      const std::string_view reference =
          starts_reference(rest) ? reference_at(rest) : std::string_view();
      if (!reference.empty()) {
        const std::string value = dialplan::expand(reference, lookup_);
        out_ += in_value ? escaped(value) : value;
        at_ += reference.size();
      } else if (rest.front() == '\\' && rest.size() > 1) {
        copy_escape(rest);
      } else {
        const char c = rest.front();
        if (c == '\'') quoted = !quoted;
        if (c == separator_ && !quoted) in_value = false;
        if (c == '=') in_value = true;
        out_ += c;
        ++at_;
      }
    }
    out_ += text_[at_++];
    at_start_ = true;
  }

  std::string escaped(std::string_view value) const {
    std::string safe;
    for (const char c : value) {
      const bool meaningful =
          c == separator_ || kMeaningfulInValues.find(c) != std::string_view::npos;
      if (meaningful) safe += '\\';
      safe += c;
    }
    return safe;
  }

  std::string_view text_;
  dialplan::Lookup& lookup_;
  std::size_t at_ = 0;
  bool at_start_ = true;  // Of a destination, where brackets may stand.
  char separator_ = ',';
  std::string out_;
};

}  // namespace

std::string expand_dial_string(std::string_view text, dialplan::Lookup& lookup) {
  if (text.find('$') == std::string_view::npos) return std::string(text);
  return DialText(text, lookup).run();
}

}  // namespace call
