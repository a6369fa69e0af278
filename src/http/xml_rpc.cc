#include "http/xml_rpc.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "base/text.h"
#include "base/xml_text.h"

namespace http {
namespace {

// Two are meant; more is another method's call.
constexpr std::size_t kParametersMax = 8;

// <value>text</value>, or the text of the type inside.
base::Result<std::string, XmlRpcFault> text_of(const pugi::xml_node& value) {
  pugi::xml_node typed;
  for (const auto& child : value.children()) {
    if (child.type() == pugi::node_element) typed = child;
  }
  if (!typed) return std::string(value.text().get());
  constexpr std::array<std::string_view, 5> kTexts = {"string", "int", "i4", "boolean", "double"};
  const std::string_view type = typed.name();
  if (std::find(kTexts.begin(), kTexts.end(), type) == kTexts.end()) {
    return base::failure(XmlRpcFault{XmlRpcFault::kTypeError, "a parameter is no string"});
  }
  return std::string(typed.text().get());
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>";

}  // namespace

base::Result<XmlRpcCall, XmlRpcFault> parse_call(std::string_view xml) {
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(xml.data(), xml.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_auto);
  const pugi::xml_node root = document.document_element();
  if (!parsed || std::string_view(root.name()) != "methodCall") {
    return base::failure(XmlRpcFault{XmlRpcFault::kParseError, "this is no XML-RPC call"});
  }
  XmlRpcCall call;
  call.method = base::trim(root.child("methodName").text().get());
  for (const auto& parameter : root.child("params").children("param")) {
    auto text = text_of(parameter.child("value"));
    if (!text) return base::failure(text.error());
    call.parameters.push_back(std::move(*text));
    if (call.parameters.size() <= kParametersMax) continue;
    return base::failure(XmlRpcFault{XmlRpcFault::kTypeError, "too many parameters"});
  }
  return call;
}

base::Result<std::string, XmlRpcFault> command_of(const XmlRpcCall& call) {
  // The original registers the same method under two names.
  if (call.method != "freeswitch.api" && call.method != "freeswitch_api") {
    return base::failure(
        XmlRpcFault{XmlRpcFault::kNoSuchMethod, "there is no method \"" + call.method + "\""});
  }
  if (call.parameters.empty() || call.parameters.size() > 2 ||
      base::trim(call.parameters[0]).empty()) {
    return base::failure(
        XmlRpcFault{XmlRpcFault::kTypeError, "expected a command and its arguments"});
  }
  std::string line(base::trim(call.parameters[0]));
  if (call.parameters.size() == 2 && !call.parameters[1].empty()) {
    line += " " + call.parameters[1];
  }
  if (has_line_break(line)) {
    return base::failure(XmlRpcFault{XmlRpcFault::kTypeError, "a command is one line"});
  }
  return line;
}

std::string response_xml(std::string_view text) {
  return std::string(kHead) + "\r\n<params>\r\n<param><value><string>" + base::xml_escaped(text) +
         "</string></value></param>\r\n</params>\r\n</methodResponse>\r\n";
}

std::string fault_xml(const XmlRpcFault& fault) {
  return std::string(kHead) +
         "\r\n<fault><value><struct>\r\n<member><name>faultCode</name><value><int>" +
         std::to_string(fault.code) +
         "</int></value></member>\r\n<member><name>faultString</name><value><string>" +
         base::xml_escaped(fault.text) +
         "</string></value></member>\r\n</struct></value></fault>\r\n</methodResponse>\r\n";
}

}  // namespace http
