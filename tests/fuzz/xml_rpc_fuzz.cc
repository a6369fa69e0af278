// XML-RPC: whatever comes is a command of one line or a fault, and both can be written as XML.
#include "base/check.h"
#include "base/utf8.h"
#include "http/xml_rpc.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto call = http::parse_call(text);
  const auto command =
      call ? http::command_of(*call)
           : base::Result<std::string, http::XmlRpcFault>(base::failure(call.error()));
  if (command) {
    CHECK(command->find_first_of("\r\n") == std::string::npos);
    CHECK(!command->empty());
  }
  const std::string written =
      command ? http::response_xml(*command) : http::fault_xml(command.error());
  CHECK(base::well_formed(written) == written);
  return 0;
}
