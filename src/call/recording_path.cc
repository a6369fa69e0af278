#include "call/recording_path.h"

#include <algorithm>

#include "base/text.h"

namespace call {
namespace {

constexpr std::string_view kPlace = "recordings_dir";

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x20 || code == 0x7f;
}

bool leads_up(std::string_view path) {
  const auto parts = base::split(path, '/');
  return std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part == ".."; });
}

}  // namespace

base::Result<std::string> recording_path(std::string_view path,
                                         const std::map<std::string, std::string>& globals) {
  path = base::trim(path);
  if (path.empty()) return base::failure(std::string("no file is named"));
  if (path.size() > kRecordingPathLengthMax) {
    return base::failure(std::string("the path is too long"));
  }
  if (std::any_of(path.begin(), path.end(), is_control)) {
    return base::failure(std::string("a control character is in the path"));
  }
  if (leads_up(path)) return base::failure(std::string(path) + ": '..' is not allowed");
  if (path.back() == '/') return base::failure(std::string(path) + ": not the name of a file");
  if (path.front() == '/') return std::string(path);
  const auto place = globals.find(std::string(kPlace));
  if (place == globals.end() || place->second.substr(0, 1) != "/") {
    return base::failure(std::string(path) + ": relative, and no recordings_dir is set");
  }
  return place->second + "/" + std::string(path);
}

std::string as_part_of_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (c == '/' || c == '\\' || is_control(c)) c = '_';
  }
  if (name.substr(0, 1) == ".") name[0] = '_';
  return name;
}

}  // namespace call
