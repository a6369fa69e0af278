// Archives in JSON: what the journal and the snapshots hold.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/archive.h"

namespace base {

// Collects what is described and gives it as one line of JSON, fields in the order described.
class JsonWriter : public Archive {
 public:
  JsonWriter();
  ~JsonWriter() override;

  // The text of the one value that was written with item().
  std::string take();

  bool loading() const override { return false; }

 protected:
  bool open_field(std::string_view name) override;
  void close_field() override;
  void begin_object() override;
  void end_object() override;
  std::size_t begin_list(std::size_t count) override;
  void open_item(std::size_t index) override;
  void close_item() override;
  void end_list() override;
  void boolean(bool& value) override;
  void integer(std::int64_t& value) override;
  void text(std::string& value) override;
  [[noreturn]] void mismatch(std::string_view what) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads what JsonWriter wrote. Throws ArchiveError when the text is not JSON or does not fit.
class JsonReader : public Archive {
 public:
  explicit JsonReader(std::string_view json);
  ~JsonReader() override;

  bool loading() const override { return true; }

 protected:
  bool open_field(std::string_view name) override;
  void close_field() override;
  void begin_object() override;
  void end_object() override;
  std::size_t begin_list(std::size_t count) override;
  void open_item(std::size_t index) override;
  void close_item() override;
  void end_list() override;
  void boolean(bool& value) override;
  void integer(std::int64_t& value) override;
  void text(std::string& value) override;
  [[noreturn]] void mismatch(std::string_view what) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One value to JSON and back.
template <class T>
std::string to_json(T& value) {
  JsonWriter writer;
  writer.item(value);
  return writer.take();
}
template <class T>
std::string to_json(const T& value) {
  T copy(value);
  return to_json(copy);
}
template <class T>
T from_json(std::string_view json) {
  T value{};
  JsonReader reader(json);
  reader.item(value);
  return value;
}

}  // namespace base
