#include "sip/stray_answer.h"

#include <utility>

#include "base/log.h"
#include "sip/compose.h"
#include "sip/facts.h"
#include "sip/transaction.h"
#include "sip/wire_text.h"

namespace sip {

void end_stray_answer(Agent& agent, const sip_t& response, const HostPort& source) {
  auto path = path_of(response, Reading::Backwards);
  if (!path || path->target.empty() || response.sip_via == nullptr) return;
  call::DialogFacts facts;
  facts.call_id = plain(response.sip_call_id->i_id);
  facts.local_tag = plain(response.sip_from->a_tag);
  facts.remote_tag = plain(response.sip_to->a_tag);
  facts.local_address = plain_address(response.sip_from);
  facts.remote_address = plain_address(response.sip_to);
  facts.remote_target = std::move(path->target);
  facts.routes = std::move(path->routes);

  const std::uint32_t cseq = response.sip_cseq->cs_seq;
  note_source(facts, source);
  const auto acknowledged = ClientTransaction::acknowledge(
      agent, compose(agent, facts, {.method = sip_method_ack, .cseq = cseq}), source,
      plain(response.sip_via->v_branch));
  if (acknowledged == ClientTransaction::AckResult::Refused) return;
  base::log_info(base::LogSubject{base::LogArea::Sip},
                 "sip: an answer for an unknown call from {} is ended", host_port_text(source));
  // Nobody waits for the end of it; the library repeats it as needed.
  ClientTransaction::send(agent,
                          compose(agent, facts, {.method = sip_method_bye, .cseq = cseq + 1}),
                          source, [](int, const sip_t*) {});
}

}  // namespace sip
