#include "sip/stack.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <future>
#include <thread>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/inbox.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "sip/endpoint.h"
#include "sip/event_loop.h"
#include "sip/library.h"
#include "sip/limits.h"

namespace sip {
namespace {

// A descriptor that becomes readable when it is rung, from any thread.
class Bell {
 public:
  Bell() : descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { CHECK(descriptor_ >= 0); }
  ~Bell() { close(descriptor_); }
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  void ring() const {
    const std::uint64_t one = 1;
    // Fails only when it has rung 2^64 times unheard.
    static_cast<void>(!write(descriptor_, &one, sizeof one));
  }
  void silence() const {
    std::uint64_t count = 0;
    static_cast<void>(!read(descriptor_, &count, sizeof count));
  }
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

// The library's own lines go to our log, at its lowest level only: they repeat what peers sent.
void quieten_library() {
  su_log_set_level(su_log_default, 0);
  su_log_redirect(
      su_log_default,
      [](void*, const char* format, va_list arguments) {
        char line[512];
        if (std::vsnprintf(line, sizeof line, format, arguments) > 0) {
          base::log_debug(base::LogSubject{base::LogArea::Sip}, "sip library: {}", line);
        }
      },
      nullptr);
}

struct Stop {};
struct ReadTrace {
  std::function<void()> then;
};
using Profiles = std::vector<call::SipProfile>;
struct Search {
  std::vector<base::LegId> legs;
  Stack::Unknown tell;
};
using Errand = std::variant<call::SipOrder, call::Directory, Profiles, Search, ReadTrace, Stop>;

}  // namespace

struct Stack::Thread {
  Bell bell;
  base::Inbox<Errand> inbox{kOrdersMax, [this] { bell.ring(); }};
  std::vector<BoundProfile> bound;
  trace::Trace trace;
  RefusedCalls refused;
  std::thread thread;

  // Everything of the library is made, used and destroyed in here.
  void run(const StackOptions& options, Report report, std::promise<std::string>& started) {
    EventLoop loop;
    Endpoint endpoint(loop, options, std::move(report), {trace, refused});
    std::string problem = endpoint.open(options);
    bound = endpoint.bound();
    const bool failed = !problem.empty();
    started.set_value(std::move(problem));
    if (failed) return;
    loop.on_readable(bell.descriptor(), [&] { do_errands(loop, endpoint); });
    loop.run();
  }

  void do_errands(EventLoop& loop, Endpoint& endpoint) {
    bell.silence();
    for (Errand& errand : inbox.take_now()) {
      if (std::holds_alternative<Stop>(errand)) {
        return loop.stop();
      } else if (auto* directory = std::get_if<call::Directory>(&errand)) {
        endpoint.replace_directory(std::move(*directory));
      } else if (const auto* profiles = std::get_if<Profiles>(&errand)) {
        endpoint.use_settings(*profiles);
      } else if (const auto* search = std::get_if<Search>(&errand)) {
        const auto unknown = endpoint.unknown_of(search->legs);
        if (!unknown.empty()) search->tell(unknown);
      } else if (const auto* read = std::get_if<ReadTrace>(&errand)) {
        endpoint.read_transports();
        read->then();
      } else if (const auto* order = std::get_if<call::SipOrder>(&errand)) {
        endpoint.apply(*order);
      }
    }
  }
};

base::Result<std::unique_ptr<Stack>> Stack::start(StackOptions options, Report report) {
  quieten_library();
  auto thread = std::make_unique<Thread>();
  std::promise<std::string> started;
  std::future<std::string> outcome = started.get_future();
  Thread& self = *thread;
  thread->thread = std::thread(
      [&self, &started, options = std::move(options), report = std::move(report)]() mutable {
        base::name_this_thread("sip");
        self.run(options, std::move(report), started);
      });
  std::string problem = outcome.get();
  if (!problem.empty()) {
    thread->thread.join();
    return base::failure(std::move(problem));
  }
  return std::make_unique<Stack>(Key{}, std::move(thread));
}

Stack::Stack(Key, std::unique_ptr<Thread> thread) : thread_(std::move(thread)) {}

Stack::~Stack() {
  // The inbox may be full; the thread empties it.
  while (!thread_->inbox.put(Stop{})) std::this_thread::yield();
  thread_->thread.join();
}

bool Stack::post(call::SipOrder order) {
  return thread_->inbox.put(std::move(order));
}

bool Stack::replace_directory(call::Directory directory) {
  return thread_->inbox.put(std::move(directory));
}

bool Stack::use_settings(std::vector<call::SipProfile> profiles) {
  return thread_->inbox.put(std::move(profiles));
}

bool Stack::look_for(std::vector<base::LegId> legs, Unknown tell) {
  return thread_->inbox.put(Search{std::move(legs), std::move(tell)});
}

bool Stack::after_reading_trace(std::function<void()> then) {
  return thread_->inbox.put(ReadTrace{std::move(then)});
}

trace::Trace& Stack::trace() {
  return thread_->trace;
}

const RefusedCalls& Stack::refused_calls() const {
  return thread_->refused;
}

const std::vector<BoundProfile>& Stack::bound() const {
  return thread_->bound;
}

}  // namespace sip
