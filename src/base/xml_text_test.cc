#include "base/xml_text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(XmlText, WhatWouldEndAnElementIsWrittenAnotherWay) {
  EXPECT_EQ(xml_escaped("a<b & c>\x01\r\n\xff"), "a&lt;b &amp; c&gt; &#13;\n\xef\xbf\xbd");
}

TEST(XmlText, AnEventHasItsHeadersAndItsBody) {
  EXPECT_EQ(event_xml({{"Event-Name", "A B"}, {"1 odd", "x"}}, "<b>"),
            "<event>\n  <headers>\n    <Event-Name>A%20B</Event-Name>\n    <_1_odd>x</_1_odd>\n"
            "  </headers>\n  <body>&lt;b&gt;</body>\n</event>\n");
}

}  // namespace
}  // namespace base
