#include "sip/address_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <thread>

#include "base/check.h"
#include "sip/testing/fake_dns.h"
#include "sip/testing/loopback.h"

namespace sip {
namespace {

using ::testing::ElementsAre;
using testing::FakeDns;
using testing::Family;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Loopback;

// Tells everybody the address 203.0.113.7, or nothing.
class FakeStun {
 public:
  enum class Mood { Answers, Silent };

  explicit FakeStun(Mood mood = Mood::Answers)
      : mood_(mood), socket_(testing::open_socket(Family::V4, SOCK_DGRAM)) {
    Loopback any(Family::V4);
    CHECK(bind(socket_, any.get(), any.size) == 0);
    port_ = testing::local_address(socket_, Family::V4).port();
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeStun() {
    stopping_ = true;
    thread_.join();
    close(socket_);
  }
  FakeStun(const FakeStun&) = delete;
  FakeStun& operator=(const FakeStun&) = delete;

  std::string port() const { return std::to_string(port_); }
  int requests() const { return requests_; }

 private:
  void serve() {
    while (!stopping_) {
      pollfd readable{socket_, POLLIN, 0};
      if (poll(&readable, 1, 20) != 1) continue;
      std::string request(512, '\0');
      Loopback from(Family::V4);
      const ssize_t size =
          recvfrom(socket_, request.data(), request.size(), 0, from.get(), &from.size);
      ++requests_;
      if (size != 20 || mood_ == Mood::Silent) continue;
      const std::string junk = "not STUN at all";
      sendto(socket_, junk.data(), junk.size(), 0, from.get(), from.size);
      const std::string answer = std::string("\x01\x01\0\x0c", 4) + request.substr(4, 16) +
                                 std::string("\0\x01\0\x08\0\x01\x12\x34\xcb\0\x71\x07", 12);
      sendto(socket_, answer.data(), answer.size(), 0, from.get(), from.size);
    }
  }

  const Mood mood_;
  const int socket_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> requests_{0};
  std::thread thread_;
};

FakeDns::Table hosts(const std::string& name) {
  return {.services = {}, .addresses = {{name, {127, 0, 0, 1}}}};
}

call::SipProfile profile_telling(const std::string& address) {
  call::SipProfile profile;
  profile.name = "internal";
  profile.ext_sip_ip = address;
  profile.ext_rtp_ip = address;
  return profile;
}

TEST(AddressSearch, FindsAHostByItsName) {
  const FakeDns dns(hosts("sip.example"));
  std::vector<call::SipProfile> profiles = {profile_telling("host:sip.example")};
  profiles[0].sip_ip = "host:sip.example";
  std::vector<std::string> warnings;

  ASSERT_TRUE(find_addresses(AddressSearch(dns.address()), {}, profiles, warnings));

  EXPECT_EQ(profiles[0].sip_ip, "127.0.0.1");
  EXPECT_EQ(profiles[0].ext_rtp_ip, "127.0.0.1");
  EXPECT_THAT(warnings, IsEmpty());
}

TEST(AddressSearch, AsksAStunServerOnce) {
  const FakeDns dns(hosts("stun.example"));
  const FakeStun stun;
  std::vector<call::SipProfile> profiles = {profile_telling("stun:stun.example:" + stun.port())};
  std::vector<std::string> warnings;

  ASSERT_TRUE(find_addresses(AddressSearch(dns.address()), {}, profiles, warnings));

  EXPECT_EQ(profiles[0].ext_sip_ip, "203.0.113.7");
  EXPECT_EQ(profiles[0].ext_rtp_ip, "203.0.113.7");
  EXPECT_EQ(stun.requests(), 1);
  EXPECT_THAT(warnings, IsEmpty());
}

TEST(AddressSearch, WhatIsNotFoundStaysAsItWas) {
  const FakeDns dns({});
  const call::SipProfile before = profile_telling("203.0.113.9");
  std::vector<call::SipProfile> profiles = {profile_telling("host:nobody.example")};
  std::vector<std::string> warnings;

  ASSERT_TRUE(find_addresses(AddressSearch(dns.address()), {before}, profiles, warnings));

  EXPECT_EQ(profiles[0].ext_sip_ip, "203.0.113.9");
  EXPECT_THAT(warnings[0], HasSubstr("profile internal: host:nobody.example gives no address"));
  EXPECT_THAT(warnings[0], HasSubstr("are told 203.0.113.9"));
}

TEST(AddressSearch, SilentStunServerIsGivenUp) {
  const FakeStun stun(FakeStun::Mood::Silent);
  std::vector<call::SipProfile> profiles = {profile_telling("stun:127.0.0.1:" + stun.port())};
  std::vector<std::string> warnings;

  ASSERT_TRUE(find_addresses(AddressSearch(""), {}, profiles, warnings));

  EXPECT_EQ(profiles[0].ext_sip_ip, "");
  EXPECT_EQ(stun.requests(), 3);
  EXPECT_THAT(warnings[0], HasSubstr("no answer from the STUN server at 127.0.0.1:"));
}

TEST(AddressSearch, NobodyListensElsewhereThanWasMeant) {
  const FakeDns dns({});
  std::vector<call::SipProfile> profiles = {profile_telling("")};
  profiles[0].sip_ip = "host:nobody.example";
  std::vector<std::string> warnings;

  const auto found = find_addresses(AddressSearch(dns.address()), {}, profiles, warnings);

  ASSERT_FALSE(found.has_value());
  EXPECT_THAT(found.error(),
              HasSubstr("profile internal: it cannot listen on host:nobody.example"));
}

TEST(AddressSearch, AddressesThatAreWrittenAreNotAskedFor) {
  std::vector<call::SipProfile> profiles = {profile_telling("203.0.113.1")};
  const auto before = profiles;
  std::vector<std::string> warnings;

  ASSERT_TRUE(find_addresses(AddressSearch(""), {}, profiles, warnings));

  EXPECT_EQ(profiles, before);
}

}  // namespace
}  // namespace sip
