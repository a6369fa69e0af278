#include "base/json_archive.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/check.h"

namespace base {

using Json = nlohmann::ordered_json;

// ---- writing -----------------------------------------------------------------------------------

struct JsonWriter::State {
  // Where values go: the back is the place that is open.
  std::vector<Json> open{Json()};
  std::vector<std::string> names;
};

JsonWriter::JsonWriter() : state_(std::make_unique<State>()) {}
JsonWriter::~JsonWriter() = default;

std::string JsonWriter::take() {
  CHECK(state_->open.size() == 1);
  // Bytes that are not UTF-8 come from callers' names; they are replaced, never fatal.
  return state_->open.front().dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool JsonWriter::open_field(std::string_view name) {
  state_->names.emplace_back(name);
  state_->open.emplace_back();
  return true;
}

void JsonWriter::close_field() {
  Json value = std::move(state_->open.back());
  state_->open.pop_back();
  state_->open.back()[state_->names.back()] = std::move(value);
  state_->names.pop_back();
}

void JsonWriter::begin_object() {
  state_->open.back() = Json::object();
}
void JsonWriter::end_object() {}

std::size_t JsonWriter::begin_list(std::size_t count) {
  state_->open.back() = Json::array();
  return count;
}

void JsonWriter::open_item(std::size_t) {
  state_->open.emplace_back();
}

void JsonWriter::close_item() {
  Json value = std::move(state_->open.back());
  state_->open.pop_back();
  state_->open.back().push_back(std::move(value));
}

void JsonWriter::end_list() {}
void JsonWriter::boolean(bool& value) {
  state_->open.back() = value;
}
void JsonWriter::integer(std::int64_t& value) {
  state_->open.back() = value;
}
void JsonWriter::text(std::string& value) {
  state_->open.back() = value;
}
void JsonWriter::mismatch(std::string_view what) {
  throw ArchiveError(std::string(what));
}

// ---- reading -----------------------------------------------------------------------------------

struct JsonReader::State {
  Json root;
  std::vector<const Json*> open;
};

JsonReader::JsonReader(std::string_view json) : state_(std::make_unique<State>()) {
  state_->root = Json::parse(json, nullptr, false);
  if (state_->root.is_discarded()) throw ArchiveError("not JSON");
  state_->open.push_back(&state_->root);
}

JsonReader::~JsonReader() = default;

bool JsonReader::open_field(std::string_view name) {
  const Json& object = *state_->open.back();
  if (!object.is_object()) mismatch("expected an object");
  const auto found = object.find(name);
  if (found == object.end()) return false;
  state_->open.push_back(&*found);
  return true;
}

void JsonReader::close_field() {
  state_->open.pop_back();
}

void JsonReader::begin_object() {
  if (!state_->open.back()->is_object()) mismatch("expected an object");
}

void JsonReader::end_object() {}

std::size_t JsonReader::begin_list(std::size_t) {
  if (!state_->open.back()->is_array()) mismatch("expected a list");
  return state_->open.back()->size();
}

void JsonReader::open_item(std::size_t index) {
  state_->open.push_back(&(*state_->open.back())[index]);
}

void JsonReader::close_item() {
  state_->open.pop_back();
}
void JsonReader::end_list() {}

void JsonReader::boolean(bool& value) {
  if (!state_->open.back()->is_boolean()) mismatch("expected true or false");
  value = state_->open.back()->get<bool>();
}

void JsonReader::integer(std::int64_t& value) {
  if (!state_->open.back()->is_number_integer()) mismatch("expected a whole number");
  value = state_->open.back()->get<std::int64_t>();
}

void JsonReader::text(std::string& value) {
  if (!state_->open.back()->is_string()) mismatch("expected text");
  value = state_->open.back()->get<std::string>();
}

void JsonReader::mismatch(std::string_view what) {
  throw ArchiveError(std::string(what));
}

}  // namespace base
