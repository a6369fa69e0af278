// A Runner with a folder of scripts, invented time, and everything that it wants written down.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "lua/runner.h"

namespace lua {

class RunnerStage : public ::testing::Test {
 protected:
  RunnerStage() {
    std::string pattern = std::filesystem::temp_directory_path() / "ringmaster-lua-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    options_.folder = folder_;
  }
  ~RunnerStage() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  Runner& runner() {
    if (!runner_) {
      runner_ = std::make_unique<Runner>(
          options_, base::Ticket{100},
          Runner::Outlets{.ask =
                              [this](base::Ticket ticket, std::string command) {
                                asked_.emplace_back(ticket, std::move(command));
                                return takes_commands_;
                              },
                          .report =
                              [this](call::ScriptReport report) {
                                if (takes_reports_) reports_.push_back(std::move(report));
                                return takes_reports_;
                              },
                          .unix_ms = [] { return std::int64_t{1'750'000'000'123}; }});
    }
    return *runner_;
  }
  // Runs all that can run now.
  void run() {
    runner().run(now_);
    while (runner().next_run() && *runner().next_run() <= now_) runner().run(now_);
  }
  void pass(std::chrono::milliseconds time) {
    now_ += time;
    run();
  }
  // Starts a script with this text by `luarun`. Returns: the reply.
  std::string luarun(const std::string& text, const std::string& arguments = {}) {
    return invoke(Invoked::How::Started, text, arguments);
  }
  // By `lua`. Returns: the reply, or nothing while it runs.
  std::string lua(const std::string& text, const std::string& arguments = {}) {
    return invoke(Invoked::How::Finished, text, arguments);
  }
  std::string invoke(Invoked::How how, const std::string& text, const std::string& arguments) {
    write("test.lua", text);
    reply_.clear();
    runner().take(Invoked{.how = how,
                          .command = "test.lua " + arguments,
                          .answer = [this](std::string reply) { reply_ = std::move(reply); }});
    run();
    return reply_;
  }
  // As the application `lua` does, on leg 7 with the uuid u7.
  void start_on_leg(const std::string& text) {
    write("test.lua", text);
    runner().take(call::StartScript{call::ScriptId{1}, base::LegId{7}, "u7", "test.lua"});
    run();
  }
  void reply(std::string text) {
    runner().reply(asked_.back().first, std::move(text));
    run();
  }
  template <class Report>
  std::vector<Report> all() const {
    std::vector<Report> found;
    for (const auto& report : reports_) {
      if (const auto* one = std::get_if<Report>(&report)) found.push_back(*one);
    }
    return found;
  }

  std::filesystem::path folder_;
  Options options_;
  Runner::Time now_ = std::chrono::steady_clock::now();
  std::vector<std::pair<base::Ticket, std::string>> asked_;
  std::vector<call::ScriptReport> reports_;
  bool takes_commands_ = true;
  bool takes_reports_ = true;
  std::string reply_;
  std::unique_ptr<Runner> runner_;
};

}  // namespace lua
