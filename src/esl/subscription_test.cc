#include "esl/subscription.h"

#include <gtest/gtest.h>

namespace esl {
namespace {

base::EslEvent event_named(const std::string& name, const std::string& subclass = "") {
  base::EslEvent event;
  event.name = name;
  event.subclass = subclass;
  event.add("CC-Queue", "support@default");
  return event;
}

const base::EslEvent kHeartbeat = event_named("HEARTBEAT");
const base::EslEvent kDtmf = event_named("DTMF");
const base::EslEvent kInfo = event_named("CUSTOM", "callcenter::info");
const base::EslEvent kNote = event_named("CUSTOM", "kit::note");

TEST(Subscription, WantsNothingAtFirst) {
  EXPECT_FALSE(Subscription().wants(kHeartbeat));
}

TEST(Subscription, AddsUpNamesInAnyCase) {
  Subscription subscription;

  EXPECT_TRUE(subscription.add("plain heartbeat"));
  EXPECT_TRUE(subscription.add("DTMF"));

  EXPECT_TRUE(subscription.wants(kHeartbeat));
  EXPECT_TRUE(subscription.wants(kDtmf));
  EXPECT_FALSE(subscription.wants(kInfo));
}

TEST(Subscription, WordsAfterCustomAreSubclasses) {
  Subscription subscription;

  EXPECT_TRUE(subscription.add("plain CUSTOM callcenter::info HEARTBEAT"));

  EXPECT_TRUE(subscription.wants(kInfo));
  EXPECT_FALSE(subscription.wants(kNote));
  EXPECT_FALSE(subscription.wants(kHeartbeat));
}

TEST(Subscription, AllIsEverything) {
  Subscription subscription;

  EXPECT_TRUE(subscription.add("plain all"));

  for (const auto& event : {kHeartbeat, kDtmf, kInfo, kNote})
    EXPECT_TRUE(subscription.wants(event));
}

TEST(Subscription, NixedEventsAreLeftOutOfAllAndOfNames) {
  Subscription all;
  all.add("ALL");
  Subscription some;
  some.add("HEARTBEAT DTMF CUSTOM callcenter::info kit::note");

  for (Subscription* subscription : {&all, &some}) {
    EXPECT_TRUE(subscription->remove("HEARTBEAT CUSTOM kit::note"));
    EXPECT_FALSE(subscription->wants(kHeartbeat));
    EXPECT_FALSE(subscription->wants(kNote));
    EXPECT_TRUE(subscription->wants(kInfo));
    EXPECT_TRUE(subscription->wants(kDtmf));
    EXPECT_TRUE(subscription->add("HEARTBEAT"));
    EXPECT_TRUE(subscription->wants(kHeartbeat));
    EXPECT_TRUE(subscription->remove("ALL"));
    EXPECT_FALSE(subscription->wants(kDtmf));
  }
}

TEST(Subscription, RefusesWordsThatNameNothing) {
  Subscription subscription;

  for (const char* words : {"", "plain", "json", "NO_SUCH_EVENT", "plain NO_SUCH", "  "}) {
    EXPECT_FALSE(subscription.add(words)) << words;
  }
  EXPECT_FALSE(subscription.remove("NOPE"));
  EXPECT_TRUE(subscription.add("plain HEARTBEAT NO_SUCH"));
  EXPECT_TRUE(subscription.add("bogus ALL"));
}

TEST(Subscription, TheFirstWordMayBeTheFormat) {
  Subscription subscription;
  EXPECT_EQ(subscription.format(), EventFormat::Plain);

  subscription.add("json ALL");
  EXPECT_EQ(subscription.format(), EventFormat::Json);
  subscription.add("XML ALL");
  EXPECT_EQ(subscription.format(), EventFormat::Xml);
  subscription.add("plain ALL");
  EXPECT_EQ(subscription.format(), EventFormat::Plain);
}

TEST(Subscription, FiltersLetThroughWhatOneOfThemMatches) {
  Subscription subscription;
  subscription.add("ALL");

  subscription.add_filter("Event-Name", "heartbeat");
  subscription.add_filter("event-subclass", "kit::note");
  EXPECT_TRUE(subscription.wants(kHeartbeat));
  EXPECT_TRUE(subscription.wants(kNote));
  EXPECT_FALSE(subscription.wants(kDtmf));

  subscription.add_filter("CC-Queue", "support@default");
  EXPECT_TRUE(subscription.wants(kDtmf));
}

TEST(Subscription, FiltersGoByHeaderByValueOrAllAtOnce) {
  Subscription subscription;
  subscription.add("ALL");
  for (const char* value : {"a", "b"}) subscription.add_filter("CC-Queue", value);
  EXPECT_FALSE(subscription.wants(kDtmf));

  subscription.remove_filters("cc-queue", "a");
  EXPECT_FALSE(subscription.wants(kDtmf));
  subscription.remove_filters("CC-Queue", "");
  EXPECT_TRUE(subscription.wants(kDtmf));

  subscription.add_filter("CC-Queue", "a");
  subscription.remove_filters("all", "");
  EXPECT_TRUE(subscription.wants(kDtmf));
}

TEST(Subscription, FiltersAreBounded) {
  Subscription subscription;
  for (std::size_t i = 0; i < kSubscriptionsMax; ++i) {
    ASSERT_TRUE(subscription.add_filter("h", std::to_string(i)));
  }

  EXPECT_FALSE(subscription.add_filter("h", "one more"));
}

}  // namespace
}  // namespace esl
