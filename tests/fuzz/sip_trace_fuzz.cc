// The trace: whatever peers send is cut into the same messages wherever the record of it is cut,
// and masking and drawing them stand any text.
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "sip/trace/dump_parser.h"
#include "sip/trace/ladder.h"
#include "sip/trace/masking.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

constexpr std::int64_t kNow = 1'700'000'000'000'000;

std::vector<sip::trace::Message> messages(std::initializer_list<std::string_view> pieces) {
  sip::trace::DumpParser parser({.profile = "internal", .address = {"127.0.0.1", 5060}});
  std::vector<sip::trace::Message> found;
  for (const std::string_view piece : pieces) {
    for (auto& message : parser.feed(piece, kNow)) found.push_back(std::move(message));
  }
  return found;
}

// As the library writes down what came from one peer.
std::string record(std::string_view transport, std::string_view bytes) {
  return "recv " + std::to_string(bytes.size()) + " bytes from " + std::string(transport) +
         "/[192.0.2.7]:5071 at 00:00:01.000002:\n" + std::string(bytes) + "\v\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view sent = fuzz::text_of(data, size);
  const auto [first, second] = fuzz::split_by_first_byte(sent);
  const std::string whole = record("tcp", first) + record("udp", sent) + record("tcp", second);
  const std::size_t cut = whole.size() / 2;

  const auto wanted = messages({whole});
  const auto found =
      messages({std::string_view(whole).substr(0, cut), std::string_view(whole).substr(cut)});

  CHECK(found.size() == wanted.size());
  sip::trace::Messages drawn;
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].text == wanted[i].text);
    CHECK(found[i].call_id == wanted[i].call_id);
    drawn.push_back(std::make_shared<const sip::trace::Message>(wanted[i]));
  }
  CHECK(sip::trace::masked(std::string(sent)).size() == sent.size());
  sip::trace::ladder(drawn);
  return 0;
}
