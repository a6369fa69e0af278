#include "app/options.h"

#include <gtest/gtest.h>

#include <vector>

namespace app {
namespace {

std::variant<Options, ExitCode> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "ringmaster");
  return parse_options(static_cast<int>(words.size()), words.data());
}

TEST(Options, ServeTakesDirectoriesAndGlobals) {
  const auto parsed = parse({"serve", "--conf", "/tmp", "--data", "/tmp/d", "--set", "sip_ip=::1",
                             "--set", "a=b=c", "--live", "--name-servers", "127.0.0.1:5353"});

  const auto& options = std::get<ServeOptions>(std::get<Options>(parsed));
  EXPECT_EQ(options.conf, "/tmp");
  EXPECT_EQ(options.data, "/tmp/d");
  EXPECT_EQ(options.globals.at("sip_ip"), "::1");
  EXPECT_EQ(options.globals.at("a"), "b=c");
  EXPECT_EQ(options.screen, Screen::Live);
  EXPECT_EQ(options.name_servers, "127.0.0.1:5353");
}

TEST(Options, WhatIsWrongIsAUsageError) {
  for (const auto& words :
       std::vector<std::vector<const char*>>{{},
                                             {"serve"},
                                             {"serve", "--conf", "/nowhere/at/all"},
                                             {"serve", "--conf", "/tmp", "--set", "nothing"},
                                             {"serve", "--conf", "/tmp", "--log-level", "loud"},
                                             {"dance"}}) {
    EXPECT_EQ(std::get<ExitCode>(parse(words)), ExitCode::Usage);
  }
}

TEST(Options, HelpIsNoError) {
  EXPECT_EQ(std::get<ExitCode>(parse({"serve", "--help"})), ExitCode::Ok);
}

TEST(Options, ConsoleTakesOneCommand) {
  const auto parsed = parse({"console", "-H", "127.0.0.2", "-P", "9021", "-x", "status"});

  const auto& options = std::get<ConsoleOptions>(std::get<Options>(parsed));
  EXPECT_EQ(options.host, "127.0.0.2");
  EXPECT_EQ(options.port, 9021);
  EXPECT_EQ(options.command, "status");
}

TEST(Options, TraceTakesOneCallOrOneNumber) {
  const auto parsed = parse({"trace", "-P", "9021", "--call", "uuid", "--pcap", "/tmp/x.pcap"});

  const auto& options = std::get<TraceOptions>(std::get<Options>(parsed));
  EXPECT_EQ(options.server.port, 9021);
  EXPECT_EQ(options.call, "uuid");
  EXPECT_EQ(options.pcap, "/tmp/x.pcap");
  EXPECT_EQ(std::get<ExitCode>(parse({"trace", "--call", "a", "--number", "b"})), ExitCode::Usage);
}

TEST(Options, BoundsAreGivenInUnitsOfPeople) {
  const auto parsed = parse({"serve", "--conf", "/tmp", "--journal-records", "500", "--journal-mib",
                             "3", "--disk-free-mib", "0", "--recordings-days", "30"});

  const Bounds bounds = std::get<ServeOptions>(std::get<Options>(parsed)).bounds;
  EXPECT_EQ(bounds.journal.records, 500u);
  EXPECT_EQ(bounds.journal.bytes, 3u << 20);
  EXPECT_EQ(bounds.journal.age, JournalBounds{}.age);
  EXPECT_EQ(bounds.free_bytes_min, 0u);
  EXPECT_EQ(bounds.recordings.age, std::chrono::hours(30 * 24));
  EXPECT_EQ(bounds.recordings.bytes, 0u);
  EXPECT_EQ(bounds.quarantine.age, Bounds{}.quarantine.age);
  EXPECT_EQ(std::get<ExitCode>(parse({"serve", "--conf", "/tmp", "--journal-mib", "0"})),
            ExitCode::Usage);
}

TEST(Options, DrainBeginsUnlessToldOtherwise) {
  const auto options_of = [](std::vector<const char*> words) {
    return std::get<DrainOptions>(std::get<Options>(parse(std::move(words))));
  };

  const auto begins = options_of({"drain", "-P", "9021"});
  EXPECT_EQ(begins.server.port, 9021);
  EXPECT_EQ(begins.what, DrainOptions::What::Begin);
  EXPECT_TRUE(begins.waits);
  EXPECT_EQ(options_of({"drain", "--cancel"}).what, DrainOptions::What::Cancel);
  EXPECT_EQ(options_of({"drain", "--status"}).what, DrainOptions::What::Status);
  EXPECT_FALSE(options_of(std::vector<const char*>{"drain", "--no-wait"}).waits);
  EXPECT_EQ(std::get<ExitCode>(parse({"drain", "--cancel", "--status"})), ExitCode::Usage);
}

TEST(Options, AreasOfTheLogHaveLevelsOfTheirOwn) {
  const auto parsed =
      parse({"serve", "--conf", "/tmp", "--log-level", "warning,sip=debug,calls=info"});

  EXPECT_EQ(std::get<ServeOptions>(std::get<Options>(parsed)).log_level,
            "warning,sip=debug,calls=info");
  for (const char* wrong : {"sip=loud", "music=info", ""}) {
    EXPECT_EQ(std::get<ExitCode>(parse({"serve", "--conf", "/tmp", "--log-level", wrong})),
              ExitCode::Usage);
  }
}

}  // namespace
}  // namespace app
