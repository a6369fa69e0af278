#include "app/command_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <variant>

#include "app/recovery.h"

namespace app {
namespace {

constexpr std::size_t kFieldsMax = 300;

// One line, and not too long a one.
std::string cut(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= kFieldsMax) return text;
  return text.substr(0, kFieldsMax) + fmt::format("… ({} bytes)", text.size());
}

std::string event_line(const base::EslEvent& event) {
  std::string line = event.name;
  if (!event.subclass.empty()) line += " " + event.subclass;
  for (const auto& [name, value] : event.headers) line += " " + name + "=" + value;
  return line;
}

// What an order is about, if it says so.
template <class Order>
std::string object_of(const Order& order) {
  if constexpr (requires { order.leg.value; }) return fmt::format(" leg {}", order.leg.value);
  if constexpr (requires { order.ticket.value; }) {
    return fmt::format(" ticket {}", order.ticket.value);
  }
  return {};
}

std::string order_line(const core::ApiReply& reply) {
  return object_of(reply) + " " + cut(reply.text);
}
std::string order_line(const core::Publish& publish) {
  return " " + cut(event_line(publish.event));
}
std::string order_line(const core::LogLine& line) {
  return " " + cut(line.text);
}
template <class Order>
std::string order_line(const Order& order) {
  return object_of(order);
}

template <class T>
std::string text_of(const T& order) {
  return std::string(T::kName) + order_line(order);
}
template <class... Orders>
std::string text_of(const std::variant<Orders...>& orders) {
  return std::visit([](const auto& order) { return text_of(order); }, orders);
}

}  // namespace

std::string line_of(const core::Input& input) {
  // Passwords are in it.
  if (std::holds_alternative<core::Configured>(input)) {
    return fmt::format("{} ({} bytes)", core::Configured::kName, encode(input).size());
  }
  return cut(encode(input));
}

std::string line_of(const core::Command& command) {
  return text_of(command);
}

}  // namespace app
