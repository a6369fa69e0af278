#include "base/xml_text.h"

#include "base/text.h"
#include "base/utf8.h"

namespace base {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// An element's name: of the characters that XML allows there, the ASCII ones.
std::string xml_name(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    const bool fine = is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!fine) c = '_';
  }
  if (out.empty() || !is_letter(out.front())) out.insert(out.begin(), '_');
  return out;
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : well_formed(text)) {
    const bool control = static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t';
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '\r') {
      out += "&#13;";
    } else {
      out += control ? ' ' : c;
    }
  }
  return out;
}

std::string event_xml(const Headers& headers, std::string_view body) {
  std::string out = "<event>\n  <headers>\n";
  for (const auto& [name, value] : headers) {
    const std::string element = xml_name(name);
    // Values are URL-encoded here too, which leaves nothing for XML to escape.
    out += "    <" + element + ">" + url_encode(value) + "</" + element + ">\n";
  }
  out += "  </headers>\n";
  if (!body.empty()) out += "  <body>" + xml_escaped(body) + "</body>\n";
  return out += "</event>\n";
}

}  // namespace base
