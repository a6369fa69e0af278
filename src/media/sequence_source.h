// Sounds one behind the other, as file_string:// names them. Reading opens files: for the loader's
// thread.
//
// A part that cannot be played is left out, and said so; the others are heard.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "media/sample_source.h"

namespace media {

class SequenceSource : public SampleSource {
 public:
  // Gives a part its source, which stops at its end.
  using Open = std::function<base::Result<std::unique_ptr<SampleSource>>(const std::string& part)>;
  SequenceSource(std::vector<std::string> parts, Open open, Ending ending)
      : parts_(std::move(parts)), open_(std::move(open)), ending_(ending) {}

  std::size_t read(std::span<std::int16_t> out) override;
  // Of the parts that could not be played.
  std::string failure() const override { return failure_; }

 private:
  bool open_next();
  void failed(std::size_t part, const std::string& why);

  std::vector<std::string> parts_;
  Open open_;
  Ending ending_;
  std::size_t next_ = 0;                  // Of parts_.
  std::unique_ptr<SampleSource> source_;  // Of the part before; none between two.
  bool has_sound_ = false;                // In this round.
  std::set<std::size_t> failed_;          // Those that failure_ names.
  std::string failure_;
};

}  // namespace media
