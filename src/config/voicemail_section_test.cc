#include "config/voicemail_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"
#include "config/load.h"

namespace config {
namespace {

using ::testing::AllOf;
using testing::Files;
using ::testing::HasSubstr;

Loaded read(const Files& files, const std::string& params) {
  files.write("freeswitch.xml",
              "<document><section name=\"configuration\">\n<configuration name=\"voicemail.conf\">"
              "<profiles>\n<profile name=\"default\">\n" +
                  params + "</profile></profiles></configuration></section></document>");
  return load(files.path(), {});
}

TEST(VoicemailSection, ReadsItsProfiles) {
  const Files files;
  const Loaded loaded = read(files,
                             "<param name=\"max-record-len\" value=\"60\"/>\n"
                             "<param name=\"Delete-File-Key\" value=\"9\"/>\n"
                             "<param name=\"operator-extension\" value=\"op XML default\"/>\n");

  ASSERT_TRUE(loaded.ok());
  const auto& profile = loaded.configuration.voicemail.at("default");
  EXPECT_EQ(profile.max_record_len, 60);
  EXPECT_EQ(profile.min_record_len, 3);
  EXPECT_EQ(profile.delete_file_key, "9");
  EXPECT_EQ(profile.operator_extension, "op XML default");
}

TEST(VoicemailSection, NamesWhatIsWrongAndWhatIsNotKnown) {
  const Files files;
  const Loaded loaded = read(files,
                             "<param name=\"save-file-key\" value=\"22\"/>\n"
                             "<param name=\"file-extension\" value=\"exe\"/>\n"
                             "<param name=\"email-key\" value=\"4\"/>\n"
                             "<param name=\"max-recordlen\" value=\"4\"/>\n");

  EXPECT_TRUE(loaded.ok());
  EXPECT_THAT(files.shown(loaded.problems),
              AllOf(HasSubstr(":4: warning: voicemail default: save-file-key is \"22\""),
                    HasSubstr(":5: warning: voicemail default: file-extension is \"exe\""),
                    HasSubstr("email-key"), HasSubstr("(did you mean max-record-len?)")));
}

TEST(VoicemailSection, RefusesARelativeFolder) {
  const Files files;
  const Loaded loaded = read(files, "<param name=\"storage-dir\" value=\"boxes\"/>\n");

  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(files.shown(loaded.problems), HasSubstr("expected an absolute path"));
}

}  // namespace
}  // namespace config
