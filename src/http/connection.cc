#include "http/connection.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

#include "base/log.h"
#include "base/text.h"
#include "http/basic_credentials.h"
#include "http/xml_rpc.h"

namespace http {
namespace {

namespace beast = boost::beast;
namespace protocol = boost::beast::http;
using boost::system::error_code;

constexpr std::string_view kPath = "/RPC2";
constexpr std::uint32_t kHeaderBytesMax = 16 << 10;

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool is_xml(std::string_view content_type) {
  const std::string_view type = base::trim(content_type.substr(0, content_type.find(';')));
  return base::equal_ignoring_case(type, "text/xml") ||
         base::equal_ignoring_case(type, "application/xml");
}

class BeastConnection final : public Connection,
                              public std::enable_shared_from_this<BeastConnection> {
 public:
  BeastConnection(std::uint64_t id, boost::asio::ip::tcp::socket socket, Host& host,
                  const ServerOptions& options)
      : id_(id), stream_(std::move(socket)), host_(host), options_(options) {}

  void start() override { read(); }

  void answer(std::string_view text) override {
    if (!is_waiting_) return;
    is_waiting_ = false;
    respond(protocol::status::ok, response_xml(text), "text/xml");
  }

 private:
  void read() {
    request_.emplace();
    request_->body_limit(options_.body_bytes_max);
    request_->header_limit(kHeaderBytesMax);
    stream_.expires_after(options_.read_timeout);
    protocol::async_read(
        stream_, buffer_, *request_,
        [self = shared_from_this()](error_code error, std::size_t) { self->read_done(error); });
  }

  void read_done(error_code error) {
    if (!error) return handle(request_->get());
    if (error == protocol::error::body_limit) {
      return refuse(protocol::status::payload_too_large, "the request is too long\n");
    }
    const bool is_gone =
        error == protocol::error::end_of_stream || error == protocol::error::partial_message ||
        error.category() != protocol::make_error_code(protocol::error::bad_method).category();
    if (is_gone) return close();
    refuse(protocol::status::bad_request, "this is no HTTP request\n");
  }

  using Request = protocol::request<protocol::string_body>;

  void handle(const Request& request) {
    keeps_alive_ = request.keep_alive();
    if (!are_right(plain(request[protocol::field::authorization]), options_.user,
                   options_.password)) {
      return ask_for_password(request);
    }
    if (plain(request.target()) != kPath) {
      return respond(protocol::status::not_found, "there is /RPC2 only\n", "text/plain");
    }
    if (request.method() != protocol::verb::post) {
      return respond(protocol::status::method_not_allowed, "POST only\n", "text/plain");
    }
    // A page in somebody's browser cannot send this type elsewhere without being asked first.
    if (!is_xml(plain(request[protocol::field::content_type]))) {
      return respond(protocol::status::unsupported_media_type, "expected text/xml\n", "text/plain");
    }
    run(request.body());
  }

  void ask_for_password(const Request& request) {
    // Clients send their first request without one; only a wrong one is worth a line.
    if (!plain(request[protocol::field::authorization]).empty()) {
      base::log_warning("XML-RPC: a wrong user or password from {}", peer());
    }
    challenges_ = true;
    respond(protocol::status::unauthorized, "user and password, please\n", "text/plain");
  }

  void run(const std::string& body) {
    const auto call = parse_call(body);
    if (!call) return respond_fault(call.error());
    auto command = command_of(*call);
    if (!command) return respond_fault(command.error());
    is_waiting_ = true;
    timer_.expires_after(options_.answer_timeout);
    timer_.async_wait([self = shared_from_this(), number = ++question_](error_code error) {
      if (error || !self->is_waiting_ || self->question_ != number) return;
      self->too_busy();
    });
    if (!host_.ask(id_, std::move(*command))) too_busy();
  }

  void too_busy() {
    is_waiting_ = false;
    respond_fault({XmlRpcFault::kTooBusy, "server too busy"});
  }

  void respond_fault(const XmlRpcFault& fault) {
    respond(protocol::status::ok, fault_xml(fault), "text/xml");
  }

  // For those whose next request could not be told from the rest of this one.
  void refuse(protocol::status status, std::string text) {
    keeps_alive_ = false;
    respond(status, std::move(text), "text/plain");
  }

  void respond(protocol::status status, std::string body, std::string_view type) {
    timer_.cancel();
    response_ = {};
    response_.version(11);
    response_.result(status);
    response_.set(protocol::field::server, "Ringmaster");
    response_.set(protocol::field::content_type,
                  boost::beast::string_view(type.data(), type.size()));
    if (std::exchange(challenges_, false)) {
      response_.set(protocol::field::www_authenticate, "Basic realm=\"" + options_.realm + "\"");
    }
    if (status == protocol::status::method_not_allowed) {
      response_.set(protocol::field::allow, "POST");
    }
    response_.keep_alive(keeps_alive_);
    response_.body() = std::move(body);
    response_.prepare_payload();
    stream_.expires_after(options_.read_timeout);
    protocol::async_write(stream_, response_,
                          [self = shared_from_this()](error_code error, std::size_t) {
                            if (error || !self->keeps_alive_) return self->close();
                            self->read();
                          });
  }

  void close() {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.close();
    timer_.cancel();
    host_.ended(id_);
  }

  std::string peer() {
    error_code error;
    const auto endpoint = stream_.socket().remote_endpoint(error);
    return error ? std::string("somewhere") : endpoint.address().to_string();
  }

  const std::uint64_t id_;
  beast::tcp_stream stream_;
  boost::asio::steady_timer timer_{stream_.get_executor()};
  Host& host_;
  const ServerOptions& options_;

  beast::flat_buffer buffer_;
  std::optional<protocol::request_parser<protocol::string_body>> request_;
  protocol::response<protocol::string_body> response_;
  std::uint64_t question_ = 0;
  bool is_waiting_ = false;
  bool keeps_alive_ = false;
  bool challenges_ = false;
  bool closed_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(std::uint64_t id, boost::asio::ip::tcp::socket socket,
                                            Connection::Host& host, const ServerOptions& options) {
  return std::make_shared<BeastConnection>(id, std::move(socket), host, options);
}

}  // namespace http
