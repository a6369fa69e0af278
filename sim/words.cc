#include "sim/words.h"

namespace sim {

Words words_of(std::string_view line) {
  Words words;
  std::string word;
  bool quoted = false;
  bool open = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      open = true;
    } else if (c == ' ' && !quoted) {
      if (open) words.push_back(word);
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open) words.push_back(word);
  return words;
}

Complaint read_options(const Words& words, Options& options) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return "expected key=value: " + word;
    options[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return std::nullopt;
}

std::string join_words(const Words& words, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) text += (i > from ? " " : "") + words[i];
  return text;
}

std::optional<Words> match(std::string_view pattern, const Words& words) {
  const Words wanted = words_of(pattern);
  Words found;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{*}") {
      found.insert(found.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      return found;
    }
    if (i >= words.size()) return std::nullopt;
    if (wanted[i] == "{}") {
      found.push_back(words[i]);
    } else if (wanted[i] != words[i]) {
      return std::nullopt;
    }
    // A trailing {*} may stand for nothing.
    if (i + 2 == wanted.size() && wanted[i + 1] == "{*}" && i + 1 == words.size()) return found;
  }
  if (words.size() != wanted.size()) return std::nullopt;
  return found;
}

}  // namespace sim
