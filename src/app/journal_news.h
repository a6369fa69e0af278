// What the journal's thread has to tell the loop, kept until the loop looks.
//
// Not a part of the loop's inbox: an acknowledgement must find room however full that is.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "store/journal.h"

namespace app {

class JournalNews {
 public:
  struct News {
    std::uint64_t acknowledged = 0;  // Newest safe record, or 0: nothing new.
    std::uint64_t saved = 0;         // Newest safe snapshot, or 0: nothing new.
    std::string failure;             // Latest failure, or empty.
  };

  // To be given to the journal. Lifetime: this object outlives the journal.
  store::JournalCallbacks callbacks();

  // Called from the journal's thread after each piece of news.
  void wake_with(std::function<void()> wake);

  News take();

 private:
  void tell(const std::function<void(News&)>& change);

  std::mutex mutex_;
  News news_;
  std::function<void()> wake_;
};

}  // namespace app
