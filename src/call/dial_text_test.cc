#include "call/dial_text.h"

#include <gtest/gtest.h>

#include <map>

namespace call {
namespace {

struct Names : dialplan::Lookup {
  std::optional<std::string> variable(std::string_view name) override {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  }
  std::string function(std::string_view name, std::string_view arguments) override {
    return "sofia/" + std::string(name) + "/" + std::string(arguments) + ",sofia/b/2";
  }
  std::map<std::string, std::string, std::less<>> values = {{"name", "O'Brien, J}"},
                                                            {"number", "6001,user/1"},
                                                            {"phones", "user/1,user/2"},
                                                            {"settings", "a=1,b=2"},
                                                            {"plain", "x"},
                                                            {"host", "h:5060"}};
};

struct Row {
  const char* text;
  const char* expanded;
};

TEST(DialText, ValuesStayWhatTheyAre) {
  Names names;
  for (const Row& row : {
           Row{"user/1", "user/1"},
           Row{"user/${plain}", "user/x"},
           Row{"{a=${name},b=1}user/1", "{a=O\\'Brien\\, J\\},b=1}user/1"},
           Row{"{^^:a=${host}:b=1}user/1", "{^^:a=h\\:5060:b=1}user/1"},
           Row{"[a='${name}']user/1", "[a='O\\'Brien\\, J\\}']user/1"},
           Row{"<a=${name}>user/1", "<a=O\\'Brien\\, J\\}>user/1"},
           Row{"user/${number}", "user/6001user/1"},
           Row{"${phones}", "user/1,user/2"},
           Row{"user/3,${phones}|${phones}", "user/3,user/1,user/2|user/1,user/2"},
           Row{"user/3:_:${phones}", "user/3:_:user/1,user/2"},
           Row{"{${settings},c=${plain}}user/1", "{a=1,b=2,c=x}user/1"},
           Row{"[leg_timeout=3]${contact(x@y)}", "[leg_timeout=3]sofia/contact/x@y,sofia/b/2"},
           Row{"user/1,x${contact(x@y)}", "user/1,xsofia/contact/x@y,sofia/b/2"},
           Row{"{a=${f(1,2)}}user/1", "{a=sofia/f/1\\,2\\,sofia/b/2}user/1"},
           Row{"{a=\\${plain}}user/1", "{a=${plain}}user/1"},
           Row{"sofia/internal/1@[::1]:5060", "sofia/internal/1@[::1]:5060"},
           Row{"user/${plain", "user/${plain"},
           Row{"[a=${plain}", "[a=x"},
           Row{"{a=${missing}}user/1", "{a=}user/1"},
       }) {
    EXPECT_EQ(expand_dial_string(row.text, names), row.expanded) << row.text;
  }
}

}  // namespace
}  // namespace call
