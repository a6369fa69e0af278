// A value or the reason why there is none (style.md B5): for what the world or an operator gets
// wrong. Ours alone to name, so that std::expected can take its place with the next compiler.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace base {

template <class T, class E = std::string>
using Result = tl::expected<T, E>;

template <class E>
tl::unexpected<std::decay_t<E>> failure(E&& error) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

}  // namespace base
