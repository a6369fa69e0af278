#include "call/dial_string.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace call {
namespace {

constexpr std::string_view kEnterpriseSeparator = ":_:";

char closing_of(char open) {
  switch (open) {
    case '{':
      return '}';
    case '[':
      return ']';
    default:
      return '>';
  }
}

// Splits at `separator` outside single quotes; a backslash takes the separator's meaning away.
std::vector<std::string_view> split_outside_quotes(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      ++i;
    } else if (c == '\'') {
      quoted = !quoted && text.find('\'', i + 1) != std::string_view::npos;
    } else if (c == separator && !quoted) {
      parts.push_back(text.substr(start, i - start));
      start = i + 1;
    }
  }
  parts.push_back(text.substr(start));
  return parts;
}

// Takes away the backslashes before what would mean something, and the quotes around the value.
std::string plain_value(std::string_view text, char separator) {
  text = base::trim(text);
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') {
    text = text.substr(1, text.size() - 2);
  }
  constexpr std::string_view kMeaningful = "'\\{}[]<>";
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes =
        text[i] == '\\' && i + 1 < text.size() &&
        (text[i + 1] == separator || kMeaningful.find(text[i + 1]) != std::string_view::npos);
    if (escapes) ++i;
    plain += text[i];
  }
  return plain;
}

base::Result<DialVariables> parse_variables(std::string_view text) {
  char separator = ',';
  if (text.size() >= 3 && text.substr(0, 2) == "^^") {
    separator = text[2];
    text.remove_prefix(3);
  }
  DialVariables variables;
  for (const std::string_view part : split_outside_quotes(text, separator)) {
    const std::string_view pair = base::trim(part);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    // A name without a value is set to true, as the original does.
    std::string name(base::trim(pair.substr(0, equals)));
    if (name.empty()) return base::failure("a variable without a name in a dial string");
    std::string value =
        equals == std::string_view::npos ? "true" : plain_value(pair.substr(equals + 1), separator);
    variables.emplace_back(std::move(name), std::move(value));
    if (variables.size() > kDialVariablesMax) {
      return base::failure("too many variables in a dial string");
    }
  }
  return variables;
}

// Takes the bracketed variables off the front of `text`.
base::Result<DialVariables> take_variables(std::string_view& text, char open) {
  DialVariables variables;
  text = base::trim(text);
  while (!text.empty() && text.front() == open) {
    const std::size_t close = find_closing_bracket(text);
    if (close == std::string_view::npos) {
      return base::failure(std::string("a dial string opens ") + open + " without closing it");
    }
    auto some = parse_variables(text.substr(1, close - 1));
    if (!some) return base::failure(some.error());
    variables.insert(variables.end(), some->begin(), some->end());
    text = base::trim(text.substr(close + 1));
  }
  return variables;
}

// Splits at `separator` outside brackets.
std::vector<std::string_view> split_outside_brackets(std::string_view text,
                                                     std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') {
      const std::size_t close = find_closing_bracket(text.substr(i));
      if (close != std::string_view::npos) i += close;
    } else if (text.substr(i, separator.size()) == separator) {
      parts.push_back(text.substr(start, i - start));
      i += separator.size() - 1;
      start = i + 1;
    }
  }
  parts.push_back(text.substr(start));
  return parts;
}

DialVariables joined(const DialVariables& weaker, const DialVariables& stronger) {
  DialVariables all = weaker;
  all.insert(all.end(), stronger.begin(), stronger.end());
  return all;
}

base::Result<Destination> parse_destination(std::string_view text, const DialVariables& shared) {
  // A user's dial-string that is put into a list brings its own {…} along.
  auto global = take_variables(text, '{');
  if (!global) return base::failure(global.error());
  auto own = take_variables(text, '[');
  if (!own) return base::failure(own.error());
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) {
    return base::failure("\"" + std::string(text) + "\" is not ENDPOINT/ADDRESS");
  }
  Destination destination;
  destination.variables = joined(joined(shared, *global), *own);
  destination.endpoint = base::to_lower(text.substr(0, slash));
  destination.address = text.substr(slash + 1);
  return destination;
}

base::Result<DialGroup> parse_group(std::string_view text, const DialVariables& shared) {
  DialGroup group;
  for (const std::string_view part : split_outside_brackets(text, ",")) {
    if (base::trim(part).empty()) continue;
    auto destination = parse_destination(part, shared);
    if (!destination) return base::failure(destination.error());
    group.push_back(std::move(*destination));
    if (group.size() > kDestinationsMax) return base::failure("too many destinations");
  }
  return group;
}

// One dial string of an enterprise one: {…} and the groups behind it.
base::Result<DialSequence> parse_sequence(std::string_view text, const DialVariables& enterprise) {
  auto global = take_variables(text, '{');
  if (!global) return base::failure(global.error());
  const DialVariables shared = joined(enterprise, *global);
  DialSequence sequence;
  for (const std::string_view part : split_outside_brackets(text, "|")) {
    auto group = parse_group(part, shared);
    if (!group) return base::failure(group.error());
    if (!group->empty()) sequence.push_back(std::move(*group));
    if (sequence.size() > kDestinationsMax) return base::failure("too many destinations");
  }
  return sequence;
}

// "sip:192.0.2.7:5060;lr" or "192.0.2.7:5060" → "192.0.2.7:5060".
std::string host_and_port(std::string_view uri) {
  if (base::to_lower(uri.substr(0, 4)) == "sip:") uri.remove_prefix(4);
  uri = uri.substr(0, uri.find(';'));
  const std::size_t at = uri.rfind('@');
  if (at != std::string_view::npos) uri.remove_prefix(at + 1);
  return std::string(uri);
}

// The address of a path, and how it is gone to when that is not UDP.
std::string next_hop_of(std::string_view path) {
  const auto parts = base::split(path, ';');
  const bool by_tcp = std::any_of(parts.begin() + 1, parts.end(), [](const std::string& part) {
    return base::equal_ignoring_case(part, "transport=tcp");
  });
  return host_and_port(path) + (by_tcp ? ";transport=tcp" : "");
}

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f;
  });
}

}  // namespace

std::size_t DialString::size() const {
  std::size_t count = 0;
  for (const DialSequence& sequence : sequences) {
    for (const DialGroup& group : sequence) count += group.size();
  }
  return count;
}

void describe(base::Archive& archive, Destination& destination) {
  archive.field("variables", destination.variables);
  archive.field("endpoint", destination.endpoint);
  archive.field("address", destination.address);
}

std::size_t find_closing_bracket(std::string_view text) {
  const char open = text.front();
  const char close = closing_of(open);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      ++i;
    } else if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && c == open) {
      ++depth;
    } else if (!quoted && c == close && --depth == 0) {
      return i;
    }
  }
  // A stray quote (O'Brien) must not swallow the rest of the dial string.
  return text.find(close);
}

base::Result<DialString> parse_dial_string(std::string_view text) {
  if (text.size() > kDialStringBytesMax) return base::failure("the dial string is too long");
  auto enterprise = take_variables(text, '<');
  if (!enterprise) return base::failure(enterprise.error());
  DialString dial_string;
  for (const std::string_view part : split_outside_brackets(text, kEnterpriseSeparator)) {
    auto sequence = parse_sequence(part, *enterprise);
    if (!sequence) return base::failure(sequence.error());
    if (!sequence->empty()) dial_string.sequences.push_back(std::move(*sequence));
    if (dial_string.size() > kDestinationsMax) return base::failure("too many destinations");
  }
  if (dial_string.sequences.empty()) return base::failure("the dial string is empty");
  return dial_string;
}

std::string_view value_of(const DialVariables& variables, std::string_view name) {
  for (auto it = variables.rbegin(); it != variables.rend(); ++it) {
    if (it->first == name) return it->second;
  }
  return {};
}

base::Result<SofiaTarget> parse_sofia_address(std::string_view address) {
  const std::size_t slash = address.find('/');
  if (slash == std::string_view::npos || slash == 0) {
    return base::failure("sofia/" + std::string(address) + " names no profile and address");
  }
  SofiaTarget target;
  target.profile = address.substr(0, slash);
  std::string_view uri = address.substr(slash + 1);
  if (base::to_lower(uri.substr(0, 5)) == "sips:") {
    return base::failure("sips: is not supported: " + std::string(uri));
  }
  if (base::to_lower(uri.substr(0, 4)) == "sip:") uri.remove_prefix(4);
  if (uri.empty() || !is_plain(uri)) {
    return base::failure("sofia/" + std::string(address) + " holds no SIP address");
  }

  const auto parts = base::split(uri, ';');
  const std::size_t at = parts[0].rfind('@');
  const std::string host = at == std::string::npos ? parts[0] : parts[0].substr(at + 1);
  if (host.empty()) return base::failure("sofia/" + std::string(address) + " names no host");
  if (at != std::string::npos) target.user = parts[0].substr(0, at);
  target.request_uri = "sip:" + parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].rfind("fs_path=", 0) == 0) {
      target.next_hop = next_hop_of(base::url_decode(parts[i].substr(8)));
      if (!is_plain(target.next_hop)) return base::failure("fs_path holds no address");
    } else {
      target.request_uri += ";" + parts[i];
    }
  }
  return target;
}

std::string sofia_address(std::string_view profile, std::string_view contact_uri,
                          std::string_view source) {
  std::string address = "sofia/" + std::string(profile) + "/" + std::string(contact_uri);
  // A phone behind NAT is reached where its REGISTER came from, whatever its Contact says; one that
  // came by TCP, on that connection.
  if (!source.empty() && host_and_port(contact_uri) != source) {
    address += ";fs_path=" + base::url_encode("sip:" + std::string(source));
  }
  return address;
}

}  // namespace call
