// The name of a thread, as top -H, gdb and perf show it. The main thread keeps the program's: it
// is the loop.
#pragma once

#include <pthread.h>

namespace base {

// `name`: at most 15 characters; a longer one is not taken.
inline void name_this_thread(const char* name) {
  pthread_setname_np(pthread_self(), name);
}

}  // namespace base
