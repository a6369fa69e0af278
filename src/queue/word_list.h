// All words of names.h in one list: for whoever shows or checks them.
#pragma once

#include <string_view>
#include <vector>

namespace queue {

// What a word is ("agent-status", "tier-state" …), and its canonical spelling.
struct KindOfWord {
  std::string_view kind;
  std::string_view word;
};
std::vector<KindOfWord> all_words();

}  // namespace queue
