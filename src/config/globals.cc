#include "config/globals.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <system_error>
#include <utility>

namespace config {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "localhost";
  return name.data();
}

}  // namespace

std::string outward_address() {
  const std::string loopback = "127.0.0.1";
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return loopback;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(9);
  // 192.0.2.0/24 is nobody's (RFC 5737); only the route to it matters.
  inet_pton(AF_INET, "192.0.2.1", &address.sin_addr);
  socklen_t size = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  std::array<char, INET_ADDRSTRLEN> text{};
  const bool known = connect(socket, generic, size) == 0 &&
                     getsockname(socket, generic, &size) == 0 &&
                     inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr;
  close(socket);
  return known ? text.data() : loopback;
}

Globals::Globals(Values predefined, const Values& overrides)
    : values_(std::move(predefined)), overrides_(overrides) {
  for (const auto& [name, value] : overrides_) values_.insert_or_assign(name, value);
}

void Globals::set(const std::string& name, std::string value) {
  if (overrides_.contains(name)) return;
  values_.insert_or_assign(name, std::move(value));
}

const std::string* Globals::find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

std::string Globals::replace(std::string_view text, const Place& place, Problems& problems) const {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = text.find("$${", at);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    out += text.substr(at, end == std::string_view::npos ? end : begin - at);
    if (end == std::string_view::npos) return out;
    const std::string name(text.substr(begin + 3, end - begin - 3));
    if (const std::string* const value = find(name)) {
      out += *value;
    } else {
      problems.warning(place, "$${" + name + "} is not set; nothing stands in its place");
    }
    at = end + 1;
  }
}

Globals::Values predefined_globals(const std::filesystem::path& directory) {
  std::error_code ignored;
  auto conf = std::filesystem::absolute(directory, ignored).lexically_normal();
  if (!conf.has_filename()) conf = conf.parent_path();  // A trailing slash.
  const auto base = conf.parent_path();
  const std::string address = outward_address();
  return {{"base_dir", base},
          {"conf_dir", conf},
          {"sounds_dir", base / "sounds"},
          {"recordings_dir", base / "recordings"},
          {"script_dir", conf / "scripts"},
          {"log_dir", base / "log"},
          {"db_dir", base / "db"},
          {"storage_dir", base / "storage"},
          {"voicemail_dir", base / "voicemail"},
          {"hostname", host_name()},
          {"domain", address},
          {"local_ip_v4", address}};
}

}  // namespace config
