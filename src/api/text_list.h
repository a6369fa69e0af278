// The text form of lists: column names, rows, "+OK" (spec/05 §4).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

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

  // One row is text() and number() for each column, then end_row().
  TextList& text(std::string_view value);
  TextList& number(std::int64_t value);
  TextList& flag(std::optional<bool> value);
  // Whole Unix seconds; 0 for what never happened.
  TextList& instant(std::optional<base::Instant> at, const base::WallAnchor& anchor);
  void end_row();

  std::size_t rows() const { return count_; }
  // The whole reply.
  std::string reply() const;

 private:
  void separate();

  std::string_view header_;
  EmptyList empty_;
  std::string body_;
  bool row_open_ = false;
  std::size_t count_ = 0;
};

}  // namespace api
