#include "config/traps.h"

#include "base/text.h"

namespace config {
namespace {

constexpr std::size_t kEnd = std::string_view::npos;

class Scan {
 public:
  explicit Scan(std::string_view xml) : xml_(xml) {}

  std::vector<Trap> run() {
    std::size_t at = 0;
    while (at != kEnd && (at = xml_.find('<', at)) != kEnd) {
      const std::string_view rest = xml_.substr(at);
      if (rest.starts_with("<!--")) {
        at = comment(at);
      } else if (rest.starts_with("<![CDATA[")) {
        at = xml_.find("]]>", at);
      } else if (rest.starts_with("<?")) {
        at = xml_.find("?>", at);
      } else {
        at = tag(at + 1);
      }
    }
    return std::move(traps_);
  }

 private:
  // Returns: where to go on, behind the comment's end.
  std::size_t comment(std::size_t begin) {
    const std::size_t inside = begin + 4;
    const std::size_t end = xml_.find("-->", inside);
    if (end == kEnd) {
      traps_.push_back({begin, "this comment is never closed: expected -->"});
      return kEnd;
    }
    if (xml_.substr(inside, end - inside).find("<!--") != kEnd) {
      traps_.push_back({begin,
                        "this comment is not closed before another one starts inside it; "
                        "expected --> first, what lies between would be lost"});
    }
    return end + 3;
  }

  // Looks through the attributes of a tag. Returns: where to go on, behind the tag's >.
  std::size_t tag(std::size_t at) {
    while (at < xml_.size() && xml_[at] != '>') {
      if (xml_[at] == '<') return at;  // The parser will say what is wrong.
      if (xml_[at] != '"' && xml_[at] != '\'') {
        ++at;
        continue;
      }
      const std::size_t end = xml_.find(xml_[at], at + 1);
      const std::string_view value = xml_.substr(at + 1, end == kEnd ? kEnd : end - at - 1);
      if (end == kEnd || runs_into_markup(value)) {
        traps_.push_back({at, std::string("the quote of this attribute's value is never closed: "
                                          "expected ") +
                                  xml_[at] + " before the end of the tag"});
        const std::size_t line_end = xml_.find('\n', at);
        return line_end;
      }
      at = end + 1;
    }
    return at < xml_.size() ? at + 1 : kEnd;
  }

  static bool runs_into_markup(std::string_view value) {
    for (std::size_t line = value.find('\n'); line != kEnd; line = value.find('\n', line + 1)) {
      if (base::trim(value.substr(line)).starts_with('<')) return true;
    }
    return false;
  }

  std::string_view xml_;
  std::vector<Trap> traps_;
};

}  // namespace

std::vector<Trap> find_traps(std::string_view xml) {
  return Scan(xml).run();
}

}  // namespace config
