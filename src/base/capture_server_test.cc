#include "base/capture_server.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(CaptureServer, IsAnAddressWithSettings) {
  const auto server = parse_capture_server("udp:[2001:db8::9]:9060;hep=3;capture_id=4294967295");

  ASSERT_TRUE(server.has_value());
  EXPECT_EQ(server->host, "2001:db8::9");
  EXPECT_EQ(server->port, 9060);
  EXPECT_EQ(server->capture_id, 4294967295U);
}

TEST(CaptureServer, AnythingElseIsRefused) {
  for (const char* text :
       {"", "udp:", "tcp:192.0.2.9:9060", "udp:homer.example:9060", "udp:192.0.2.9",
        "udp:192.0.2.9:0", "udp:192.0.2.0/24:1", "udp:192.0.2.9:9060;hep=2",
        "udp:192.0.2.9:9060;capture_id=-1", "udp:192.0.2.9:9060;capture_id", "udp:192.0.2.9:1;x"}) {
    EXPECT_FALSE(parse_capture_server(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace base
