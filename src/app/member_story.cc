#include "app/member_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace app {
namespace {

// What an event of a caller tells beside its name, if it is there.
constexpr const char* kTold[] = {"CC-Queue",         "CC-Agent",        "CC-Cause",
                                 "CC-Cancel-Reason", "CC-Hangup-Cause", "CC-Member-CID-Name"};

std::string words_of(const base::EslEvent& event) {
  std::string words(event.get("CC-Action"));
  for (const char* name : kTold) {
    const std::string_view value = event.get(name);
    if (!value.empty()) words += fmt::format(" {}", value);
  }
  return words;
}

std::string reason_of(const queue::Verdict& verdict, const core::Core& core) {
  std::string words(queue::to_text(verdict.reason));
  if (verdict.reason == queue::Reason::AgentState) {
    words = fmt::format("is {}", queue::to_text(verdict.state));
  } else if (verdict.reason == queue::Reason::TierState) {
    words = fmt::format("tier is {}", queue::to_text(verdict.tier_state));
  }
  if (verdict.until) words += " until " + History::time_text(core, *verdict.until);
  return words;
}

}  // namespace

MemberStory::MemberStory(History& history, std::string member)
    : history_(history), member_(std::move(member)) {}

MemberStory::~MemberStory() {
  history_.core().watch(nullptr);
}

base::Result<std::vector<std::string>> MemberStory::tell(std::uint64_t told, Newest newest) {
  while (true) {
    // Each time: the first record makes new queues, which nobody watches yet.
    history_.core().watch(this);
    auto step = history_.next();
    if (!step) return base::failure(step.error());
    if (!*step) break;
    for (const auto& command : (*step)->commands) {
      if (const auto* publish = std::get_if<core::Publish>(&command)) take(*publish, (*step)->at);
    }
    while (!decided_.empty()) tell_decision();
    if ((*step)->number <= told) lines_.clear();
  }
  if (newest == Newest::Yes) tell_who_still_waits();
  return std::move(lines_);
}

bool MemberStory::is_ours(const queue::Member& member) const {
  return member.uuid == member_ || member.session_uuid == member_ || member.cid_number == member_;
}

std::string MemberStory::timed(base::Instant at, const std::string& text) const {
  return History::time_text(history_.core(), at) + " " + text;
}

void MemberStory::about_to_offer(base::MemberId id, base::AgentId agent_id, base::Instant now) {
  const queue::Engine& engine = history_.core().engine();
  const auto members = engine.members();
  const auto found = std::find_if(members.begin(), members.end(),
                                  [id](const queue::Member* member) { return member->id == id; });
  if (found == members.end() || !is_ours(**found)) return;
  const queue::Agent* agent = engine.agent(agent_id);
  std::vector<std::string>& decision = decided_.emplace_back();
  decision.push_back(
      timed(now, fmt::format("offered to {}, score {}", agent == nullptr ? "nobody" : agent->name,
                             engine.score(**found, now))));
  add_verdicts(id, now, decision);
}

void MemberStory::tell_decision() {
  std::move(decided_.front().begin(), decided_.front().end(), std::back_inserter(lines_));
  decided_.pop_front();
}

void MemberStory::add_verdicts(base::MemberId member, base::Instant now,
                               std::vector<std::string>& lines) const {
  for (const queue::Verdict& verdict : history_.core().engine().explain(member, now)) {
    lines.push_back(fmt::format("    {} (level {}, position {}): {}", verdict.name, verdict.level,
                                verdict.position, reason_of(verdict, history_.core())));
  }
}

void MemberStory::take(const core::Publish& publish, base::Instant at) {
  const base::EslEvent& event = publish.event;
  if (event.subclass != "callcenter::info") return;
  const bool ours = event.get("CC-Member-UUID") == member_ ||
                    event.get("CC-Member-Session-UUID") == member_ ||
                    event.get("CC-Member-CID-Number") == member_;
  if (!ours) return;
  // The engine decides before its events leave: what led to the decision is told before it.
  if (event.get("CC-Action") == "agent-offering" && !decided_.empty()) tell_decision();
  lines_.push_back(timed(at, words_of(event)));
}

void MemberStory::tell_who_still_waits() {
  const base::Instant now = history_.now();
  for (const queue::Member* member : history_.core().engine().members()) {
    const bool waits =
        member->state == queue::MemberState::Waiting || member->state == queue::MemberState::Trying;
    if (!waits || !is_ours(*member)) continue;
    lines_.push_back(
        timed(now, fmt::format("is {} in {}", queue::to_text(member->state), member->queue_name)));
    add_verdicts(member->id, now, lines_);
  }
}

}  // namespace app
