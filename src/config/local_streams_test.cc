#include "config/local_streams.h"

#include <gtest/gtest.h>

#include "config/files_testing.h"
#include "config/load.h"

namespace config {
namespace {

class LocalStreams : public ::testing::Test {
 protected:
  std::vector<call::LocalStream> read(const std::string& directories) {
    folder_.write("freeswitch.xml",
                  "<document><section name=\"configuration\">\n"
                  "<configuration name=\"local_stream.conf\">\n" +
                      directories + "</configuration></section></document>");
    auto loaded = load(folder_.path(), {{"sounds_dir", "/sounds"}});
    problems_.clear();
    for (const auto& problem : loaded.problems) problems_.push_back(describe(problem));
    return loaded.configuration.local_streams;
  }
  // Whether a problem of this line says so.
  bool told(int line, const std::string& text) const {
    const std::string where = ":" + std::to_string(line) + ": ";
    for (const std::string& problem : problems_) {
      if (problem.find(where) != problem.npos && problem.find(text) != problem.npos) return true;
    }
    return false;
  }

  testing::Files folder_;
  std::vector<std::string> problems_;
};

TEST_F(LocalStreams, AreReadWithAllTheirParameters) {
  const auto streams = read(R"(<directory name="moh/8000" path="/music">
      <param name="rate" value="8000"/><param name="shuffle" value="true"/>
      <param name="channels" value="1"/><param name="interval" value="20"/>
      <param name="timer-name" value="soft"/><param name="chime-list" value="a.wav, b.wav"/>
      <param name="chime-freq" value="30"/><param name="chime-max" value="5"/></directory>)");

  ASSERT_EQ(streams.size(), 1u);
  EXPECT_EQ(streams[0], (call::LocalStream{.name = "moh/8000",
                                           .path = "/music",
                                           .shuffle = true,
                                           .interval_ms = 20,
                                           .chimes = {"a.wav", "b.wav"},
                                           .chime_seconds = 30,
                                           .chime_seconds_max = 5}));
  EXPECT_TRUE(problems_.empty()) << problems_.front();
}

TEST_F(LocalStreams, ARelativeFolderLiesInSoundsDir) {
  EXPECT_EQ(read("<directory name=\"moh\" path=\"music\"/>").at(0).path, "/sounds/music");
}

TEST_F(LocalStreams, BadValuesAreToldByLineAndLeaveTheDefault) {
  const auto streams = read(R"(<directory name="moh/8000" path="/music">
      <param name="rate" value="fast"/>
      <param name="shuffle" value="perhaps"/>
      <param name="interval" value="-5"/>
      <param name="chime-list" value="a.wav"/>
      <param name="volume" value="3"/>
      <param name="channels" value="2"/></directory>
      <directory name="moh/8000" path="/other"/>)");

  ASSERT_EQ(streams.size(), 1u);
  EXPECT_EQ(streams[0].path, "/music");
  EXPECT_FALSE(streams[0].shuffle);
  EXPECT_EQ(streams[0].interval_ms, 0);
  EXPECT_TRUE(told(4, "rate is \"fast\""));
  EXPECT_TRUE(told(5, "expected true or false"));
  EXPECT_TRUE(told(6, "interval is \"-5\""));
  EXPECT_TRUE(told(7, "chime-list without chime-freq"));
  EXPECT_TRUE(told(8, "volume"));
  EXPECT_TRUE(told(9, "channels is 2"));
  EXPECT_TRUE(told(10, "stands twice"));
}

TEST_F(LocalStreams, ARateThatTheNameContradictsIsTold) {
  read(
      "<directory name=\"moh/8000\" path=\"/m\"><param name=\"rate\" value=\"16000\"/>"
      "</directory>");

  EXPECT_TRUE(told(3, "which the name contradicts"));
}

TEST_F(LocalStreams, ADirectoryWithoutAPathIsRefused) {
  EXPECT_TRUE(read("<directory name=\"moh\"/>").empty());
  EXPECT_TRUE(told(3, "error: <directory> in local_stream.conf, expected <directory name="));
}

}  // namespace
}  // namespace config
