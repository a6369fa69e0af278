#include "api/words.h"

#include "base/text.h"

namespace api {
namespace {

// Reads words of one text; keeps the place.
class WordReader {
 public:
  WordReader(std::string_view text, char separator) : rest_(text), separator_(separator) {}

  bool at_end() const { return rest_.empty(); }

  void skip_blanks() {
    if (separator_ != ' ') return;
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string word() {
    std::string word;
    bool quoted = false;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == separator_ && !quoted) {
        rest_.remove_prefix(1);
        break;
      }
      if (c == '\'') {
        quoted = !quoted;
        rest_.remove_prefix(1);
      } else if (c == '\\' && rest_.size() > 1 && is_escape(rest_[1])) {
        word += unescaped(rest_[1]);
        rest_.remove_prefix(2);
      } else {
        word += c;
        rest_.remove_prefix(1);
      }
    }
    return word;
  }

  // All that is left as one word.
  std::string remainder() {
    std::string word;
    const char separator = separator_;
    separator_ = '\0';
    while (!rest_.empty()) word += this->word();
    separator_ = separator;
    return word;
  }

 private:
  static bool is_escape(char c) {
    return std::string_view("'\"\\nrts").find(c) != std::string_view::npos;
  }

  static char unescaped(char c) {
    switch (c) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 's':
        return ' ';
      default:
        return c;
    }
  }

  std::string_view rest_;
  char separator_;
};

}  // namespace

std::vector<std::string> split_words(std::string_view text, std::size_t limit) {
  char separator = ' ';
  text = base::trim(text);
  if (text.size() > 2 && text.substr(0, 2) == "^^") {
    separator = text[2];
    text.remove_prefix(3);
  }
  std::vector<std::string> words;
  WordReader reader(text, separator);
  reader.skip_blanks();
  while (!reader.at_end()) {
    if (words.size() + 1 == limit) {
      words.push_back(reader.remainder());
      break;
    }
    words.push_back(reader.word());
    reader.skip_blanks();
  }
  return words;
}

Invocation split_command(std::string_view text) {
  text = base::trim(text);
  const std::size_t space = text.find_first_of(" \t");
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), base::trim(text.substr(space))};
}

}  // namespace api
