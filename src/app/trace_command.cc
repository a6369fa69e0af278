#include "app/trace_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/json_archive.h"
#include "base/result.h"
#include "esl/client.h"
#include "sip/trace/pcap.h"

namespace app {
namespace {

std::string command_of(const TraceOptions& options) {
  std::string command = "sip_trace";
  if (!options.call.empty()) command += " call " + options.call;
  if (!options.number.empty()) command += " number " + options.number;
  if (!options.pcap.empty()) command += " as json";
  return command;
}

base::Result<sip::trace::Messages> messages_of(const std::string& json) {
  try {
    sip::trace::Messages messages;
    for (auto& message : base::from_json<std::vector<sip::trace::Message>>(json)) {
      messages.push_back(std::make_shared<const sip::trace::Message>(std::move(message)));
    }
    return messages;
  } catch (const base::ArchiveError& error) {
    return base::failure(fmt::format("the server's answer is not a trace: {}", error.what()));
  }
}

base::Result<void> write_capture(const TraceOptions& options, const std::string& json) {
  const auto messages = messages_of(json);
  if (!messages) return base::failure(messages.error());
  std::ofstream file(options.pcap, std::ios::binary);
  file << sip::trace::pcap(*messages);
  file.close();
  if (!file) return base::failure(fmt::format("cannot write {}", options.pcap.string()));
  fmt::print("{} messages in {}\n", messages->size(), options.pcap.string());
  return {};
}

ExitCode failed(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  return ExitCode::Failed;
}

}  // namespace

ExitCode trace(const TraceOptions& options) {
  auto client = esl::Client::connect({.host = options.server.host,
                                      .port = options.server.port,
                                      .password = options.server.password});
  if (!client) return failed(client.error());
  const auto reply = client->api(command_of(options));
  if (!reply) return failed(reply.error());
  if (reply->substr(0, 4) == "-ERR" || reply->substr(0, 6) == "-USAGE") return failed(*reply);
  if (!options.pcap.empty()) {
    const auto written = write_capture(options, *reply);
    return written ? ExitCode::Ok : failed(written.error());
  }
  fmt::print("{}", *reply);
  return ExitCode::Ok;
}

}  // namespace app
