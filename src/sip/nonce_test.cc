#include "sip/nonce.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

using Verdict = NonceMint::Verdict;

constexpr std::int64_t kNow = 1'700'000'000;

TEST(Nonce, IsGoodForItsLifetime) {
  const NonceMint mint("secret");
  const std::string nonce = mint.mint(kNow);
  EXPECT_EQ(mint.judge(nonce, kNow, 60), Verdict::Good);
  EXPECT_EQ(mint.judge(nonce, kNow + 60, 60), Verdict::Good);
  EXPECT_EQ(mint.judge(nonce, kNow + 61, 60), Verdict::Expired);
  EXPECT_EQ(mint.judge(nonce, kNow - 1, 60), Verdict::Expired);
}

TEST(Nonce, DiffersEachTime) {
  const NonceMint mint("secret");
  EXPECT_NE(mint.mint(kNow), mint.mint(kNow));
}

TEST(Nonce, OfAnotherSecretIsForged) {
  EXPECT_EQ(NonceMint("a").judge(NonceMint("b").mint(kNow), kNow, 60), Verdict::Forged);
  EXPECT_EQ(NonceMint("").judge(NonceMint("").mint(kNow), kNow, 60), Verdict::Forged);
}

TEST(Nonce, OfTheSameSecretOutlivesARestart) {
  EXPECT_EQ(NonceMint("a").judge(NonceMint("a").mint(kNow), kNow, 60), Verdict::Good);
}

TEST(Nonce, ChangedAnywhereIsForged) {
  const NonceMint mint("secret");
  const std::string nonce = mint.mint(kNow);
  for (std::size_t i = 0; i < nonce.size(); ++i) {
    std::string changed = nonce;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_EQ(mint.judge(changed, kNow, 60), Verdict::Forged) << i;
  }
  EXPECT_EQ(mint.judge("", kNow, 60), Verdict::Forged);
  EXPECT_EQ(mint.judge(nonce + "0", kNow, 60), Verdict::Forged);
}

}  // namespace
}  // namespace sip
