#include "api/show.h"

#include <optional>
#include <utility>
#include <vector>

#include "api/json_text.h"
#include "api/row.h"
#include "api/time_text.h"
#include "api/words.h"
#include "base/text.h"
#include "base/xml_text.h"

namespace api {
namespace {

constexpr std::string_view kUsage =
    "-USAGE: calls|channels|bridged_calls|registrations [count] [as json|xml|delim <delim>]\n";

constexpr std::string_view kChannelColumns =
    "uuid,direction,created,created_epoch,name,state,cid_name,cid_num,ip_addr,dest,application,"
    "application_data,dialplan,context,read_codec,read_rate,read_bit_rate,write_codec,write_rate,"
    "write_bit_rate,secure,hostname,presence_id,presence_data,accountcode,callstate,callee_name,"
    "callee_num,callee_direction,call_uuid,sent_callee_name,sent_callee_num,initial_cid_name,"
    "initial_cid_num,initial_ip_addr,initial_dest,initial_dialplan,initial_context";
constexpr std::string_view kCallColumns =
    "uuid,direction,created,created_epoch,name,state,cid_name,cid_num,ip_addr,dest,presence_id,"
    "presence_data,accountcode,callstate,callee_name,callee_num,callee_direction,call_uuid,"
    "hostname,sent_callee_name,sent_callee_num,b_uuid,b_direction,b_created,b_created_epoch,b_name,"
    "b_state,b_cid_name,b_cid_num,b_ip_addr,b_dest,b_presence_id,b_presence_data,b_accountcode,"
    "b_callstate,b_callee_name,b_callee_num,b_callee_direction,b_sent_callee_name,"
    "b_sent_callee_num,call_created_epoch";
constexpr std::string_view kRegistrationColumns =
    "reg_user,realm,token,url,expires,network_ip,network_port,network_proto,hostname,metadata";

struct Table {
  std::string_view columns;
  std::vector<Row> rows;
};

// ---- rows --------------------------------------------------------------------------------------

// What one leg shows of itself, read from the event that tells all about it.
class Channel {
 public:
  Channel(const call::Leg& leg, const Targets& targets)
      : leg_(leg), targets_(targets), data_(targets.calls.channel_data(leg.uuid).value()) {}

  std::string_view get(std::string_view header) const { return data_.get(header); }
  std::string_view variable(std::string_view name) const { return leg_.variables.get(name); }
  std::int64_t created_epoch() const {
    return targets_.engine.anchor().unix_seconds(leg_.created_at);
  }
  std::string created() const {
    const std::int64_t epoch = created_epoch();
    return time_text("%F %T", targets_.around.local_time_at(epoch), epoch);
  }
  std::string hostname() const {
    const auto& globals = targets_.around.globals();
    const auto found = globals.find("hostname");
    return found == globals.end() ? std::string() : found->second;
  }

  // uuid … dest: how every row of channels and calls begins, and each half of a call.
  void add_head(RowMaker& row) const {
    row.text(get("Unique-ID")).text(get("Call-Direction"));
    row.text(created()).number(created_epoch());
    row.text(get("Channel-Name")).text(get("Channel-State"));
    row.text(get("Caller-Caller-ID-Name")).text(get("Caller-Caller-ID-Number"));
    row.text(get("Caller-Network-Addr")).text(get("Caller-Destination-Number"));
  }
  // presence_id … callee_direction.
  void add_presence(RowMaker& row) const {
    row.text(get("Channel-Presence-ID")).text(variable("presence_data"));
    row.text(variable("accountcode")).text(get("Channel-Call-State"));
    row.text(get("Caller-Callee-ID-Name")).text(get("Caller-Callee-ID-Number")).text("");
  }

 private:
  const call::Leg& leg_;
  const Targets& targets_;
  base::EslEvent data_;
};

Row channel_row(const call::Leg& leg, const Targets& targets) {
  const Channel channel(leg, targets);
  RowMaker row;
  channel.add_head(row);
  row.text(channel.variable("current_application"));
  row.text(channel.variable("current_application_data"));
  row.text(channel.get("Caller-Dialplan")).text(channel.get("Caller-Context"));
  for (const char* way : {"Read", "Write"}) {
    const std::string prefix = std::string("Channel-") + way + "-Codec-";
    row.text(channel.get(prefix + "Name")).text(channel.get(prefix + "Rate"));
    row.text(channel.get(prefix + "Bit-Rate"));
  }
  row.text("").text(channel.hostname());  // secure
  channel.add_presence(row);
  row.text(channel.get("Channel-Call-UUID")).text("").text("");  // sent_callee_…
  row.text(channel.get("Caller-Orig-Caller-ID-Name"));
  row.text(channel.get("Caller-Orig-Caller-ID-Number"));
  row.text(channel.get("Caller-Network-Addr")).text(channel.get("Caller-Destination-Number"));
  row.text(channel.get("Caller-Dialplan")).text(channel.get("Caller-Context"));
  return row.take();
}

Row call_row(const call::Leg& leg, const call::Leg* partner, const Targets& targets) {
  constexpr int kPartnerColumns = 19;  // b_uuid … b_sent_callee_num
  const Channel channel(leg, targets);
  RowMaker row;
  channel.add_head(row);
  channel.add_presence(row);
  row.text(channel.get("Channel-Call-UUID")).text(channel.hostname()).text("").text("");
  if (partner == nullptr) {
    for (int i = 0; i < kPartnerColumns; ++i) row.text("");
  } else {
    const Channel other(*partner, targets);
    other.add_head(row);
    other.add_presence(row);
    row.text("").text("");
  }
  row.number(channel.created_epoch());
  return row.take();
}

Table channels(const Targets& targets) {
  Table table{kChannelColumns, {}};
  for (const call::Leg* leg : targets.calls.legs()) {
    if (!leg->is_ending()) table.rows.push_back(channel_row(*leg, targets));
  }
  return table;
}

// Of two legs that talk the one is shown that called in, or that came first.
enum class Calls { All, BridgedOnly };
Table calls(Calls which, const Targets& targets) {
  Table table{kCallColumns, {}};
  for (const call::Leg* leg : targets.calls.legs()) {
    if (leg->is_ending()) continue;
    const call::Leg* partner = leg->bridge ? targets.calls.leg(leg->bridge) : nullptr;
    if (partner == nullptr && which == Calls::BridgedOnly) continue;
    const bool calls_out = leg->direction == call::Direction::Outbound;
    const bool same_way = partner != nullptr && partner->direction == leg->direction;
    const bool is_second = same_way ? partner->id < leg->id : calls_out;
    if (partner != nullptr && is_second) continue;
    table.rows.push_back(call_row(*leg, partner, targets));
  }
  return table;
}

Table registrations(const Targets& targets) {
  Table table{kRegistrationColumns, {}};
  const auto& globals = targets.around.globals();
  const auto hostname = globals.find("hostname");
  for (const auto& [user, bindings] : targets.calls.registrations().all()) {
    for (const call::Binding& binding : bindings) {
      const std::string_view source = binding.source;
      const std::size_t colon = source.rfind(':');
      const bool has_port = colon != std::string_view::npos;
      RowMaker row;
      row.text(user.second).text(user.first).text(binding.call_id);
      row.text("sofia/" + binding.profile + "/" + binding.uri);
      row.number(targets.engine.anchor().unix_seconds(binding.expires_at));
      row.text(source.substr(0, colon)).text(has_port ? source.substr(colon + 1) : "");
      row.text(binding.over_tcp ? "tcp" : "udp")
          .text(hostname == globals.end() ? "" : hostname->second)
          .text("");
      table.rows.push_back(row.take());
    }
  }
  return table;
}

std::optional<Table> table_of(std::string_view what, const Targets& targets) {
  const std::string name = base::to_lower(what);
  if (name == "channels") return channels(targets);
  if (name == "calls" || name == "detailed_calls") return calls(Calls::All, targets);
  if (name == "bridged_calls" || name == "detailed_bridged_calls") {
    return calls(Calls::BridgedOnly, targets);
  }
  if (name == "registrations") return registrations(targets);
  return std::nullopt;
}

// ---- forms -------------------------------------------------------------------------------------

std::string total(const Table& table) {
  return "\n" + std::to_string(table.rows.size()) + " total.\n";
}

// A delimiter or a line break inside a value would break the form, so it becomes a space.
std::string text_form(const Table& table, char delimiter) {
  if (table.rows.empty()) return total(table);
  std::string out;
  for (const char c : table.columns) out += c == ',' ? delimiter : c;
  out += '\n';
  for (const Row& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += delimiter;
      for (const char c : row[i].value_or("")) {
        out += c == delimiter || static_cast<unsigned char>(c) < ' ' ? ' ' : c;
      }
    }
    out += '\n';
  }
  return out + total(table);
}

std::string json_form(const Table& table) {
  const auto names = base::split(table.columns, ',');
  Json reply = Json::object();
  reply["row_count"] = table.rows.size();
  if (table.rows.empty()) return compact_json(reply);
  Json rows = Json::array();
  for (const Row& row : table.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size() && i < names.size(); ++i) {
      object[names[i]] = row[i].value_or("");
    }
    rows.push_back(std::move(object));
  }
  reply["rows"] = std::move(rows);
  return compact_json(reply);
}

std::string xml_form(const Table& table) {
  const auto names = base::split(table.columns, ',');
  std::string out = "<result row_count=\"" + std::to_string(table.rows.size()) + "\">\n";
  std::size_t number = 0;
  for (const Row& row : table.rows) {
    out += "  <row row_id=\"" + std::to_string(++number) + "\">\n";
    for (std::size_t i = 0; i < row.size() && i < names.size(); ++i) {
      out += "    <" + names[i] + ">" + base::xml_escaped(row[i].value_or("")) + "</" + names[i] +
             ">\n";
    }
    out += "  </row>\n";
  }
  return out + "</result>\n";
}

}  // namespace

std::string show(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 6);
  if (words.empty()) return std::string(kUsage);
  const auto table = table_of(words[0], targets);
  if (!table) return std::string(kUsage);
  if (words.size() == 1) return text_form(*table, ',');
  if (base::equal_ignoring_case(words[1], "count")) return total(*table);
  if (!base::equal_ignoring_case(words[1], "as") || words.size() < 3) return std::string(kUsage);
  const std::string form = base::to_lower(words[2]);
  if (form == "json") return json_form(*table);
  if (form == "xml") return xml_form(*table);
  if (form != "delim") return std::string(kUsage);
  return text_form(*table, words.size() > 3 && !words[3].empty() ? words[3].front() : ',');
}

}  // namespace api
