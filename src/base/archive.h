// Save and restore with one description per type.
//
// A type that is saved has one function `void describe(base::Archive& archive, T& value)` beside
// it, which names each field once; the same function writes when the archive saves and reads when
// it loads. Fields are named in the result, so a newer program reads an older state: a field that
// is missing keeps the value it had. Fields that are not known are ignored.
//
//   void describe(base::Archive& archive, Tier& tier) {
//     archive.field("queue", tier.queue);
//     archive.field("level", tier.level);
//   }
//
// Understood without a describe(): integers, bool, enums, std::string, Id, Instant, Duration,
// optional, vector, set, map and variant of the same. A variant's alternatives are told apart by
// their `static constexpr std::string_view kName`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace base {

class Archive {
 public:
  Archive() = default;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  virtual ~Archive() = default;

  virtual bool loading() const = 0;

  // Names one field of the object that is open.
  template <class T>
  void field(std::string_view name, T& value) {
    if (!open_field(name)) return;
    item(value);
    close_field();
  }

  // Writes or reads one value at the place that is open.
  template <class T>
  void item(T& value);

 protected:
  // False when loading and the open object has no such field.
  virtual bool open_field(std::string_view name) = 0;
  virtual void close_field() = 0;
  virtual void begin_object() = 0;
  virtual void end_object() = 0;
  // Saving: `count` items follow. Returns: when loading, how many items there are.
  virtual std::size_t begin_list(std::size_t count) = 0;
  virtual void open_item(std::size_t index) = 0;
  virtual void close_item() = 0;
  virtual void end_list() = 0;
  virtual void boolean(bool& value) = 0;
  virtual void integer(std::int64_t& value) = 0;
  virtual void text(std::string& value) = 0;
  // What is loaded does not fit: throws ArchiveError (it is caught where the state is opened).
  [[noreturn]] virtual void mismatch(std::string_view what) = 0;

 private:
  template <class Container, class Put>
  void list(Container& container, Put put);
  template <class T>
  void optional_item(std::optional<T>& value);
  template <class... Ts>
  void variant_item(std::variant<Ts...>& value);
};

// Thrown while loading when the saved form does not fit the types that read it.
class ArchiveError : public std::exception {
 public:
  explicit ArchiveError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

namespace archive_detail {

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class T, template <class...> class Template>
struct IsLike : std::false_type {};
template <template <class...> class Template, class... Args>
struct IsLike<Template<Args...>, Template> : std::true_type {};

// What a map's or a plain element's type is once it may be written to.
template <class T>
struct Writable {
  using Type = T;
};
template <class K, class V>
struct Writable<std::pair<const K, V>> {
  using Type = std::pair<K, V>;
};

}  // namespace archive_detail

template <class Container, class Put>
void Archive::list(Container& container, Put put) {
  const std::size_t count = begin_list(container.size());
  if (loading()) {
    container.clear();
    for (std::size_t index = 0; index < count; ++index) {
      typename archive_detail::Writable<typename Container::value_type>::Type element{};
      open_item(index);
      item(element);
      close_item();
      put(std::move(element));
    }
  } else {
    std::size_t index = 0;
    for (auto& element : container) {
      typename archive_detail::Writable<typename Container::value_type>::Type copy(element);
      open_item(index++);
      item(copy);
      close_item();
    }
  }
  end_list();
}

template <class T>
void Archive::optional_item(std::optional<T>& value) {
  const std::size_t count = begin_list(value.has_value() ? 1 : 0);
  if (loading()) value = count > 0 ? std::optional<T>(std::in_place) : std::nullopt;
  if (count > 0) {
    open_item(0);
    item(*value);
    close_item();
  }
  end_list();
}

template <class... Ts>
void Archive::variant_item(std::variant<Ts...>& value) {
  begin_object();
  std::string kind = std::visit([](const auto& v) { return std::string(v.kName); }, value);
  field("kind", kind);
  if (loading()) {
    const bool known = ((Ts::kName == kind ? (value = Ts{}, true) : false) || ...);
    if (!known) mismatch("unknown kind " + kind);
  }
  if (open_field("value")) {
    std::visit([this](auto& v) { this->item(v); }, value);
    close_field();
  }
  end_object();
}

template <class T>
void Archive::item(T& value) {
  using namespace archive_detail;
  if constexpr (std::is_same_v<T, bool>) {
    boolean(value);
  } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
    auto number = static_cast<std::int64_t>(value);
    integer(number);
    if (loading()) value = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, std::string>) {
    text(value);
  } else if constexpr (IsId<T>::value) {
    item(value.value);
  } else if constexpr (std::is_same_v<T, Duration>) {
    std::int64_t ms = value.count();
    integer(ms);
    if (loading()) value = Duration(ms);
  } else if constexpr (std::is_same_v<T, Instant>) {
    std::int64_t ms = to_ms(value);
    integer(ms);
    if (loading()) value = instant_ms(ms);
  } else if constexpr (IsLike<T, std::optional>::value) {
    optional_item(value);
  } else if constexpr (IsLike<T, std::variant>::value) {
    variant_item(value);
  } else if constexpr (IsLike<T, std::vector>::value) {
    list(value, [&](auto&& element) { value.push_back(std::forward<decltype(element)>(element)); });
  } else if constexpr (IsLike<T, std::set>::value || IsLike<T, std::map>::value) {
    list(value, [&](auto&& element) { value.insert(std::forward<decltype(element)>(element)); });
  } else if constexpr (IsLike<T, std::pair>::value) {
    begin_object();
    field("key", value.first);
    field("value", value.second);
    end_object();
  } else {
    begin_object();
    describe(*this, value);
    end_object();
  }
}

}  // namespace base
