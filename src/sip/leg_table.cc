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

void LegTable::add_our_call(const Leg& leg) {
  our_calls_.try_emplace(leg.facts().call_id, leg.id());
}

void LegTable::remove(Leg& leg) {
  const auto our_call = our_calls_.find(leg.facts().call_id);
  if (our_call != our_calls_.end() && our_call->second == leg.id()) our_calls_.erase(our_call);
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

Leg* LegTable::find_our_call(const std::string& call_id) {
  const auto found = our_calls_.find(call_id);
  return found == our_calls_.end() ? nullptr : find(found->second);
}

Leg* LegTable::find_inbound(const std::string& call_id, const std::string& remote_tag,
                            std::uint32_t cseq) {
  auto next = dialogs_.lower_bound(DialogId{call_id, "", ""});
  for (; next != dialogs_.end() && next->first.call_id == call_id; ++next) {
    Leg* leg = next->first.remote_tag == remote_tag ? find(next->second) : nullptr;
    const bool is_it = leg != nullptr && leg->facts().caller_is_peer && leg->invite_cseq() == cseq;
    if (is_it) return leg;
  }
  return nullptr;
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
  our_calls_.clear();
  legs_.clear();
}

}  // namespace sip
