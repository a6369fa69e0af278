#include "app/recovery.h"

#include <fmt/format.h>

#include <charconv>

#include "base/json_archive.h"

namespace app {
namespace {

// Applies one record. Returns: false when it was set aside.
bool apply(RecoveredCore& recovered, const store::JournalRecord& record,
           const MayApply& may_apply) {
  recovered.last_number = record.number;
  recovered.last_instant = base::instant_ms(record.instant_ms);
  if (!may_apply(record.number)) return false;
  core::Input input;
  try {
    input = decode(record.body);
  } catch (const base::ArchiveError& error) {
    if (recovered.set_aside.size() >= kUnreadableMax) throw;
    return false;
  }
  core::Commands ignored;
  recovered.core.handle(input, recovered.last_instant, ignored);
  recovered.is_new = false;
  ++recovered.inputs_replayed;
  return true;
}

base::Result<RecoveredCore> replay(const std::optional<store::Snapshot>& snapshot,
                                   const std::vector<store::JournalRecord>& tail,
                                   const MayApply& may_apply) {
  RecoveredCore recovered;
  std::uint64_t reading = 0;
  try {
    if (snapshot) {
      reading = snapshot->number;
      static_cast<void>(may_apply(reading));
      base::JsonReader reader(snapshot->body);
      reader.item(recovered.core);
      recovered.is_new = false;
      recovered.last_number = snapshot->number;
      recovered.last_instant = base::instant_ms(snapshot->instant_ms);
    }
    for (const auto& record : tail) {
      reading = record.number;
      if (!apply(recovered, record, may_apply)) recovered.set_aside.push_back(record);
    }
  } catch (const base::ArchiveError& error) {
    return base::failure(
        fmt::format("the state at record {} cannot be read: {}", reading, error.what()));
  }
  return recovered;
}

// The leg that a record names, without reading the record: to read it may be what kills.
base::LegId leg_named_in(std::string_view body) {
  constexpr std::string_view kLeg = "\"leg\":";
  const std::size_t at = body.find(kLeg);
  if (at == std::string_view::npos) return {};
  std::uint64_t value = 0;
  const std::string_view rest = body.substr(at + kLeg.size());
  std::from_chars(rest.data(), rest.data() + rest.size(), value);
  return {value};
}

}  // namespace

base::Result<RecoveredCore> recover(const store::Recovered& found, const MayApply& may_apply) {
  auto newest = replay(found.snapshot, found.tail, may_apply);
  if (newest || !found.older_snapshot) return newest;
  std::vector<store::JournalRecord> records = found.between;
  records.insert(records.end(), found.tail.begin(), found.tail.end());
  auto older = replay(found.older_snapshot, records, may_apply);
  return older ? std::move(older) : std::move(newest);
}

std::vector<core::Input> amends_for(const std::vector<store::JournalRecord>& set_aside) {
  std::vector<core::Input> amends;
  for (const auto& record : set_aside) {
    const base::LegId leg = leg_named_in(record.body);
    if (leg) amends.push_back(call::LegHungUp{leg, call::LegHungUp::How::Timeout, {}});
  }
  return amends;
}

std::string encode(const core::Input& input) {
  return base::to_json(input);
}

core::Input decode(std::string_view body) {
  return base::from_json<core::Input>(body);
}

std::string encode(const core::Core& core) {
  // Saving changes nothing; describe() serves both directions and so takes a mutable core.
  base::JsonWriter writer;
  writer.item(const_cast<core::Core&>(core));
  return writer.take();
}

}  // namespace app
