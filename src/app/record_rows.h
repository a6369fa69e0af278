// Call records of the core as rows of the tables `calls` and `offers` (docs/schema.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/command.h"
#include "store/record_outbox.h"

namespace app {

std::vector<store::Record> record_rows(const core::RecordsMade& made);

// The key of an offer: its member's uuid with the offer's number worked into its end, the same each
// time.
std::string offer_uuid(std::string_view member_uuid, base::OfferId offer);

}  // namespace app
