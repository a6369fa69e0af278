// The words of the queue engine that outside programs see: statuses, states and causes, and their
// canonical spelling (spec/01 §5, spec/04 §1). Input is taken in any case (spec/10 #26).
#pragma once

#include <optional>
#include <string_view>

namespace queue {

// Chosen by people: may this agent be offered calls?
enum class AgentStatus { LoggedOut, Available, AvailableOnDemand, OnBreak };
// Observed: what is the agent doing?
enum class AgentState { Waiting, Receiving, InAQueueCall, Idle, Reserved };
enum class TierState { Ready, NoAnswer, Offering, ActiveInbound, Standby };
enum class MemberState { Waiting, Trying, Answered, Abandoned };
// Why a member left without a conversation. None: the caller went between the agent's answer and
// the bridge.
enum class ExitCause { None, Timeout, NoAgentTimeout, BreakOut, ExitWithKey };

std::string_view to_text(AgentStatus status);  // "Available (On Demand)" …
std::string_view to_text(AgentState state);    // "In a queue call" …
std::string_view to_text(TierState state);     // "No Answer" …
std::string_view to_text(MemberState state);
std::string_view to_text(ExitCause cause);  // "NO_AGENT_TIMEOUT" …

// nullopt: no such word.
std::optional<AgentStatus> parse_agent_status(std::string_view text);
std::optional<AgentState> parse_agent_state(std::string_view text);
std::optional<TierState> parse_tier_state(std::string_view text);
// "callback" or "uuid-standby" in any case.
bool is_agent_type(std::string_view text);

}  // namespace queue
