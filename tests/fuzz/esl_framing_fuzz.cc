// The event socket's framing: whatever comes, and wherever TCP cuts it, the same frames come out.
#include <string>
#include <vector>

#include "base/check.h"
#include "esl/framing.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// All frames up to the end of the bytes or the first fault.
std::vector<esl::Frame> drain(esl::Framer& framer) {
  std::vector<esl::Frame> frames;
  for (;;) {
    auto frame = framer.next();
    if (!frame || !frame->has_value()) return frames;
    CHECK((*frame)->headers.size() <= esl::kLimitsAfterAuth.headers);
    CHECK((*frame)->body.size() <= 3 * esl::kLimitsAfterAuth.body_bytes);
    frames.push_back(std::move(**frame));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [first, second] = fuzz::split_by_first_byte(fuzz::text_of(data, size));

  esl::Framer whole(esl::kLimitsAfterAuth);
  whole.feed(std::string(first) + std::string(second));
  const auto wanted = drain(whole);

  esl::Framer pieces(esl::kLimitsAfterAuth);
  pieces.feed(first);
  auto found = drain(pieces);
  pieces.feed(second);
  for (auto& frame : drain(pieces)) found.push_back(std::move(frame));

  CHECK(found == wanted);
  return 0;
}
