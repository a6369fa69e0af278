#include "sip/wire_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/limits.h"

namespace sip {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 3261 §25.1
bool is_token(std::string_view text) {
  static constexpr std::string_view kMarks = "-.!%*_+`'~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || kMarks.find(c) != std::string_view::npos;
  });
}

// user = 1*( unreserved / escaped / user-unreserved ), RFC 3261 §25.1
std::string escaped_user(std::string_view user) {
  static constexpr std::string_view kPlain = "-_.!~*'()&=+$,;?/";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : user) {
    if (is_alphanumeric(c) || kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    out += '%';
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 0xf];
  }
  return out;
}

std::string quoted(std::string_view display) {
  std::string out = "\"";
  for (const char c : one_line(display)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string plain(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string plain_uri(const url_t* url) {
  if (url == nullptr) return {};
  const HomePtr home = make_home();
  return plain(url_as_string(home.get(), url));
}

std::string plain_user(const url_t* url) {
  if (url == nullptr || url->url_user == nullptr) return {};
  return one_line(base::url_decode(url->url_user));
}

std::string plain_display(const char* display) {
  std::string_view text = base::trim(display == nullptr ? "" : display);
  std::string out;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      out += text[i];
    }
  } else {
    out = text;
  }
  out = one_line(out);
  if (out.size() > kDisplayBytesMax) out.resize(kDisplayBytesMax);
  return out;
}

std::string plain_address(const sip_addr_t* address) {
  if (address == nullptr) return {};
  const std::string display = one_line(plain(address->a_display));
  const std::string uri = "<" + plain_uri(address->a_url) + ">";
  return display.empty() ? uri : display + " " + uri;
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }, ' ');
  return out;
}

std::string name_address(const NameAddress& parts) {
  std::string uri = "<sip:";
  if (!parts.user.empty()) uri += escaped_user(parts.user) + "@";
  uri += one_line(parts.host);
  uri += ">";
  if (parts.display.empty()) return uri;
  return quoted(parts.display.substr(0, kDisplayBytesMax)) + " " + uri;
}

std::string header_lines(const base::Headers& headers) {
  std::string lines;
  for (const auto& [name, value] : headers) {
    if (is_token(name)) lines += name + ": " + one_line(value) + "\r\n";
  }
  return lines;
}

bool may_be_set(std::string_view header) {
  static constexpr std::array<std::string_view, 24> kOurs = {"via",
                                                             "from",
                                                             "to",
                                                             "call-id",
                                                             "cseq",
                                                             "contact",
                                                             "route",
                                                             "record-route",
                                                             "max-forwards",
                                                             "content-type",
                                                             "content-length",
                                                             "content-encoding",
                                                             "allow",
                                                             "user-agent",
                                                             "require",
                                                             "supported",
                                                             "authorization",
                                                             "proxy-authorization",
                                                             "v",
                                                             "f",
                                                             "t",
                                                             "i",
                                                             "m",
                                                             "l"};
  const std::string lower = base::to_lower(header);
  return std::find(kOurs.begin(), kOurs.end(), lower) == kOurs.end();
}

std::optional<int> q850_cause(const sip_reason_t* reason) {
  for (; reason != nullptr; reason = reason->re_next) {
    if (!base::equal_ignoring_case(plain(reason->re_protocol), "Q.850")) continue;
    const auto cause = base::parse_integer(plain(reason->re_cause));
    if (cause && *cause >= 0 && *cause < 128) return static_cast<int>(*cause);
  }
  return std::nullopt;
}

}  // namespace sip
