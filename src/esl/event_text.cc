#include "esl/event_text.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "base/text.h"
#include "base/utf8.h"
#include "base/xml_text.h"
#include "esl/framing.h"

namespace esl {
namespace {

// strftime's names follow the locale; the protocol's do not.
constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// The original names the source line that made the event. Programs print it at most.
constexpr std::string_view kCallingFile = "ringmaster";
constexpr std::string_view kCallingFunction = "publish";
constexpr std::string_view kCallingLine = "1";

std::string local_date(std::time_t seconds) {
  std::tm at{};
  ::localtime_r(&seconds, &at);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d", at.tm_year + 1900,
                at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
  return text.data();
}

std::string gmt_date(std::time_t seconds) {
  std::tm at{};
  ::gmtime_r(&seconds, &at);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays.at(static_cast<std::size_t>(at.tm_wday)), at.tm_mday,
                kMonths.at(static_cast<std::size_t>(at.tm_mon)), at.tm_year + 1900, at.tm_hour,
                at.tm_min, at.tm_sec);
  return text.data();
}

// All headers in their order (spec/06 §1). The subclass stands first, as the recordings have it.
base::Headers all_headers(const base::EslEvent& event, const Identity& identity) {
  const auto seconds = static_cast<std::time_t>(event.unix_us / 1'000'000);
  base::EslEvent all;
  all.headers.reserve(event.headers.size() + 16);
  all.add("Event-Subclass", event.subclass);
  all.add("Event-Name", event.name);
  all.add("Core-UUID", identity.core_uuid);
  all.add("FreeSWITCH-Hostname", identity.hostname);
  all.add("FreeSWITCH-Switchname", identity.switchname);
  all.add("FreeSWITCH-IPv4", identity.ip_v4);
  all.add("FreeSWITCH-IPv6", identity.ip_v6);
  all.add("Event-Date-Local", local_date(seconds));
  all.add("Event-Date-GMT", gmt_date(seconds));
  all.add("Event-Date-Timestamp", std::to_string(event.unix_us));
  all.add("Event-Calling-File", kCallingFile);
  all.add("Event-Calling-Function", kCallingFunction);
  all.add("Event-Calling-Line-Number", kCallingLine);
  all.add("Event-Sequence", std::to_string(event.sequence));
  for (const auto& [name, value] : event.headers) all.add(name, value);
  if (!event.body.empty()) all.add("Content-Length", std::to_string(event.body.size()));
  return std::move(all.headers);
}

// ---- plain -------------------------------------------------------------------------------------

// A header's name, which no format encodes, without what would end it. Names come from dialplans
// (variable_…), so anything is possible in them.
std::string plain_name(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || c == ':') c = '_';
  }
  return out;
}

std::string plain_text(const base::Headers& headers, const std::string& body) {
  std::string out;
  for (const auto& [name, value] : headers) {
    out += plain_name(name);
    out += ": ";
    out += base::url_encode(value);
    out += '\n';
  }
  out += '\n';
  return out += body;
}

// ---- JSON --------------------------------------------------------------------------------------

// A JSON string (RFC 8259 §7).
void append_quoted(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  static constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  static constexpr std::string_view kLetters = "\"\\bfnrt";
  out += '"';
  for (const char c : base::well_formed(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
      out += '\\';
      out += kLetters[at];
    } else if (byte < ' ') {
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 0xf];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string json_text(const base::Headers& headers, const std::string& body) {
  std::string out = "{";
  const auto member = [&out](std::string_view name, std::string_view value) {
    if (out.size() > 1) out += ',';
    append_quoted(out, name);
    out += ':';
    append_quoted(out, value);
  };
  for (const auto& [name, value] : headers) member(name, value);
  if (!body.empty()) member("_body", body);
  return out += '}';
}

}  // namespace

std::string render(const base::EslEvent& event, EventFormat format, const Identity& identity) {
  const base::Headers headers = all_headers(event, identity);
  std::string text;
  switch (format) {
    case EventFormat::Plain:
      text = plain_text(headers, event.body);
      break;
    case EventFormat::Json:
      text = json_text(headers, event.body);
      break;
    case EventFormat::Xml:
      text = base::event_xml(headers, event.body);
      break;
  }
  return "Content-Length: " + std::to_string(text.size()) + "\nContent-Type: text/event-" +
         std::string(to_text(format)) + "\n\n" + text;
}

}  // namespace esl
