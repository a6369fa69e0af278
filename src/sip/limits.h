// Every limit of the sip folder, with its reason. Reaching one is a defined outcome, named here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sip {

// A larger message is answered 413 by the library. Real INVITEs stay below 10 kB.
inline constexpr std::size_t kMessageBytesMax = 32 * 1024;
// A larger SDP is malformed to us: 400.
inline constexpr std::size_t kSdpBytesMax = 16 * 1024;
inline constexpr std::size_t kSdpLinesMax = 512;
// Words of one m= line: 96 dynamic payload types and more cannot be meant.
inline constexpr std::size_t kMediaWordsMax = 100;
// Codecs kept of one audio line; those behind are the ones the peer wants least.
inline constexpr std::size_t kCodecsMax = 32;
// Media lines beside the audio; an SDP with more is answered 488.
inline constexpr std::size_t kOtherLinesMax = 16;

// X-… headers kept of an INVITE, and how much of each: they become channel variables.
inline constexpr std::size_t kExtraHeadersMax = 32;
inline constexpr std::size_t kExtraHeaderNameMax = 128;
inline constexpr std::size_t kExtraHeaderValueMax = 1024;
// Display names are cut here: they are shown on phones and copied into every event of a call.
inline constexpr std::size_t kDisplayBytesMax = 256;
// RFC 3261 §20.22: Max-Forwards is at most 255.
inline constexpr unsigned long kMaxForwardsMax = 255;
// A From, To or Contact longer than this, a longer Call-ID or tag, or more routes: 400. They are
// kept in the saved state of each leg for as long as it lives.
inline constexpr std::size_t kAddressBytesMax = 1024;
inline constexpr std::size_t kCallIdBytesMax = 256;
inline constexpr std::size_t kTagBytesMax = 256;
inline constexpr std::size_t kRoutesMax = 16;

// Via headers kept of an INVITE, for an answer to it from a new process; with more there is none.
inline constexpr std::size_t kViasMax = 20;

// TCP connections of one profile; of more the newest are closed within a second. A phone has one.
inline constexpr std::size_t kConnectionsMax = 5'000;
// A connection on which nothing happens for longer than a phone may stay registered is closed.
inline constexpr std::chrono::milliseconds kConnectionIdleMax = std::chrono::hours{25};
// A message that began to come by TCP must end within this time, or its connection is closed.
inline constexpr std::chrono::milliseconds kUnfinishedMessageMax = std::chrono::seconds{20};
// Messages that wait for a peer that does not read; with more, sending to it fails at once.
inline constexpr unsigned kConnectionQueueMax = 64;

// Legs alive at once; a further INVITE is answered 503. Three times what one machine relays.
inline constexpr std::size_t kLegsMax = 20'000;
// Orders that wait for the sip thread. It drains them in microseconds; full means it hangs.
inline constexpr std::size_t kOrdersMax = 65'536;
// Reports that wait because the inbox of the core is full. New INVITEs and REGISTERs are refused
// while any waits, so only what living legs still have to tell can gather here.
inline constexpr std::size_t kReportBacklogMax = 200'000;
// How often the backlog is offered again.
inline constexpr std::chrono::milliseconds kBacklogRetry{20};
// What Retry-After asks of a caller who met a full inbox.
inline constexpr int kRetryAfterSeconds = 5;

// Contacts of one REGISTER; with more it is answered 400. Phones send one or two.
inline constexpr std::size_t kContactsPerRegisterMax = 8;
// REGISTERs whose reply the core still owes; a further one is answered 503.
inline constexpr std::size_t kOpenTicketsMax = 2'000;
// After 64·T1 the client has given up (RFC 3261 §17.1.2.2, timer F); so does the ticket.
inline constexpr std::chrono::seconds kTicketLifetime{32};
// Expires when a REGISTER names none (RFC 3261 §10.2.1.1 leaves it to the registrar).
inline constexpr int kExpiresDefaultSeconds = 3600;
// Session-Expires beyond a day is taken for a day: who is not heard of for so long is gone.
inline constexpr unsigned long kSessionSecondsMax = 86'400;
// How often a call is sent again with a longer session because of a 422.
inline constexpr int kSessionRaisesMax = 3;
// Hops of a call that is redirected (decision #45).
inline constexpr int kRedirectsMax = 3;
// Other addresses that are tried when one does not answer.
inline constexpr std::size_t kAttemptsMax = 8;
// An address that is silent for so many T1 (4 s) is left for the next one, when there is one: with
// the 32 s of a transaction (RFC 3261 §17.1.1.2) an agent would have been rung no more.
inline constexpr int kSilentAttemptTimers = 8;

// A name is given up after this time: a caller hears ringing or nothing meanwhile.
inline constexpr std::chrono::seconds kLookupMax{5};
inline constexpr int kNameServerTimeoutMs = 1'500;
inline constexpr int kNameServerTries = 2;
// How often open lookups are looked at, so that questions are repeated in time.
inline constexpr std::chrono::milliseconds kLookupTick{50};
// Names asked for at once; one more leads nowhere.
inline constexpr std::size_t kLookupsMax = 2'000;
// Hosts of one SRV answer that are looked at.
inline constexpr std::size_t kServiceHostsMax = 8;

// How often a registered phone is asked for a sign of life, in T1 (25 s): routers forget a UDP way
// after 30 s.
inline constexpr int kContactPingTimers = 50;
// Phones that are asked at all; those beyond keep their ways open themselves.
inline constexpr std::size_t kPingedContactsMax = 20'000;
// Of them in one second, so that they do not come in a burst after a restart.
inline constexpr int kPingsPerTickMax = 1'000;

// Every two T1 (1 s) so many restored dialogs are asked whether their peers are still there; more
// at once would be a burst that nobody survives but us.
inline constexpr int kLifeTickTimers = 2;
inline constexpr int kLifeQuestionsPerTick = 100;
// A peer by TCP that cannot be reached comes back in its own time: it is asked again after so many
// T1 (15 s), and given up after so many questions (two minutes).
inline constexpr int kLifeQuestionTimers = 30;
inline constexpr int kLifeQuestionsMax = 8;

// Requests that an earlier process may have sent and not reported any more: when a peer finds our
// number too low, so many are left out.
inline constexpr std::uint32_t kLostRequestsMax = 8;

// Credentials headers looked at per request, and parameters of each.
inline constexpr std::size_t kCredentialsMax = 8;
inline constexpr std::size_t kDigestParametersMax = 32;

// Keys that wait to be told to a peer by INFO; nobody types that far ahead.
inline constexpr std::size_t kDigitsWaitingMax = 32;

// NOTIFYs to phones that have not answered yet: one for each phone of a few large sites.
inline constexpr std::size_t kNoticesWaitingMax = 10'000;

// No ACK within 64·T1 ends a call (RFC 3261 §13.3.1.4). The library tells at 32 s; this later
// deadline of ours catches an answer that could not even be sent.
inline constexpr std::chrono::seconds kConfirmDeadline{40};
// How often deadlines are looked at.
inline constexpr std::chrono::milliseconds kHousekeepingInterval{1000};
// How old the trace may be. What happened since waits in memory: at three thousand messages a
// second some hundred kilobytes.
inline constexpr std::chrono::milliseconds kTraceInterval{100};
// Receive buffer of the socket: a burst of some thousand requests while the thread is busy.
inline constexpr unsigned kReceiveBufferBytes = 4 * 1024 * 1024;

}  // namespace sip
