// The story of one caller: what happened, and for each decision who was offered and which rule
// passed over each other agent. In the words of queue/explanation.h.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "app/history.h"
#include "queue/engine.h"

namespace app {

class MemberStory final : public queue::Observer {
 public:
  // `member` is the uuid of a member or a channel, or a caller's number. Lifetime: `history`
  // outlives the story.
  MemberStory(History& history, std::string member);
  ~MemberStory() override;

  // Goes through all of the history. Returns: the lines, none when no such caller was seen; why a
  // record cannot be read.
  //
  // What was told already, up to this record, is left out; who still waits is told of the newest
  // history only.
  enum class Newest { No, Yes };
  base::Result<std::vector<std::string>> tell(std::uint64_t told, Newest newest);

  void about_to_offer(base::MemberId member, base::AgentId agent, base::Instant now) override;

 private:
  bool is_ours(const queue::Member& member) const;
  std::string timed(base::Instant at, const std::string& text) const;
  void add_verdicts(base::MemberId member, base::Instant now,
                    std::vector<std::string>& lines) const;
  void tell_decision();
  void take(const core::Publish& publish, base::Instant at);
  void tell_who_still_waits();

  History& history_;
  const std::string member_;
  std::vector<std::string> lines_;
  std::deque<std::vector<std::string>> decided_;  // In this step, and not told yet.
};

}  // namespace app
