// The SIP side of the program: profiles, dialogs and the registrar, on a thread of its own.
//
// Reports go to a function that runs on the sip thread; orders come in from any thread through a
// bounded inbox. What passes is declared in call/sip_messages.h. Stack is non-movable.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "call/directory.h"
#include "call/sip_messages.h"
#include "call/sip_profile.h"
#include "sip/call_gate.h"
#include "sip/trace/trace.h"

namespace sip {

// Who else sees the messages of a profile.
struct TraceView {
  std::string capture_server;    // Empty: nobody. As base::parse_capture_server() reads it.
  bool prints_messages = false;  // They go to the log from the start.
};

struct StackOptions {
  std::vector<call::SipProfile> profiles;
  std::map<std::string, TraceView> views = {};  // By profile.
  call::Directory directory;
  base::LegId first_leg{1};  // The first odd id to hand out.
  // Keeps nonces good over a restart; empty: made up at the start.
  std::string nonce_secret = {};
  // RFC 3261 §17.1.1.1, T1; all time-outs follow from it. Tests shorten it.
  std::chrono::milliseconds timer_t1{500};
  // Legs of an earlier process (RestoreDialog, RestoreInvite). They are there before the first
  // packet is read, so that a BYE that waits in the socket finds its leg; the same orders later do
  // the same with a gap.
  std::vector<call::SipOrder> restored = {};
  CallLimits limits = {};
  // "ip:port,…" to ask for host names; empty: the system's.
  std::string name_servers = {};
  // Asked on the sip thread for each new call; may be empty.
  CallGate::LoadOf core_load = {};
};

// The address a profile listens on; with port 0 in the profile, the one it got.
struct BoundProfile {
  std::string name;
  std::string address;
  std::uint16_t port = 0;
};

class Stack {
  struct Thread;
  struct Key {};  // Only start() makes one.

 public:
  // Called on the sip thread. Returns: false when the core has no room; a new call or registration
  // is then answered 503, and what must not be lost is offered again.
  using Report = std::function<bool(call::SipReport)>;

  // Binds all profiles and starts the thread. Reports may come before this returns.
  // Returns: a message that names profile, address and port when one cannot be bound.
  static base::Result<std::unique_ptr<Stack>> start(StackOptions options, Report report);

  // Stops the thread after the orders posted so far. Dialogs are left as they are, for the next
  // process; calls without an answer are refused or cancelled.
  ~Stack();
  Stack(Key, std::unique_ptr<Thread> thread);
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  // Any thread. Returns: false when the inbox is full; the order is then lost.
  bool post(call::SipOrder order);
  bool replace_directory(call::Directory directory);
  // Settings that need no other socket take effect with the next message of each profile.
  bool use_settings(std::vector<call::SipProfile> profiles);

  // Calls `tell` on the sip thread with those of them that it does not know, if any, once the
  // orders before are carried out and all reports have arrived; later or never when they have not.
  // Returns: false when the inbox is full.
  using Unknown = std::function<void(const std::vector<base::LegId>&)>;
  bool look_for(std::vector<base::LegId> legs, Unknown tell);

  // Calls `then` on the sip thread once the trace has all that was carried before this call.
  // Returns: false when the inbox is full; it is then never called.
  bool after_reading_trace(std::function<void()> then);
  // Lifetime: that of the stack.
  trace::Trace& trace();

  const std::vector<BoundProfile>& bound() const;
  // Any thread.
  const RefusedCalls& refused_calls() const;

 private:
  std::unique_ptr<Thread> thread_;
};

}  // namespace sip
