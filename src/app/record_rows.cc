#include "app/record_rows.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "store/sql_schema.h"

namespace app {
namespace {

// The last group of a uuid: 48 bits (RFC 4122 §3).
constexpr std::size_t kLastGroupDigits = 12;
constexpr std::uint64_t kLastGroupMask = (std::uint64_t{1} << 48) - 1;

// Collects the values of one row, in the order of the table's columns.
class RowMaker {
 public:
  explicit RowMaker(const base::WallAnchor& anchor) : anchor_(anchor) {}

  RowMaker& text(std::string_view value) {
    row_.emplace_back(value);
    return *this;
  }
  RowMaker& text_or_null(std::string_view value) {
    row_.push_back(value.empty() ? std::nullopt : std::optional<std::string>(value));
    return *this;
  }
  RowMaker& number(std::int64_t value) {
    row_.emplace_back(std::to_string(value));
    return *this;
  }
  RowMaker& at(std::optional<base::Instant> at) {
    if (at) return number(anchor_.unix_ms_at_origin + base::to_ms(*at));
    row_.emplace_back();
    return *this;
  }
  // From one to the other; nothing when it never came to the first.
  RowMaker& span(std::optional<base::Instant> from, base::Instant to) {
    if (from) return number((to - *from).count());
    row_.emplace_back();
    return *this;
  }
  store::SqlRow take() { return std::move(row_); }

 private:
  const base::WallAnchor anchor_;
  store::SqlRow row_;
};

std::string_view text_of(queue::OfferEnded::Outcome outcome) {
  switch (outcome) {
    case queue::OfferEnded::Outcome::NotAnswered:
      return "not answered";
    case queue::OfferEnded::Outcome::NotBridged:
      return "not bridged";
    case queue::OfferEnded::Outcome::Bridged:
      break;
  }
  return "bridged";
}

store::Record row_of(const queue::StayEnded& stay, const queue::RowChanges::Frame& frame) {
  RowMaker row(frame.anchor);
  const base::Instant waited_until = stay.bridged_at.value_or(stay.left_at);
  row.text(stay.uuid).text(frame.instance_id).text(stay.queue).text(stay.session_uuid);
  row.text(stay.cid_number).text(stay.cid_name).text_or_null(stay.dnis);
  row.at(stay.answered_at).at(stay.joined_at).at(stay.rejoined_at);
  row.at(stay.bridged_at).at(stay.left_at);
  row.span(stay.rejoined_at.value_or(stay.joined_at), waited_until);
  row.span(stay.bridged_at, stay.left_at).number(stay.base_score);
  row.text_or_null(stay.agent).text_or_null(stay.agent_uuid);
  row.text(stay.cancelled ? "cancel" : "answered");
  row.text_or_null(stay.cancelled ? queue::to_text(*stay.cancelled) : std::string_view());
  row.text_or_null(stay.cause);
  return {.table = std::string(store::calls_table().name), .row = row.take()};
}

store::Record row_of(const queue::OfferEnded& offer, const queue::RowChanges::Frame& frame) {
  RowMaker row(frame.anchor);
  const base::Instant rang_until = offer.answered_at.value_or(offer.ended_at);
  row.text(offer_uuid(offer.member_uuid, offer.id)).text(offer.member_uuid);
  row.text(frame.instance_id).text(offer.queue).text(offer.session_uuid);
  row.text(offer.agent).text(offer.agent_type).text_or_null(offer.agent_uuid);
  row.at(offer.joined_at).at(offer.called_at).at(offer.answered_at);
  row.at(offer.bridged_at).at(offer.ended_at);
  row.span(offer.called_at, rang_until).span(offer.bridged_at, offer.ended_at);
  row.text(text_of(offer.outcome)).text_or_null(offer.cause);
  return {.table = std::string(store::offers_table().name), .row = row.take()};
}

}  // namespace

std::string offer_uuid(std::string_view member_uuid, base::OfferId offer) {
  if (member_uuid.size() < kLastGroupDigits) {
    return fmt::format("{}-{:012x}", member_uuid, offer.value & kLastGroupMask);
  }
  const std::string_view head = member_uuid.substr(0, member_uuid.size() - kLastGroupDigits);
  const std::string_view group = member_uuid.substr(head.size());
  std::uint64_t digits = 0;
  std::from_chars(group.data(), group.data() + group.size(), digits, 16);
  return fmt::format("{}{:012x}", head, (digits ^ offer.value) & kLastGroupMask);
}

std::vector<store::Record> record_rows(const core::RecordsMade& made) {
  std::vector<store::Record> rows;
  rows.reserve(made.records.size());
  for (const queue::Ended& ended : made.records) {
    rows.push_back(std::visit([&](const auto& one) { return row_of(one, made.frame); }, ended));
  }
  return rows;
}

}  // namespace app
