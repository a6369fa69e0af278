// Everything the engine remembers, and the indexes that are made from it.
//
// Rows are the truth and are saved; indexes repeat them in the order in which decisions need them
// and are built anew after loading. Rules change rows and keep the indexes in step through the
// functions at the end and those of eligibility.h.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/archive.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/time.h"
#include "queue/agent_order.h"
#include "queue/deadlines.h"
#include "queue/floor.h"
#include "queue/messages.h"
#include "queue/observer.h"
#include "queue/offer.h"
#include "queue/records.h"
#include "queue/settings.h"
#include "queue/touched_rows.h"

namespace queue {

struct State {
  // ---- saved ----
  base::Random random;
  base::WallAnchor anchor;
  CallCenterSettings settings;
  std::map<base::AgentId, Agent> agents;
  std::map<base::QueueId, Queue> queues;
  std::map<TierKey, Tier> tiers;
  std::map<base::MemberId, Member> members;
  std::map<base::OfferId, Offer> offers;
  // Offers that a status change took back: not to be repeated to the agent before (spec/10 #46).
  std::map<std::pair<base::AgentId, base::MemberId>, base::Instant> not_again_before;
  // Calls outside the queues that agents are in (spec/10 #12).
  std::map<base::LegId, base::AgentId> external_calls;
  Deadlines deadlines;
  std::uint64_t last_id = 0;  // All kinds of ids count on from here.

  // ---- indexes ----
  std::map<std::string, base::AgentId, std::less<>> agent_by_name;          // Without removed ones.
  std::map<std::string, base::AgentId, std::less<>> leaving_agent_by_name;  // Removed ones.
  std::map<std::string, base::QueueId, std::less<>> queue_by_name;          // In lower case.
  std::map<base::AgentId, std::set<base::QueueId>> queues_of_agent;
  // How many tiers of a queue are at a level.
  std::map<base::QueueId, std::map<std::int64_t, std::size_t>> levels;
  std::map<base::QueueId, QueueFloor> floors;
  AgentOrder roster;  // Who is not logged out: roster.h.
  AgentOrder ready;   // Who could take a call this instant: eligibility.h.

  // ---- for those who keep copies ----
  TouchedRows touched_rows;
};

// Saves and loads the rows; after loading the caller rebuilds the indexes.
void describe(base::Archive& archive, State& state);

// Builds all indexes from the rows.
void rebuild_indexes(State& state);

// What one call of the engine works on, and the queues in which an offer may have become possible:
// people are brought together when the rules have run (dispatch.h).
struct Turn {
  State& state;
  base::Instant now;
  Commands& out;
  Observer* observer = nullptr;
  std::set<base::QueueId> touched = {};
};

// ---- rows ----
// nullptr: a stale id or an unknown name, which is a normal miss. A row that is looked up in a
// state that may be changed counts as touched.
Agent* find_agent(State& state, base::AgentId id);
Agent* find_agent(State& state, std::string_view name);
Queue* find_queue(State& state, base::QueueId id);
Queue* find_loaded_queue(State& state, std::string_view name);
const Queue* find_loaded_queue(const State& state, std::string_view name);
Tier* find_tier(State& state, base::QueueId queue, base::AgentId agent);
Member* find_member(State& state, base::MemberId id);
Offer* find_offer(State& state, base::OfferId id);

// ---- rows that are there ----
// Requires: the row exists, as for every id that another row or an armed deadline names
// (invariants.cc). Ids from outside are looked up with the functions above.
Agent& the_agent(State& state, base::AgentId id);
Queue& the_queue(State& state, base::QueueId id);
const Queue& the_queue(const State& state, base::QueueId id);
Member& the_member(State& state, base::MemberId id);

// How many members of the queue wait or are tried.
std::size_t count_inside(const State& state, base::QueueId queue);

// What the member has in addition to its waiting: base score and the queue's weight.
base::Duration credit_of(const State& state, const Member& member);
base::Duration credit_of(const Queue& queue, const Member& member);
Place place_of(const State& state, const Member& member);

// Changes what a member is doing, in the row and on its queue's floor, and whether it is in line.
void set_member_state(Turn& turn, Member& member, MemberState to);
// Deletes a row; a queue that is not loaded and named by nobody goes with it.
void forget_member(State& state, base::MemberId id);
void forget_queue_if_unused(State& state, base::QueueId id);

// The whole seconds of an operator's delay, kept where arithmetic on instants stays exact.
base::Duration seconds(std::int64_t count);

}  // namespace queue
