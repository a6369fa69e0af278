// A Stack on a free port of the loopback, a peer, and the reports in the order they came.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"
#include "sip/stack.h"
#include "sip/testing/raw_peer.h"

namespace sip::testing {

// Reports of the sip thread, waited for by the test's.
class Reports {
 public:
  bool put(call::SipReport report) {
    const std::lock_guard lock(mutex_);
    // Comes with every call of ours; tests that want it ask for it.
    if (auto* sent = std::get_if<call::InviteSent>(&report)) {
      sent_.push_back(std::move(*sent));
      arrived_.notify_all();
      return true;
    }
    if (room_ == 0) return false;
    if (room_ > 0) --room_;
    reports_.push_back(std::move(report));
    arrived_.notify_all();
    return true;
  }
  // How many more reports are taken; -1: any number.
  void set_room(int room) {
    const std::lock_guard lock(mutex_);
    room_ = room;
  }

  // The next report, which must be of this kind.
  template <class T>
  T expect() {
    call::SipReport report = next();
    if (!std::holds_alternative<T>(report)) {
      std::visit([](const auto& other) { fail(T::kName, other.kName); }, report);
    }
    return std::get<T>(std::move(report));
  }
  // The next report of this kind, whatever comes before it.
  template <class T>
  T find() {
    while (true) {
      call::SipReport report = next();
      if (auto* found = std::get_if<T>(&report)) return std::move(*found);
    }
  }
  // The next InviteSent.
  call::InviteSent expect_sent() {
    std::unique_lock lock(mutex_);
    CHECK(arrived_.wait_for(lock, RawPeer::kPatience, [this] { return !sent_.empty(); }));
    call::InviteSent sent = std::move(sent_.front());
    sent_.pop_front();
    return sent;
  }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return reports_.size();
  }

 private:
  static void fail(std::string_view wanted, std::string_view got);

  call::SipReport next() {
    std::unique_lock lock(mutex_);
    CHECK(arrived_.wait_for(lock, RawPeer::kPatience, [this] { return !reports_.empty(); }));
    call::SipReport report = std::move(reports_.front());
    reports_.pop_front();
    return report;
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<call::SipReport> reports_;
  std::deque<call::InviteSent> sent_;
  int room_ = -1;
};

inline void Reports::fail(std::string_view wanted, std::string_view got) {
  const std::string line =
      "expected the report " + std::string(wanted) + ", got " + std::string(got);
  base::check_failed("reports", 0, line.c_str());
}

inline call::SipProfile test_profile() {
  call::SipProfile profile;
  profile.name = "internal";
  profile.sip_port = 0;
  profile.auth_calls = false;
  return profile;
}

inline call::MediaDescription our_media() {
  call::MediaDescription media;
  media.address = "127.0.0.1";
  media.port = 20000;
  media.codecs = {{.payload_type = 0, .name = "PCMU", .clock_rate = 8000, .parameters = ""}};
  media.session_id = 7;
  media.session_version = 1;
  return media;
}

struct Rig {
  RawPeer peer;
  Reports reports;
  std::unique_ptr<Stack> stack;
  std::uint16_t port = 0;

  Rig() : Rig(options_of(test_profile())) {}
  explicit Rig(StackOptions options) { start(std::move(options)); }

  static StackOptions options_of(call::SipProfile profile) {
    StackOptions options;
    options.profiles = {std::move(profile)};
    return options;
  }
  void start(StackOptions options) {
    auto started = Stack::start(std::move(options), [this](call::SipReport report) {
      return reports.put(std::move(report));
    });
    CHECK(started.has_value());
    stack = std::move(*started);
    port = stack->bound().front().port;
  }

  void send(const Draft& draft) const { peer.send(text_of(draft, peer), port); }
  void send(const Answer& answer, const Message& request) const {
    peer.send(text_of(answer, request, peer), port);
  }
  // Everything sent before has been handled when this returns.
  void settle() {
    send(Draft{.method = "OPTIONS",
               .call_id = "settle-" + std::to_string(++settled_),
               .branch = "z9hG4bK-settle-" + std::to_string(settled_)});
    peer.response("OPTIONS");
  }

  // A call of the peer up to the ACK. `to` holds our tag.
  struct Call {
    base::LegId leg;
    std::string to;
    std::string target;  // Our Contact's URI.
    call::DialogFacts facts;
  };
  Call inbound_call() {
    send(Draft{.body = kOffer});
    const auto invited = reports.expect<call::LegInvited>();
    stack->post(call::AnswerLeg{invited.leg, our_media()});
    const Message ok = peer.response("INVITE");
    Call call{invited.leg, ok.header("To"), uri_in(ok.header("Contact")), {}};
    send(Draft{.method = "ACK", .uri = call.target, .to = call.to, .branch = "z9hG4bK-ack"});
    call.facts = reports.expect<call::DialogChanged>().facts;
    reports.expect<call::LegConfirmed>();
    return call;
  }

  call::InviteLeg invitation() const {
    call::InviteLeg order;
    order.leg = base::LegId{2};
    order.profile = "internal";
    order.request_uri = "sip:phone@" + peer.address();
    order.from_display = "A \"B\" C";
    order.from_user = "5000";
    order.offer = our_media();
    return order;
  }
  // A call to the peer up to the ACK.
  struct Answered {
    Message invite;
    Message ack;
    call::DialogFacts facts;
  };
  Answered outbound_call() {
    stack->post(invitation());
    const Message invite = peer.request("INVITE");
    send(Answer{.body = kOffer}, invite);
    const Message ack = peer.request("ACK");
    return {invite, ack, reports.expect<call::LegAnswered>().facts};
  }

  static std::string uri_in(const std::string& address) {
    const std::size_t begin = address.find('<') + 1;
    return address.substr(begin, address.find('>') - begin);
  }

 private:
  int settled_ = 0;
};

}  // namespace sip::testing
