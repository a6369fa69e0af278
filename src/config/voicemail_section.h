// voicemail.conf.xml: the profiles that the application `voicemail` names.
#pragma once

#include "call/voicemail_profile.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

call::VoicemailProfiles read_voicemail(const Element& configuration, Problems& problems);

}  // namespace config
