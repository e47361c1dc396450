// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <stdexcept>
#include <string>

namespace entregent::db {

/// The database failed and nobody nearby can repair it. what() is for the log.
class Failure : public std::runtime_error {
 public:
  enum class Kind {
    full,            ///< no space left on the device
    not_a_database,  ///< the file is something else
    corrupt,
    read_only,
    absent,          ///< there is no such file yet
    cannot_open,     ///< a folder that is missing, is a file, or is closed to us
    newer_schema,    ///< written by a later version of the program
    foreign_schema,  ///< a database, but not one of ours
    interrupted,
    other,
  };
  Failure(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Somebody else is writing, and still was after the busy timeout.
class Busy : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace entregent::db
