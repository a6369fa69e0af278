#include "config/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using testing::Files;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The shipped conf/: of the checkout in which the test is run, at whatever depth. Not by __FILE__,
// which a compiler cache may have written for another place.
std::filesystem::path shipped_directory() {
  std::filesystem::path place = std::filesystem::current_path();
  while (!exists(place / "conf" / "ringmaster.xml") && place.has_relative_path()) {
    place = place.parent_path();
  }
  return place / "conf";
}

const std::filesystem::path kShipped = shipped_directory();

// A small directory of the shape that people have.
void write_usual(const Files& files) {
  files.write(
      "freeswitch.xml",
      "<document type=\"freeswitch/xml\">\n"
      "<X-PRE-PROCESS cmd=\"include\" data=\"vars.xml\"/>\n"
      "<section name=\"configuration\">\n"
      "<X-PRE-PROCESS cmd=\"include\" data=\"autoload_configs/*.xml\"/></section>\n"
      "<section name=\"dialplan\"><context name=\"default\"><extension name=\"q\">"
      "<condition field=\"destination_number\" expression=\"^7000$\">"
      "<action application=\"callcenter\" data=\"q@$${domain}\"/>"
      "</condition></extension></context></section>\n"
      "<section name=\"directory\"><domain name=\"$${domain}\"><users><user id=\"1\"><params>"
      "<param name=\"password\" value=\"p\"/></params></user></users></domain></section>\n"
      "<section name=\"cities\"/></document>");
  files.write("vars.xml",
              "<include>\n<X-PRE-PROCESS cmd=\"set\" data=\"domain=default\"/>\n"
              "<X-PRE-PROCESS cmd=\"set\" data=\"port=5070\"/></include>");
  files.write("autoload_configs/callcenter.conf.xml",
              "<configuration name=\"callcenter.conf\"><queues><queue name=\"q@$${domain}\"/>"
              "</queues></configuration>");
  files.write("autoload_configs/sofia.conf.xml",
              "<configuration name=\"sofia.conf\"><profiles>"
              "<X-PRE-PROCESS cmd=\"include\" data=\"../sip_profiles/*.xml\"/>"
              "</profiles></configuration>");
  files.write("sip_profiles/internal.xml",
              "<profile name=\"internal\"><settings>"
              "<param name=\"sip-port\" value=\"$${port}\"/></settings></profile>");
}

TEST(Load, AWholeDirectoryBecomesAConfiguration) {
  const Files files;
  write_usual(files);

  const Loaded loaded = load(files.path(), {});

  EXPECT_TRUE(loaded.ok());
  EXPECT_EQ(loaded.configuration.call_center.queues.at(0).name, "q@default");
  EXPECT_EQ(loaded.configuration.profiles.at(0).sip_port, 5070);
  EXPECT_NE(loaded.configuration.directory.find("1", "default"), nullptr);
  EXPECT_NE(loaded.configuration.dialplan.find("default"), nullptr);
  EXPECT_EQ(loaded.configuration.globals.at("domain"), "default");
  EXPECT_EQ(loaded.configuration.globals.at("conf_dir"), files.path());
  EXPECT_THAT(files.shown(loaded.problems),
              StartsWith("freeswitch.xml:7: note: section cities is ignored"));
}

TEST(Load, OverridesWinOverWhatTheFilesSet) {
  const Files files;
  write_usual(files);

  const Loaded loaded = load(files.path(), {{"port", "5099"}, {"sounds_dir", "/sounds"}});

  EXPECT_EQ(loaded.configuration.profiles.at(0).sip_port, 5099);
  EXPECT_EQ(loaded.configuration.globals.at("sounds_dir"), "/sounds");
}

TEST(Load, OurOwnFileComesFirst) {
  const Files files;
  write_usual(files);
  files.write("ringmaster.xml", "<document/>");

  EXPECT_TRUE(load(files.path(), {}).configuration.profiles.empty());
}

TEST(Load, EveryProblemIsToldAtOnce) {
  const Files files;
  write_usual(files);
  files.write(
      "autoload_configs/callcenter.conf.xml",
      "<configuration name=\"callcenter.conf\">\n<queues>\n<queue/></queues></configuration>");
  files.write("autoload_configs/event_socket.conf.xml",
              "<configuration name=\"event_socket.conf\"><settings>\n"
              "<param name=\"listen-port\" value=\"70000\"/></settings></configuration>");
  files.write("autoload_configs/broken.xml", "<configuration>\n</configuraton>");
  files.write("sip_profiles/internal.xml",
              "<profile name=\"internal\"><settings>\n<param name=\"sip-ip\" value=\"here\"/>"
              "</settings></profile>");

  const Loaded loaded = load(files.path(), {});

  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(files.shown(loaded.problems),
              AllOf(HasSubstr("autoload_configs/callcenter.conf.xml:3: error:"),
                    HasSubstr("autoload_configs/event_socket.conf.xml:2: error:"),
                    HasSubstr("autoload_configs/broken.xml:2: error:"),
                    HasSubstr("sip_profiles/internal.xml:2: error:")));
}

TEST(Load, WhatIsIgnoredIsSaidOnce) {
  const Files files;
  write_usual(files);
  files.write("autoload_configs/others.xml",
              "<configuration name=\"fifo.conf\"/>\n<configuration name=\"modules.conf\"/>\n"
              "<configuration name=\"callcentre.conf\"/>\n<configuration name=\"sofia.conf\"/>\n");

  const Loaded loaded = load(files.path(), {});

  EXPECT_TRUE(loaded.ok());
  EXPECT_EQ(loaded.configuration.profiles.size(), 0U);  // "others" stands before "sofia".
  EXPECT_THAT(files.shown(loaded.problems),
              AllOf(HasSubstr("others.xml:1: warning: fifo.conf is not supported yet"),
                    HasSubstr("others.xml:2: note: modules.conf is looked at for mod_xml_rpc only"),
                    HasSubstr("(did you mean callcenter.conf?)"),
                    HasSubstr("sofia.conf.xml:1: warning: sofia.conf stands twice")));
}

TEST(Load, AContextThatIsMissingIsSaid) {
  const Files files;
  write_usual(files);
  files.write("sip_profiles/internal.xml",
              "<profile name=\"internal\"><settings><param name=\"context\" value=\"public\"/>"
              "</settings></profile>");

  EXPECT_THAT(files.shown(load(files.path(), {}).problems),
              HasSubstr("warning: profile internal: the dialplan has no context public"));
}

TEST(Load, ADirectoryWithoutConfigurationIsRefused) {
  const Files files;

  const Loaded loaded = load(files.path() / "nothing", {});

  EXPECT_FALSE(loaded.ok());
  EXPECT_EQ(files.shown(loaded.problems),
            "nothing/freeswitch.xml: error: there is no file nothing/freeswitch.xml\n");
}

TEST(Load, AFileWithoutADocumentIsRefused) {
  for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
           {"", "freeswitch.xml: error: the file is empty"},
           {"<!-- -->", "freeswitch.xml: error: the file is empty"},
           {"<dokument/>", "freeswitch.xml:1: error: the outermost element is <dokument>"},
           {"<document><dialplan/></document>",
            "freeswitch.xml:1: error: <dialplan> in <document>, expected <section name="}}) {
    const Files files;
    files.write("freeswitch.xml", text);

    const Loaded loaded = load(files.path(), {});

    EXPECT_FALSE(loaded.ok()) << text;
    EXPECT_THAT(files.shown(loaded.problems), HasSubstr(expected));
  }
}

TEST(Load, TheShippedConfigurationHasNoProblems) {
  const Loaded loaded = load(kShipped, {});

  EXPECT_EQ(describe(loaded.problems), "");
  const auto& configuration = loaded.configuration;
  EXPECT_EQ(configuration.call_center.queues.at(0).name, "support@default");
  EXPECT_EQ(configuration.call_center.agents.size(), 10U);
  EXPECT_EQ(configuration.call_center.tiers.size(), 10U);
  EXPECT_EQ(configuration.profiles.at(0).sip_ip, "127.0.0.1");
  EXPECT_EQ(configuration.event_socket.listen_ip, "127.0.0.1");
  const auto* const user = configuration.directory.find("1009", "default");
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(user->password, configuration.globals.at("default_password"));
}

// What is in the files of the shipped configuration, by their names below it.
std::vector<std::pair<std::string, std::string>> shipped_files() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kShipped)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.emplace_back(entry.path().lexically_relative(kShipped).string(),
                       std::string(std::istreambuf_iterator<char>(in), {}));
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Load, DamagedFilesNeverCrash) {
  const auto shipped = shipped_files();
  constexpr std::string_view kNasty[] = {
      "<",   ">", "\"",        "<!--",          "-->", "&",
      "$${", "}", "<![CDATA[", "X-PRE-PROCESS", "/",   std::string_view("\0", 1),
      "\xff"};
  base::Random random(20'260'801);
  for (int round = 0; round < 150; ++round) {
    const Files files;
    for (auto [name, text] : shipped) {
      for (std::uint64_t change = random.below(4); change > 0; --change) {
        const std::size_t at = random.below(text.size());
        const std::size_t length = std::min<std::size_t>(random.below(20), text.size() - at);
        text.replace(at, length, kNasty[random.below(std::size(kNasty))]);
      }
      files.write(name, text);
    }

    const Loaded loaded = load(files.path(), {});

    EXPECT_LE(loaded.problems.size(), Problems::kKeptMax + 1);
  }
}

}  // namespace
}  // namespace config
