// What passes from the calls to the media folder about legs that listen to others. Values only.
//
// A leg that eavesdrops hears what another leg says and what it is sent, mixed, unless a sound is
// played to it. Who hears the eavesdropper's own voice is said with it; with nobody named it goes
// nowhere. Two legs of a bridge hear each other as before, whoever listens.
#pragma once

#include <string_view>

#include "base/archive.h"
#include "base/ids.h"

namespace call {

// Who hears the one that eavesdrops: the leg that is listened to, who is bridged with it, or both.
enum class HeardBy { Nobody, Watched, Other, Both };

// From now on; comes again when somebody else is to hear it. It lasts until it is stopped or the
// leg is closed; while the other leg is not there, nothing is heard.
struct StartEavesdropping {
  static constexpr std::string_view kName = "StartEavesdropping";
  base::LegId leg;
  base::LegId watched;
  HeardBy heard_by = HeardBy::Nobody;
};

struct StopEavesdropping {
  static constexpr std::string_view kName = "StopEavesdropping";
  base::LegId leg;
};

void describe(base::Archive& archive, StartEavesdropping& order);
void describe(base::Archive& archive, StopEavesdropping& order);

}  // namespace call
