#include "sip/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

std::int64_t unix_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

constexpr int kExpiresMax = 7 * 24 * 3600;  // The core shortens it further; this bounds arithmetic.

int bounded_expires(std::int64_t seconds) {
  return static_cast<int>(std::clamp<std::int64_t>(seconds, 0, kExpiresMax));
}

int expires_header(const sip_t& request) {
  if (request.sip_expires == nullptr) return kExpiresDefaultSeconds;
  return bounded_expires(static_cast<std::int64_t>(request.sip_expires->ex_delta));
}

AuthenticationQuestion question_of(const Agent& agent, const sip_t& request) {
  return {.profile = agent.profile(),
          .method = "REGISTER",
          .domain = plain(request.sip_to->a_url->url_host),
          .subject = plain_user(request.sip_to->a_url),
          .credentials = request.sip_authorization,
          .now_seconds = unix_seconds()};
}

call::RegistrationReceived report_of(const Agent& agent, const sip_t& request,
                                     const HostPort& source) {
  call::RegistrationReceived report;
  report.profile = agent.profile().name;
  report.source = host_port_text(source);
  report.over_tcp = source.transport == Transport::Tcp;
  if (request.sip_user_agent != nullptr) {
    report.user_agent = one_line(plain(request.sip_user_agent->g_string)).substr(0, 256);
  }
  report.call_id = plain(request.sip_call_id->i_id).substr(0, kCallIdBytesMax);
  report.cseq = request.sip_cseq->cs_seq;
  return report;
}

}  // namespace

Registrar::Registrar(const Authentication& authentication, ContactPings& pings, Report report,
                     Seen seen)
    // Tickets of an earlier process must not be taken for ours: an order for one may still come.
    : authentication_(authentication),
      pings_(pings),
      report_(std::move(report)),
      seen_(std::move(seen)),
      next_ticket_((random_number() >> 8) | 1) {}

void Registrar::on_register(Agent& agent, MessagePtr message, const sip_t& request) {
  using Verdict = AuthenticationAnswer::Verdict;
  const AuthenticationQuestion question = question_of(agent, request);
  const AuthenticationAnswer answer = authentication_.decide(question);
  if (answer.verdict == Verdict::Challenge || answer.verdict == Verdict::Stale) {
    const std::string value = authentication_.challenge_for(question, answer.verdict);
    return agent.reply_stateless(std::move(message), 401, {{"WWW-Authenticate", value}});
  }
  if (answer.verdict == Verdict::Forbidden) {
    base::log_warning(base::LogSubject{base::LogArea::Sip},
                      "SIP profile '{}': REGISTER of {}@{} from {} refused: wrong user or password",
                      agent.profile().name, question.subject, question.domain,
                      host_port_text(source_of(message.get())));
    return agent.reply_stateless(std::move(message), 403, {});
  }
  auto contacts = contacts_of(request);
  if (!contacts) return agent.reply_stateless(std::move(message), 400, {});

  const HostPort source = source_of(message.get());
  call::RegistrationReceived report = report_of(agent, request, source);
  report.ticket = base::Ticket{next_ticket_++};
  report.user = answer.user;
  report.domain = answer.domain;
  report.contacts = std::move(contacts->contacts);
  report.remove_all = contacts->remove_all;
  auto transaction = ServerTransaction::open(agent, std::move(message));
  if (transaction == nullptr) return;
  const base::Ticket ticket = report.ticket;
  std::vector<std::string> named;
  for (const auto& contact : report.contacts) named.push_back(contact.uri);
  if (open_.size() >= kOpenTicketsMax || report_(std::move(report)) == Taken::No) {
    const auto delay = std::to_string(kRetryAfterSeconds);
    return transaction->reply({.status = 503, .headers = {{"Retry-After", delay}}});
  }
  open_[ticket] = Open{std::move(transaction), &agent, source, std::move(named),
                       Clock::now() + kTicketLifetime};
}

void Registrar::accept(const call::AcceptRegistration& order) {
  const auto found = open_.find(order.ticket);
  if (found == open_.end()) return;
  Reply reply{.status = 200};
  const Open& open = found->second;
  for (const std::string& uri : open.contacts) pings_.forget(uri);
  for (const auto& contact : order.contacts) {
    if (std::find(open.contacts.begin(), open.contacts.end(), contact.uri) != open.contacts.end()) {
      pings_.add(*open.agent, contact.uri, open.source,
                 Clock::now() + std::chrono::seconds(contact.expires_seconds));
      seen_(contact.uri, open.source);
    }
    reply.headers.emplace_back(
        "Contact", fmt::format("<{}>;expires={}", one_line(contact.uri), contact.expires_seconds));
  }
  found->second.transaction->reply(reply);
  open_.erase(found);
}

void Registrar::refuse(const call::RefuseRegistration& order) {
  const auto found = open_.find(order.ticket);
  if (found == open_.end()) return;
  const bool final = order.status >= 300 && order.status <= 699;
  Reply reply{.status = final ? order.status : 403};
  if (order.status == 423) {  // RFC 3261 §10.3, step 7
    reply.headers = {
        {"Min-Expires", std::to_string(found->second.agent->profile().expires_minimum_seconds)}};
  }
  found->second.transaction->reply(reply);
  open_.erase(found);
}

void Registrar::expire(Clock::time_point now) {
  // Tickets of one lifetime, handed out in order: the oldest is the first.
  while (!open_.empty() && open_.begin()->second.until <= now) {
    open_.begin()->second.transaction->reply({.status = 504});
    open_.erase(open_.begin());
  }
}

std::optional<RegisteredContacts> contacts_of(const sip_t& request) {
  RegisteredContacts result;
  const int common = expires_header(request);
  for (const sip_contact_t* each = request.sip_contact; each != nullptr; each = each->m_next) {
    if (each->m_url->url_type == url_any) {
      // "*" stands alone and means removal (RFC 3261 §10.2.2).
      const bool alone = each == request.sip_contact && each->m_next == nullptr;
      if (!alone || request.sip_expires == nullptr || common != 0) return std::nullopt;
      result.remove_all = true;
      return result;
    }
    if (!is_sip_uri(each->m_url) || result.contacts.size() == kContactsPerRegisterMax) {
      return std::nullopt;
    }
    std::string uri = plain_uri(each->m_url);
    if (uri.size() > kAddressBytesMax) return std::nullopt;
    const auto own = base::parse_integer(plain(each->m_expires));
    result.contacts.push_back({std::move(uri), own ? bounded_expires(*own) : common});
  }
  return result;
}

}  // namespace sip
