#include "http/basic_credentials.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(BasicCredentials, ThoseOfTheConfigurationAreRight) {
  EXPECT_TRUE(are_right("Basic ZnJlZXN3aXRjaDp3b3Jrcw==", "freeswitch", "works"));
  EXPECT_TRUE(are_right("basic  ZnJlZXN3aXRjaDp3b3Jrcw== ", "freeswitch", "works"));
  EXPECT_TRUE(are_right("Basic YTpiOmM=", "a", "b:c"));
}

TEST(BasicCredentials, OthersAreNot) {
  for (const char* const header :
       {"", "Basic", "Basic ", "Basic ZnJlZXN3aXRjaDp3b3Jr", "Basic ZnJlZXN3aXRjaDp3b3Jrc3M=",
        "Basic Og==", "Basic \xff\xff\xff", "Digest ZnJlZXN3aXRjaDp3b3Jrcw==",
        "Bearer ZnJlZXN3aXRjaDp3b3Jrcw==", "ZnJlZXN3aXRjaDp3b3Jrcw=="}) {
    EXPECT_FALSE(are_right(header, "freeswitch", "works")) << header;
  }
}

TEST(BasicCredentials, AnOverlongHeaderIsNotRight) {
  EXPECT_FALSE(are_right("Basic " + std::string(100'000, 'A'), "a", "b"));
}

}  // namespace
}  // namespace http
