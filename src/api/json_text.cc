#include "api/json_text.h"

namespace api {
namespace {

// Brackets outside of strings, without looking at anything else.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

// `depth`: of what is inside the value.
void append_pretty(std::string& out, const Json& value, std::size_t depth) {
  if (value.is_object()) {
    out += "{\n";
    bool first = true;
    for (const auto& [name, member] : value.items()) {
      if (!std::exchange(first, false)) out += ",\n";
      out.append(depth, '\t').append(compact_json(Json(name))).append(":\t");
      append_pretty(out, member, depth + 1);
    }
    if (!first) out += '\n';
    out.append(depth - 1, '\t').append("}");
  } else if (value.is_array()) {
    out += '[';
    bool first = true;
    for (const Json& element : value) {
      if (!std::exchange(first, false)) out += ", ";
      append_pretty(out, element, depth + 1);
    }
    out += ']';
  } else {
    out += compact_json(value);
  }
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
  if (depth_of(text) > kJsonDepthMax) return std::nullopt;
  Json parsed = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) return std::nullopt;
  return parsed;
}

std::string compact_json(const Json& value) {
  // Bytes that are no UTF-8 are replaced, not thrown at the caller.
  return value.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string pretty_json(const Json& value) {
  std::string out;
  append_pretty(out, value, 1);
  return out;
}

}  // namespace api
