// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/certificate.h"

#include <array>
#include <stdexcept>
#include <string_view>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/digest.h"
#include "base/owned.h"

namespace entregent::tests {
namespace {

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using X509Ptr = Owned<X509, X509_free>;
using Bio = Owned<BIO, BIO_free_all>;
using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;

void check(bool done) {
  if (!done) throw std::runtime_error("OpenSSL made no certificate");
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void add_name(X509_NAME* name, const char* common_name) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(common_name);
  check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes, -1, -1, 0) == 1);
}

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate make_certificate(const std::string& host, Validity validity, Signer signer) {
  constexpr long day = 24L * 3600;
  const bool is_ip = host.find_first_not_of("0123456789.") == std::string::npos;
  const Key key(EVP_EC_gen("P-256")), key_of_authority(EVP_EC_gen("P-256"));
  const X509Ptr certificate(X509_new());
  check(key && key_of_authority && certificate);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), validity == Validity::now ? -day : -365 * day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validity == Validity::now ? 30 * day : -30 * day);
  X509_set_pubkey(certificate.get(), key.get());
  const bool by_itself = signer == Signer::itself;
  add_name(X509_get_subject_name(certificate.get()), "Entregent test");
  add_name(X509_get_issuer_name(certificate.get()), by_itself ? "Entregent test" : "Entregent test authority");
  add_extension(certificate.get(), NID_subject_alt_name, (is_ip ? "IP:" : "DNS:") + host);
  check(X509_sign(certificate.get(), by_itself ? key.get() : key_of_authority.get(), EVP_sha256()) > 0);

  const Bio pem(BIO_new(BIO_s_mem())), key_pem(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(pem.get(), certificate.get()) == 1);
  check(PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  check(X509_digest(certificate.get(), EVP_sha256(), bytes.data(), &size) == 1);
  return {text_of(pem.get()), text_of(key_pem.get()), hex({bytes.data(), size})};
}

}  // namespace entregent::tests
