#include "config/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using testing::Files;
using ::testing::HasSubstr;

class Tree : public ::testing::Test {
 protected:
  Element read(const std::string& name = "main.xml") {
    return read_tree(files.path() / name, globals, problems);
  }
  std::string shown() { return files.shown(problems.take()); }

  Files files;
  Globals globals{{}, {}};
  Problems problems;
};

std::vector<std::string> names(const std::vector<Element>& elements) {
  std::vector<std::string> found;
  for (const auto& element : elements) found.push_back(element.name);
  return found;
}

TEST_F(Tree, KeepsWhatIsWrittenAndWhere) {
  files.write("main.xml", "<?xml version=\"1.0\"?>\n<a x=\"1\" y='&lt;2'>\n  <b/> text\n</a>\n");

  const Element top = read();

  ASSERT_EQ(names(top.children), std::vector<std::string>{"a"});
  const Element& a = top.children.front();
  EXPECT_EQ(*a.attribute("y"), "<2");
  EXPECT_EQ(a.attribute("z"), nullptr);
  EXPECT_EQ(a.text, "text");
  EXPECT_EQ(a.place.line, 2);
  EXPECT_EQ(a.children.front().place, (Place{(files.path() / "main.xml").string(), 3}));
  EXPECT_EQ(shown(), "");
}

TEST_F(Tree, IncludesStandInPlaceWithTheirOwnLines) {
  files.write("main.xml",
              "<top>\n<X-PRE-PROCESS cmd=\"include\" data=\"sub/*.xml\"/>\n<last/></top>");
  files.write("sub/b.xml", "<include>\n\n<two/>\n</include>");
  files.write("sub/a.xml", "<one/>\n<X-PRE-PROCESS cmd=\"include\" data=\"../deep.xml\"/>");
  files.write("sub/ignored.txt", "<no/>");
  files.write("deep.xml", "<deep/>");

  const Element top = read();

  const auto& children = top.children.front().children;
  EXPECT_EQ(names(children), (std::vector<std::string>{"one", "deep", "two", "last"}));
  EXPECT_EQ(children[2].place, (Place{(files.path() / "sub/b.xml").string(), 3}));
  EXPECT_EQ(shown(), "");
}

TEST_F(Tree, AWildcardMayMatchNothingButAFileMustBeThere) {
  files.write("main.xml",
              "<top>\n<X-PRE-PROCESS cmd=\"include\" data=\"none/*.xml\"/>\n"
              "<X-PRE-PROCESS cmd=\"include\" data=\"none.xml\"/></top>");

  read();

  const std::string problem = shown();
  EXPECT_THAT(problem, HasSubstr("main.xml:3: error: there is no file none.xml"));
  EXPECT_EQ(std::count(problem.begin(), problem.end(), '\n'), 1);
}

TEST_F(Tree, VariablesAreSetInOrderAndReplacedInAttributesAndText) {
  files.write("main.xml",
              "<top><X-PRE-PROCESS cmd=\"set\" data=\"a= one=1 \"/>"
              "<x v=\"$${a}\"/><X-PRE-PROCESS cmd=\"SET\" data=\"b=$${a}!\"/><y>$${b}</y>"
              "<!--#set \"c=three\"--><z v=\"$${c}\"/><!-- $${unknown} --></top>");

  const Element top = read();

  const auto& children = top.children.front().children;
  EXPECT_EQ(*children[0].attribute("v"), " one=1 ");
  EXPECT_EQ(children[1].text, " one=1 !");
  EXPECT_EQ(*children[2].attribute("v"), "three");
  EXPECT_EQ(shown(), "");
}

TEST_F(Tree, CommandsThatCannotBeObeyedAreNamed) {
  files.write("main.xml",
              "<top>\n<X-PRE-PROCESS cmd=\"set\" data=\"nothing\"/>\n<X-PRE-PROCESS cmd=\"set\"/>\n"
              "<X-PRE-PROCESS data=\"a=b\"/>\n"
              "<X-PRE-PROCESS cmd=\"stun-set\" data=\"ip=stun:example.org\"/></top>");

  read();

  const std::string problem = shown();
  EXPECT_THAT(problem, HasSubstr("main.xml:2: error: cannot set \"nothing\": expected name=value"));
  EXPECT_THAT(problem, HasSubstr("main.xml:3: error: X-PRE-PROCESS without data="));
  EXPECT_THAT(problem, HasSubstr("main.xml:4: error: X-PRE-PROCESS without cmd="));
  EXPECT_THAT(problem, HasSubstr("main.xml:5: warning: X-PRE-PROCESS command stun-set"));
}

TEST_F(Tree, EveryBrokenFileIsReported) {
  files.write("main.xml", "<top><X-PRE-PROCESS cmd=\"include\" data=\"sub/*.xml\"/></top>");
  files.write("sub/a.xml", "<a>\n<b>\n</a>");
  files.write("sub/b.xml", "<a>\n<!-- x\n<!-- y -->\n</a>");
  files.write("sub/c.xml", "<a>\n\n<b data=\"example>\n<c data=\"x\"/></a>");
  files.write("sub/d.xml", "<a x=\"1\" x=\"2\"/>");
  files.write("sub/e.xml", "<good/>");

  const Element top = read();

  EXPECT_EQ(names(top.children.front().children).back(), "good");
  const std::string problem = shown();
  EXPECT_THAT(problem, HasSubstr("sub/a.xml:3: error: this is not well-formed XML"));
  EXPECT_THAT(problem, HasSubstr("sub/b.xml:2: error: this comment"));
  EXPECT_THAT(problem, HasSubstr("sub/c.xml:3: error: the quote"));
  EXPECT_THAT(problem, HasSubstr("sub/d.xml:1: error: attribute x stands twice"));
}

TEST_F(Tree, FilesThatIncludeThemselvesAreRefused) {
  files.write("main.xml", "<top><X-PRE-PROCESS cmd=\"include\" data=\"a.xml\"/></top>");
  files.write("a.xml", "\n<X-PRE-PROCESS cmd=\"include\" data=\"sub/../a.xml\"/>");

  read();

  EXPECT_THAT(shown(), HasSubstr("a.xml:2: error: a.xml includes itself"));
}

TEST_F(Tree, TooDeepIncludesAreRefused) {
  for (int i = 0; i < 40; ++i) {
    files.write(std::to_string(i) + ".xml",
                "<X-PRE-PROCESS cmd=\"include\" data=\"" + std::to_string(i + 1) + ".xml\"/>");
  }

  read("0.xml");

  EXPECT_THAT(shown(), HasSubstr("15.xml:1: error: files include each other deeper"));
}

TEST_F(Tree, TooDeepElementsAreRefused) {
  std::string xml;
  for (int i = 0; i < 100'000; ++i) xml += "<a>";
  for (int i = 0; i < 100'000; ++i) xml += "</a>";
  files.write("main.xml", xml);

  read();

  EXPECT_THAT(shown(), HasSubstr("main.xml:1: error: elements are nested deeper than 64"));
}

TEST_F(Tree, FoldersAndHugeFilesAreRefused) {
  std::filesystem::create_directory(files.path() / "main.xml");
  const auto huge = files.write("huge.xml", "<a/>");
  std::filesystem::resize_file(huge, TreeLimits::kFileBytesMax + 1);

  read();
  read("huge.xml");

  const std::string problem = shown();
  EXPECT_THAT(problem, HasSubstr("main.xml: error: there is no file main.xml"));
  EXPECT_THAT(problem, HasSubstr("huge.xml: error: huge.xml is larger than"));
}

TEST_F(Tree, EntitiesOfTheFileAreNotExpanded) {
  files.write("main.xml",
              "<!DOCTYPE a [<!ENTITY b \"BBBB\"><!ENTITY c SYSTEM \"/etc/passwd\">]>\n"
              "<a>&b;&c;</a>");

  EXPECT_EQ(read().children.front().text, "&b;&c;");
}

}  // namespace
}  // namespace config
