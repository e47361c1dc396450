// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/tls.h"

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/owned.h"

namespace entregent::net {
namespace {

using Context = Owned<SSL_CTX, SSL_CTX_free>;
using Ssl = Owned<SSL, SSL_free>;
using BioMethod = Owned<BIO_METHOD, BIO_meth_free>;
using Certificate = Owned<X509, X509_free>;

int bio_descriptor(BIO* bio) {
  return *static_cast<const int*>(BIO_get_data(bio));
}

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int bio_write(BIO* bio, const char* bytes, std::size_t size, std::size_t* written) {
  BIO_clear_retry_flags(bio);
  const ssize_t count = send(bio_descriptor(bio), bytes, size, MSG_NOSIGNAL);
  if (count < 0 && would_block()) BIO_set_retry_write(bio);
  *written = count > 0 ? static_cast<std::size_t>(count) : 0;
  return count > 0 ? 1 : 0;
}

int bio_read(BIO* bio, char* buffer, std::size_t size, std::size_t* received) {
  BIO_clear_retry_flags(bio);
  const ssize_t count = recv(bio_descriptor(bio), buffer, size, 0);
  if (count < 0 && would_block()) BIO_set_retry_read(bio);
  *received = count > 0 ? static_cast<std::size_t>(count) : 0;
  return count > 0 ? 1 : 0;
}

long bio_control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

/// OpenSSL's own socket BIO raises SIGPIPE when the server is gone; this one does not.
const BIO_METHOD* socket_bio() {
  static const BioMethod method = [] {
    BioMethod made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE"));
    BIO_meth_set_write_ex(made.get(), bio_write);
    BIO_meth_set_read_ex(made.get(), bio_read);
    BIO_meth_set_ctrl(made.get(), bio_control);
    BIO_meth_set_create(made.get(), [](BIO* bio) {
      BIO_set_init(bio, 1);
      return 1;
    });
    return made;
  }();
  return method.get();
}

Error no_tls(const std::string& host) {
  return fail(
      {ErrorCode::forbidden,
       N_("No encrypted connection could be made with the mail server {0}: it does not speak TLS 1.2 or newer there."),
       host});
}

bool is_ip_address(const std::string& host) {
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

/// 64 hex digits in lower case, without colons; nothing for anything else.
std::optional<std::string> plain_fingerprint(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c == ':' || c == ' ') continue;
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return std::nullopt;
    digits += c;
  }
  if (digits.size() != 64) return std::nullopt;
  return digits;
}

std::string fingerprint_of(const X509& certificate) {
  static constexpr char digits[] = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (X509_digest(&certificate, EVP_sha256(), bytes.data(), &size) != 1) return {};
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

Result<Context> new_context(const TlsOptions& options) {
  Context context(SSL_CTX_new(TLS_client_method()));
  if (!context) throw std::bad_alloc();
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // The handshake goes on with any certificate; certificate_refusal() judges it before a byte of ours is sent.
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  if (!options.fingerprint.empty()) {
    if (!plain_fingerprint(options.fingerprint)) {
      return fail({ErrorCode::invalid,
                   N_("The fingerprint of the certificate is not a SHA-256: it needs 64 hexadecimal digits.")});
    }
  } else if (!options.ca_file.empty()) {
    if (SSL_CTX_load_verify_file(context.get(), options.ca_file.c_str()) != 1) {
      ERR_clear_error();
      return fail({ErrorCode::invalid,
                   N_("The file of certificate authorities cannot be read: it must hold PEM certificates.")});
    }
    // So that a server's certificate in that file needs nobody above it.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context.get()), X509_V_FLAG_PARTIAL_CHAIN);
  } else {
    SSL_CTX_set_default_verify_paths(context.get());
  }
  return context;
}

std::string_view refusal_message(long reason) {
  switch (reason) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return N_("The certificate of the mail server is not trusted, it names another host: {0}");
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return N_("The certificate of the mail server is not trusted, it has expired or is not valid yet: {0}");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return N_("The certificate of the mail server is not trusted, it is signed by itself: {0}");
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return N_("The certificate of the mail server is not trusted, its authority is unknown here: {0}");
    default:
      return N_("The certificate of the mail server is not trusted: {0}");
  }
}

Result<Done> judge_certificate(SSL* ssl, const std::string& host, const TlsOptions& options) {
  const Certificate certificate(SSL_get1_peer_certificate(ssl));
  if (!certificate) return no_tls(host);
  const std::string fingerprint = fingerprint_of(*certificate);
  if (!options.fingerprint.empty()) {
    if (fingerprint == plain_fingerprint(options.fingerprint)) return Done{};
    return fail({ErrorCode::forbidden, N_("The mail server shows another certificate than the one you accepted: {0}"),
                 host + ", SHA-256 " + fingerprint});
  }
  const long reason = SSL_get_verify_result(ssl);
  if (reason == X509_V_OK) return Done{};
  return fail({ErrorCode::forbidden, std::string(refusal_message(reason)), host + ", SHA-256 " + fingerprint});
}

}  // namespace

struct TlsStream::State {
  const Socket& socket;
  std::string host;
  int descriptor;  ///< what the BIO points to
  Ssl ssl;

  State(const Socket& borrowed, std::string name, SSL_CTX* context)
      : socket(borrowed), host(std::move(name)), descriptor(borrowed.descriptor()), ssl(SSL_new(context)) {
    BIO* bio = ssl ? BIO_new(socket_bio()) : nullptr;
    if (!bio) throw std::bad_alloc();
    BIO_set_data(bio, &descriptor);
    SSL_set_bio(ssl.get(), bio, bio);
    if (is_ip_address(host)) {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), host.c_str());
    } else {
      SSL_set_tlsext_host_name(ssl.get(), host.c_str());
      SSL_set1_host(ssl.get(), host.c_str());
    }
  }

  /// After a call of OpenSSL that did not go through: waits and gives Done to have it tried again, or the Error.
  Result<Done> wait_after(int result, const Patience& patience) {
    const int reason = SSL_get_error(ssl.get(), result);
    ERR_clear_error();
    if (reason == SSL_ERROR_WANT_READ) return wait_for(socket, POLLIN, patience, host);
    if (reason == SSL_ERROR_WANT_WRITE) return wait_for(socket, POLLOUT, patience, host);
    return closed_error(host);
  }

  Result<Done> shake_hands(const Patience& patience) {
    for (;;) {
      ERR_clear_error();
      const int result = SSL_connect(ssl.get());
      if (result == 1) return Done{};
      const bool broken = SSL_get_error(ssl.get(), result) == SSL_ERROR_SSL;
      if (broken) {
        ERR_clear_error();
        return no_tls(host);
      }
      if (auto waited = wait_after(result, patience); !waited) return waited;
    }
  }
};

TlsStream::TlsStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsStream::~TlsStream() = default;
TlsStream::TlsStream(TlsStream&&) noexcept = default;
TlsStream& TlsStream::operator=(TlsStream&&) noexcept = default;

Result<TlsStream> TlsStream::open(const Socket& socket, const std::string& host, const TlsOptions& options,
                                  const Patience& patience) {
  const auto context = new_context(options);
  if (!context) return context.error();
  auto state = std::make_unique<State>(socket, host, context->get());
  if (auto done = state->shake_hands(patience); !done) return done.error();
  if (auto trusted = judge_certificate(state->ssl.get(), host, options); !trusted) return trusted.error();
  return TlsStream(std::move(state));
}

Result<std::size_t> TlsStream::read(char* buffer, std::size_t size, const Patience& patience) {
  for (;;) {
    std::size_t received = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(state_->ssl.get(), buffer, size, &received);
    if (result == 1) return received;
    if (auto waited = state_->wait_after(result, patience); !waited) return waited.error();
  }
}

Result<Done> TlsStream::write(std::string_view bytes, const Patience& patience) {
  while (!bytes.empty()) {
    std::size_t written = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(state_->ssl.get(), bytes.data(), bytes.size(), &written);
    if (result == 1) {
      bytes.remove_prefix(written);
    } else if (auto waited = state_->wait_after(result, patience); !waited) {
      return waited;
    }
  }
  return Done{};
}

}  // namespace entregent::net
