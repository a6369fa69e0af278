// JSON between text and value, in the shape that clients of the original know.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace api {

// Members keep the order in which they were written: the reply begins with the request.
using Json = nlohmann::ordered_json;

// Deeper than any request people write; reading and printing recurse as deep as the text.
inline constexpr std::size_t kJsonDepthMax = 64;

// nullopt: not JSON, or nested deeper than kJsonDepthMax.
std::optional<Json> parse_json(std::string_view text);

// One line.
std::string compact_json(const Json& value);
// Indented by tabs as the original does it: a member a line, `"name":<tab>value`, and the elements
// of an array in one line but for the objects in it.
std::string pretty_json(const Json& value);

}  // namespace api
