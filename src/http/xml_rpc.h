// XML-RPC as far as `freeswitch.api` needs it: a request's text into a call, a reply into text.
//
// Pure: bytes in, values out. Whatever a stranger sends ends in a call or in a fault.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace http {

struct XmlRpcCall {
  std::string method;
  std::vector<std::string> parameters;  // Strings and numbers, as texts.
};

// Codes as the common servers of the protocol give them.
struct XmlRpcFault {
  static constexpr int kParseError = -503;
  static constexpr int kTypeError = -501;
  static constexpr int kNoSuchMethod = -506;
  static constexpr int kTooBusy = -504;

  int code = 0;
  std::string text;
};

base::Result<XmlRpcCall, XmlRpcFault> parse_call(std::string_view xml);

// The line for `api` that a call of freeswitch.api (command, arguments) asks for.
base::Result<std::string, XmlRpcFault> command_of(const XmlRpcCall& call);

// Whole documents. Bytes that XML cannot carry are replaced.
std::string response_xml(std::string_view text);
std::string fault_xml(const XmlRpcFault& fault);

}  // namespace http
