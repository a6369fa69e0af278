// The SIP library, included in one place with our types as the contexts of its callbacks, and its
// objects behind owners. Only files of this folder include it; nothing of the library shows in
// stack.h.
//
// Used at the level of transactions (nta), never above: one INVITE with a hostile Contact crashes
// the library's user agent (nua). All of it belongs to the sip thread.
#pragma once

#include <memory>

namespace sip {
class Agent;
class ServerTransaction;
class ClientTransaction;
}  // namespace sip

#define NTA_AGENT_MAGIC_T sip::Agent
#define NTA_INCOMING_MAGIC_T sip::ServerTransaction
#define NTA_OUTGOING_MAGIC_T sip::ClientTransaction

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_header.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_protos.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_tagarg.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/url.h>

namespace sip {

struct MessageRelease {
  void operator()(msg_t* message) const { msg_destroy(message); }
};
// One reference to a message.
using MessagePtr = std::unique_ptr<msg_t, MessageRelease>;

struct HomeRelease {
  void operator()(su_home_t* home) const { su_home_unref(home); }
};
// An arena of the library; what is parsed into it lives as long.
using HomePtr = std::unique_ptr<su_home_t, HomeRelease>;

inline HomePtr make_home() {
  return HomePtr(static_cast<su_home_t*>(su_home_new(sizeof(su_home_t))));
}

inline const url_string_t* as_url_string(const char* text) {
  return reinterpret_cast<const url_string_t*>(text);
}

}  // namespace sip
