#include "call/registrations.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"
#include "call/contacts.h"

namespace call {
namespace {

using base::instant_ms;

const RegistrationLimits kLimits{60, 3600};

RegistrationReceived request(std::vector<RegistrationReceived::Contact> contacts,
                             std::uint32_t cseq = 1, std::string call_id = "one") {
  RegistrationReceived made;
  made.profile = "internal";
  made.user = "1001";
  made.domain = "default";
  made.contacts = std::move(contacts);
  made.source = "127.0.0.1:5070";
  made.call_id = std::move(call_id);
  made.cseq = cseq;
  return made;
}

TEST(Registrations, ContactIsFoundUntilItExpires) {
  Registrations registrations;

  const auto applied =
      registrations.apply(request({{"sip:1001@127.0.0.1:5070", 120}}), kLimits, instant_ms(0));

  ASSERT_TRUE(applied.has_value());
  ASSERT_EQ(applied->renewed.size(), 1u);
  EXPECT_EQ(applied->renewed[0].expires_at, instant_ms(120'000));
  EXPECT_EQ(registrations.find("1001", "default").size(), 1u);
  registrations.expire(applied->renewed[0].number, instant_ms(119'999));
  EXPECT_EQ(registrations.find("1001", "default").size(), 1u);
  registrations.expire(applied->renewed[0].number, instant_ms(120'000));
  EXPECT_TRUE(registrations.find("1001", "default").empty());
}

TEST(Registrations, ExpiryIsKeptWithinTheProfilesLimits) {
  Registrations registrations;
  const auto applied =
      registrations.apply(request({{"sip:a@h", 1}, {"sip:b@h", 999'999}}), kLimits, instant_ms(0));

  EXPECT_EQ(applied->renewed[0].expires_at, instant_ms(60'000));
  EXPECT_EQ(applied->renewed[1].expires_at, instant_ms(3'600'000));
}

TEST(Registrations, RenewalKeepsItsNumber) {
  Registrations registrations;
  const auto first = registrations.apply(request({{"sip:a@h", 60}}, 1), kLimits, instant_ms(0));
  const auto again = registrations.apply(request({{"sip:a@h", 60}}, 2), kLimits, instant_ms(9));

  EXPECT_EQ(again->renewed[0].number, first->renewed[0].number);
  EXPECT_EQ(registrations.find("1001", "default").size(), 1u);
}

TEST(Registrations, LatestRegistrationStandsFirst) {
  Registrations registrations;
  registrations.apply(request({{"sip:a@h", 60}}, 1, "x"), kLimits, instant_ms(0));
  registrations.apply(request({{"sip:b@h", 60}}, 1, "y"), kLimits, instant_ms(1));
  registrations.apply(request({{"sip:a@h", 60}}, 2, "x"), kLimits, instant_ms(2));

  EXPECT_EQ(registrations.find("1001", "default").front()->uri, "sip:a@h");
}

TEST(Registrations, ZeroExpiresRemovesOneAndStarRemovesAll) {
  Registrations registrations;
  registrations.apply(request({{"sip:a@h", 60}, {"sip:b@h", 60}}, 1), kLimits, instant_ms(0));

  const auto one = registrations.apply(request({{"sip:a@h", 0}}, 2), kLimits, instant_ms(1));
  EXPECT_EQ(one->removed.size(), 1u);
  EXPECT_EQ(registrations.find("1001", "default").size(), 1u);
  RegistrationReceived star = request({}, 3);
  star.remove_all = true;
  registrations.apply(star, kLimits, instant_ms(2));

  EXPECT_TRUE(registrations.all().empty());
}

TEST(Registrations, RequestOutOfOrderChangesNothing) {
  Registrations registrations;
  registrations.apply(request({{"sip:a@h", 60}}, 5), kLimits, instant_ms(0));

  EXPECT_FALSE(registrations.apply(request({{"sip:a@h", 0}}, 5), kLimits, instant_ms(1)));
  EXPECT_FALSE(registrations.apply(request({{"sip:a@h", 0}}, 4), kLimits, instant_ms(1)));
  RegistrationReceived star = request({}, 4);
  star.remove_all = true;
  EXPECT_FALSE(registrations.apply(star, kLimits, instant_ms(1)));
  EXPECT_EQ(registrations.find("1001", "default").size(), 1u);

  // A phone that was switched off and on counts from the start, under a new Call-ID.
  EXPECT_TRUE(registrations.apply(request({{"sip:a@h", 0}}, 1, "new"), kLimits, instant_ms(1)));
}

TEST(Registrations, TooManyContactsAreRefusedAsAWhole) {
  Registrations registrations;
  std::vector<RegistrationReceived::Contact> contacts;
  for (std::size_t i = 0; i <= kBindingsPerUserMax; ++i) {
    contacts.push_back({"sip:" + std::to_string(i) + "@h", 60});
  }

  EXPECT_FALSE(registrations.apply(request(contacts), kLimits, instant_ms(0)));
  EXPECT_TRUE(registrations.all().empty());
}

TEST(Registrations, SurviveSavingWithTheirNumbers) {
  Registrations registrations;
  const auto applied = registrations.apply(request({{"sip:a@h", 60}}), kLimits, instant_ms(0));

  auto restored = base::from_json<Registrations>(base::to_json(registrations));
  restored.expire(applied->renewed[0].number, instant_ms(60'000));

  EXPECT_TRUE(restored.all().empty());
}

TEST(Contacts, NameProfileAndPathOfARegisteredUser) {
  Registrations registrations;
  registrations.apply(request({{"sip:1001@10.0.0.9:5060", 60}}), kLimits, instant_ms(0));

  EXPECT_EQ(registered_contacts(registrations, "*/1001@default", instant_ms(1)),
            "sofia/internal/sip:1001@10.0.0.9:5060;fs_path=sip%3A127.0.0.1%3A5070");
  EXPECT_EQ(registered_contacts(registrations, "internal/1001@default", instant_ms(1)),
            registered_contacts(registrations, "1001@default", instant_ms(1)));
}

TEST(Contacts, UnknownUserProfileOrTimeIsNotRegistered) {
  Registrations registrations;
  registrations.apply(request({{"sip:a@h", 60}}), kLimits, instant_ms(0));

  for (const char* odd :
       {"*/1002@default", "*/1001@other", "other/1001@default", "1001", "", "@"}) {
    EXPECT_EQ(registered_contacts(registrations, odd, instant_ms(1)), kNotRegistered) << odd;
  }
  EXPECT_EQ(registered_contacts(registrations, "1001@default", instant_ms(60'000)), kNotRegistered);
}

TEST(Registrations, ContactAddedAndRemovedInOneRequestIsNotThere) {
  Registrations registrations;

  const auto applied =
      registrations.apply(request({{"sip:a@h", 60}, {"sip:a@h", 0}}), kLimits, instant_ms(0));

  ASSERT_TRUE(applied.has_value());
  EXPECT_TRUE(applied->renewed.empty());
  ASSERT_EQ(applied->removed.size(), 1U);
  registrations.expire(applied->removed[0], instant_ms(60'000));
  EXPECT_TRUE(registrations.find("1001", "default").empty());
}

TEST(Registrations, OneContactPerUserReplacesTheOthers) {
  Registrations registrations;
  const RegistrationLimits one{60, 3600, ContactsPerUser::One};
  const auto first = registrations.apply(request({{"sip:a@h", 60}}, 1, "x"), one, instant_ms(0));

  const auto next = registrations.apply(request({{"sip:b@h", 60}}, 1, "y"), one, instant_ms(1));

  EXPECT_EQ(next->removed, (std::vector<std::uint64_t>{first->renewed[0].number}));
  ASSERT_EQ(registrations.find("1001", "default").size(), 1U);
  EXPECT_EQ(registrations.find("1001", "default")[0]->uri, "sip:b@h");
}

}  // namespace
}  // namespace call
