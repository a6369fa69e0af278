#include "queue/names.h"

#include <array>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "queue/word_list.h"

namespace queue {
namespace {

template <class Word, std::size_t kCount>
using Spellings = std::array<std::pair<Word, std::string_view>, kCount>;

constexpr Spellings<AgentStatus, 4> kAgentStatuses{{
    {AgentStatus::LoggedOut, "Logged Out"},
    {AgentStatus::Available, "Available"},
    {AgentStatus::AvailableOnDemand, "Available (On Demand)"},
    {AgentStatus::OnBreak, "On Break"},
}};

constexpr Spellings<AgentState, 5> kAgentStates{{
    {AgentState::Waiting, "Waiting"},
    {AgentState::Receiving, "Receiving"},
    {AgentState::InAQueueCall, "In a queue call"},
    {AgentState::Idle, "Idle"},
    {AgentState::Reserved, "Reserved"},
}};

constexpr Spellings<TierState, 5> kTierStates{{
    {TierState::Ready, "Ready"},
    {TierState::NoAnswer, "No Answer"},
    {TierState::Offering, "Offering"},
    {TierState::ActiveInbound, "Active Inbound"},
    {TierState::Standby, "Standby"},
}};

constexpr Spellings<MemberState, 4> kMemberStates{{
    {MemberState::Waiting, "Waiting"},
    {MemberState::Trying, "Trying"},
    {MemberState::Answered, "Answered"},
    {MemberState::Abandoned, "Abandoned"},
}};

constexpr Spellings<ExitCause, 5> kExitCauses{{
    {ExitCause::None, "NONE"},
    {ExitCause::Timeout, "TIMEOUT"},
    {ExitCause::NoAgentTimeout, "NO_AGENT_TIMEOUT"},
    {ExitCause::BreakOut, "BREAK_OUT"},
    {ExitCause::ExitWithKey, "EXIT_WITH_KEY"},
}};

template <class Word, std::size_t kCount>
std::string_view spelling(const Spellings<Word, kCount>& words, Word wanted) {
  for (const auto& [word, text] : words) {
    if (word == wanted) return text;
  }
  CHECK(false && "a word without a spelling");
}

template <class Word, std::size_t kCount>
std::optional<Word> parse(const Spellings<Word, kCount>& words, std::string_view wanted) {
  for (const auto& [word, text] : words) {
    if (base::equal_ignoring_case(text, wanted)) return word;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(AgentStatus status) {
  return spelling(kAgentStatuses, status);
}
std::string_view to_text(AgentState state) {
  return spelling(kAgentStates, state);
}
std::string_view to_text(TierState state) {
  return spelling(kTierStates, state);
}
std::string_view to_text(MemberState state) {
  return spelling(kMemberStates, state);
}
std::string_view to_text(ExitCause cause) {
  return spelling(kExitCauses, cause);
}

std::optional<AgentStatus> parse_agent_status(std::string_view text) {
  return parse(kAgentStatuses, text);
}
std::optional<AgentState> parse_agent_state(std::string_view text) {
  return parse(kAgentStates, text);
}
std::optional<TierState> parse_tier_state(std::string_view text) {
  return parse(kTierStates, text);
}

std::vector<KindOfWord> all_words() {
  std::vector<KindOfWord> all;
  const auto add = [&all](std::string_view kind, const auto& words) {
    for (const auto& [word, text] : words) all.push_back({kind, text});
  };
  add("agent-status", kAgentStatuses);
  add("agent-state", kAgentStates);
  add("tier-state", kTierStates);
  add("member-state", kMemberStates);
  add("cancel-reason", kExitCauses);
  return all;
}

bool is_agent_type(std::string_view text) {
  return base::equal_ignoring_case(text, "callback") ||
         base::equal_ignoring_case(text, "uuid-standby");
}

}  // namespace queue
