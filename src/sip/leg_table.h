// All legs, by id and by dialog. Owns them; knows nothing of what they do. Sip thread only.
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "sip/leg.h"

namespace sip {

// RFC 3261 §12: Call-ID and both tags name a dialog.
struct DialogId {
  std::string call_id;
  std::string local_tag;
  std::string remote_tag;

  auto operator<=>(const DialogId&) const = default;
};

class LegTable {
 public:
  // Requires: the id is not in the table.
  Leg& add(std::unique_ptr<Leg> leg);
  // The leg can be found by these tags from now on. A dialog that is known already keeps its leg.
  void add_dialog(Leg& leg);
  // A call of ours that goes out. Requires: its Call-ID is known.
  void add_our_call(const Leg& leg);
  // Takes the leg out. It is deleted in bury(), for it may be working still.
  void remove(Leg& leg);
  // Deletes what has been removed. To be called when no leg is at work.
  void bury();

  Leg* find(base::LegId id);
  Leg* find(const DialogId& dialog);
  // A call of ours, while it lives, by the Call-ID that we have made.
  Leg* find_our_call(const std::string& call_id);
  // A leg whose INVITE has this Call-ID, tag and number of the peer.
  Leg* find_inbound(const std::string& call_id, const std::string& remote_tag, std::uint32_t cseq);
  std::size_t size() const { return legs_.size(); }
  void check_deadlines(Leg::Clock::time_point now);
  // The process stops: what cannot outlive it is told so.
  void abandon_all();

 private:
  std::map<base::LegId, std::unique_ptr<Leg>> legs_;
  std::map<DialogId, base::LegId> dialogs_;
  std::map<std::string, base::LegId> our_calls_;  // By Call-ID.
  std::vector<std::unique_ptr<Leg>> removed_;
};

}  // namespace sip
