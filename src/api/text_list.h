// The text form of lists: column names, rows, "+OK" (spec/05 §4).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/row.h"

namespace api {

// Whether a list without rows still shows its header: only `queue list` does.
enum class EmptyList { HeaderAnyway, OnlyOk };

// Collects the rows of one list. Values may hold anything: a `|` or a control character becomes a
// space, so that no caller's name can break a client's parser (spec/10 #30).
class TextList {
 public:
  // `header`: column names joined by `|`.
  explicit TextList(std::string_view header, EmptyList empty = EmptyList::OnlyOk)
      : header_(header), empty_(empty) {}

  void add(const Row& row);

  std::size_t rows() const { return count_; }
  // The whole reply.
  std::string reply() const;

 private:
  std::string_view header_;
  EmptyList empty_;
  std::string body_;
  std::size_t count_ = 0;
};

}  // namespace api
