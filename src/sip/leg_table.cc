#include "sip/leg_table.h"

#include <utility>

#include "base/check.h"

namespace sip {
namespace {

DialogId dialog_of(const Leg& leg) {
  return {leg.facts().call_id, leg.facts().local_tag, leg.facts().remote_tag};
}

}  // namespace

Leg& LegTable::add(std::unique_ptr<Leg> leg) {
  const base::LegId id = leg->id();
  const auto [place, added] = legs_.emplace(id, std::move(leg));
  CHECK(added);
  return *place->second;
}

void LegTable::add_dialog(Leg& leg) {
  dialogs_.try_emplace(dialog_of(leg), leg.id());
}

void LegTable::remove(Leg& leg) {
  const auto dialog = dialogs_.find(dialog_of(leg));
  if (dialog != dialogs_.end() && dialog->second == leg.id()) dialogs_.erase(dialog);
  const auto found = legs_.find(leg.id());
  if (found == legs_.end()) return;
  removed_.push_back(std::move(found->second));
  legs_.erase(found);
}

void LegTable::bury() {
  removed_.clear();
}

Leg* LegTable::find(base::LegId id) {
  const auto found = legs_.find(id);
  return found == legs_.end() ? nullptr : found->second.get();
}

Leg* LegTable::find(const DialogId& dialog) {
  const auto found = dialogs_.find(dialog);
  return found == dialogs_.end() ? nullptr : find(found->second);
}

void LegTable::check_deadlines(Leg::Clock::time_point now) {
  // A leg may leave the table while its deadline is looked at.
  for (auto next = legs_.begin(); next != legs_.end();) {
    Leg& leg = *(next++)->second;
    leg.check_deadline(now);
  }
}

void LegTable::abandon_all() {
  for (const auto& [id, leg] : legs_) leg->abandon();
  dialogs_.clear();
  legs_.clear();
}

}  // namespace sip
