#include "base/capture_server.h"

#include <optional>

#include "base/ip_network.h"
#include "base/text.h"

namespace base {
namespace {

// "192.0.2.9:9060" or "[2001:db8::9]:9060".
std::optional<CaptureServer> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_integer(text.substr(colon + 1));
  if (!port || *port < 1 || *port > 65'535) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (!is_ip_network(host) || host.find('/') != std::string_view::npos) return std::nullopt;
  return CaptureServer{std::string(host), static_cast<std::uint16_t>(*port), 0};
}

// One of the settings behind the address. Returns: what is wrong, or an empty text.
std::string read_setting(std::string_view setting, CaptureServer& server) {
  const std::size_t equals = setting.find('=');
  const std::string_view name = setting.substr(0, equals);
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view() : setting.substr(equals + 1);
  if (name == "hep") return value == "3" ? "" : "only hep=3 is spoken";
  if (name != "capture_id") return "'" + std::string(name) + "' is not known";
  const auto number = parse_integer(value);
  if (!number || *number < 0 || *number > 0xffffffff) return "capture_id has 32 bits";
  server.capture_id = static_cast<std::uint32_t>(*number);
  return {};
}

}  // namespace

Result<CaptureServer> parse_capture_server(std::string_view text) {
  constexpr std::string_view kUdp = "udp:";
  const auto parts = split(text, ';');
  const std::string_view where = parts.front();
  if (where.substr(0, kUdp.size()) != kUdp) {
    return failure(std::string("expected udp:ADDRESS:PORT;hep=3;capture_id=NUMBER"));
  }
  auto server = parse_address(where.substr(kUdp.size()));
  if (!server) return failure(std::string("expected an IP address and a port behind udp:"));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string problem = read_setting(parts[i], *server);
    if (!problem.empty()) return failure(problem);
  }
  return *server;
}

}  // namespace base
