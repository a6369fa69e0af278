#include "base/archive.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"

namespace base {
namespace {

enum class Colour { Red, Blue };

struct Inner {
  static constexpr std::string_view kName = "Inner";
  std::string name;
  Colour colour = Colour::Red;
};
void describe(Archive& archive, Inner& inner) {
  archive.field("name", inner.name);
  archive.field("colour", inner.colour);
}

struct Other {
  static constexpr std::string_view kName = "Other";
  bool on = false;
};
void describe(Archive& archive, Other& other) {
  archive.field("on", other.on);
}

struct Outer {
  std::vector<Inner> inners;
  std::map<std::string, LegId> legs;
  std::set<std::int64_t> numbers;
  std::optional<Instant> at;
  std::optional<Instant> never;
  std::variant<Inner, Other> choice;
  Duration delay{0};
};
void describe(Archive& archive, Outer& outer) {
  archive.field("inners", outer.inners);
  archive.field("legs", outer.legs);
  archive.field("numbers", outer.numbers);
  archive.field("at", outer.at);
  archive.field("never", outer.never);
  archive.field("choice", outer.choice);
  archive.field("delay", outer.delay);
}

TEST(Archive, WhatIsSavedIsRestored) {
  Outer outer;
  outer.inners = {{.name = "a\"b\n", .colour = Colour::Blue}, {.name = "", .colour = Colour::Red}};
  outer.legs = {{"x", LegId{7}}, {"y", LegId{UINT64_MAX}}};
  outer.numbers = {-1, 5};
  outer.at = instant_ms(1234);
  outer.choice = Other{.on = true};
  outer.delay = Duration(-5);

  const std::string saved = to_json(outer);
  const auto loaded = from_json<Outer>(saved);

  EXPECT_EQ(saved, to_json(loaded));
  ASSERT_EQ(loaded.inners.size(), 2U);
  EXPECT_EQ(loaded.inners[0].name, "a\"b\n");
  EXPECT_EQ(loaded.inners[0].colour, Colour::Blue);
  EXPECT_EQ(loaded.legs.at("y"), LegId{UINT64_MAX});
  EXPECT_EQ(loaded.at, instant_ms(1234));
  EXPECT_FALSE(loaded.never.has_value());
  EXPECT_TRUE(std::get<Other>(loaded.choice).on);
}

TEST(Archive, MissingFieldKeepsItsValueAndUnknownFieldIsIgnored) {
  Inner inner{.name = "kept", .colour = Colour::Red};
  JsonReader reader(R"({"colour":1,"size":3})");

  reader.item(inner);

  EXPECT_EQ(inner.name, "kept");
  EXPECT_EQ(inner.colour, Colour::Blue);
}

TEST(Archive, WhatDoesNotFitIsAnError) {
  EXPECT_THROW(from_json<Inner>("{"), ArchiveError);
  EXPECT_THROW(from_json<Inner>("[]"), ArchiveError);
  EXPECT_THROW(from_json<Inner>(R"({"name":3})"), ArchiveError);
  EXPECT_THROW(from_json<Outer>(R"({"choice":{"kind":"Nobody","value":{}}})"), ArchiveError);
}

TEST(Archive, BytesThatAreNotUtf8AreReplaced) {
  Inner inner{.name = "\xff", .colour = Colour::Red};

  EXPECT_EQ(from_json<Inner>(to_json(inner)).name, "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace base
