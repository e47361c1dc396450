// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/exit_status.h"

namespace entregent::cli {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return 2;
    case ErrorCode::not_found:
      return 3;
    case ErrorCode::conflict:
      return 4;
    case ErrorCode::forbidden:
      return 5;
    case ErrorCode::malformed:
      return 6;
    case ErrorCode::unauthenticated:
      return 7;
    case ErrorCode::unavailable:
      return 8;
  }
  return status_bug;
}

int exit_status(db::Failure::Kind kind) {
  using Kind = db::Failure::Kind;
  switch (kind) {
    case Kind::full:
      return 10;
    case Kind::not_a_database:
      return 11;
    case Kind::corrupt:
      return 12;
    case Kind::newer_schema:
      return 13;
    case Kind::read_only:
      return 15;
    case Kind::absent:
      return 16;
    case Kind::cannot_open:
      return 18;
    case Kind::foreign_schema:
      return 17;
    case Kind::interrupted:
      return status_interrupted;
    case Kind::other:
      return status_bug;
  }
  return status_bug;
}

Error sentence(db::Failure::Kind kind, const std::string& program) {
  using Kind = db::Failure::Kind;
  switch (kind) {
    case Kind::full:
      return {ErrorCode::unavailable, N_("The disk is full; nothing was lost. Make room and try again.")};
    case Kind::not_a_database:
      return {ErrorCode::malformed,
              N_("The private file is no database; restore a backup, or move it away and index anew.")};
    case Kind::corrupt:
      return {ErrorCode::malformed,
              N_("The private file is damaged; restore a backup, or move it away and index anew.")};
    case Kind::newer_schema:
      return {ErrorCode::conflict,
              N_("The private file was written by a later version of Entregent; install that version.")};
    case Kind::read_only:
      return {ErrorCode::forbidden, N_("The private file cannot be written; check its permissions.")};
    case Kind::absent:
      return {ErrorCode::not_found, N_("Nothing is indexed yet; begin with: {0} source add FOLDER"), program};
    case Kind::cannot_open:
      return {
          ErrorCode::forbidden,
          N_("The private file cannot be opened: its folder is a file, or closed to you. Choose another with --home.")};
    case Kind::foreign_schema:
      return {ErrorCode::conflict, N_("The file belongs to another program; nothing was changed.")};
    case Kind::interrupted:
      return {ErrorCode::unavailable, N_("Stopped.")};
    case Kind::other:
      break;
  }
  return {ErrorCode::unavailable, N_("The private file failed; entregent status says more.")};
}

}  // namespace entregent::cli
