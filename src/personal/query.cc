// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/query.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/tokens.h"

namespace entregent::personal {
namespace {

struct Piece {
  std::string field;  ///< folded; empty for plain words
  std::string text;
  bool quoted = false;
  bool negative = false;
  bool is_or = false;
};

struct FieldName {
  std::string_view name;
  Term::Kind kind;
};
constexpr std::array<FieldName, 22> field_names = {{{"from", Term::Kind::from},
                                                    {"de", Term::Kind::from},
                                                    {"to", Term::Kind::to},
                                                    {"a", Term::Kind::to},
                                                    {"with", Term::Kind::with},
                                                    {"avec", Term::Kind::with},
                                                    {"subject", Term::Kind::subject},
                                                    {"objet", Term::Kind::subject},
                                                    {"sujet", Term::Kind::subject},
                                                    {"before", Term::Kind::before},
                                                    {"avant", Term::Kind::before},
                                                    {"after", Term::Kind::after},
                                                    {"apres", Term::Kind::after},
                                                    {"in", Term::Kind::in},
                                                    {"dans", Term::Kind::in},
                                                    {"kind", Term::Kind::kind},
                                                    {"genre", Term::Kind::kind},
                                                    {"type", Term::Kind::kind},
                                                    {"has", Term::Kind::has_attachment},
                                                    {"contient", Term::Kind::has_attachment},
                                                    {"depuis", Term::Kind::after},
                                                    {"since", Term::Kind::after}}};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Piece> run() {
    std::vector<Piece> pieces;
    while (skip_space()) pieces.push_back(piece());
    return pieces;
  }

 private:
  bool skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ < text_.size();
  }

  Piece piece() {
    Piece piece;
    if (text_[at_] == '-' && at_ + 1 < text_.size() && !is_space(text_[at_ + 1])) {
      piece.negative = true;
      ++at_;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != ':' && text_[at_] != '"') ++at_;
    const std::string name = folded(text_.substr(start, at_ - start));
    const bool known = at_ < text_.size() && text_[at_] == ':' &&
                       std::ranges::find(field_names, name, &FieldName::name) != field_names.end();
    if (known) {
      piece.field = name;
      ++at_;
    } else {
      at_ = start;
    }
    value(piece);
    piece.is_or = !piece.quoted && piece.field.empty() && !piece.negative && (piece.text == "OR" || piece.text == "OU");
    return piece;
  }

  void value(Piece& piece) {
    if (at_ < text_.size() && text_[at_] == '"') {
      const auto end = text_.find('"', at_ + 1);
      piece.quoted = true;
      piece.text = std::string(text_.substr(at_ + 1, end == std::string_view::npos ? end : end - at_ - 1));
      at_ = end == std::string_view::npos ? text_.size() : end + 1;
      return;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && !is_space(text_[at_])) ++at_;
    piece.text = std::string(text_.substr(start, at_ - start));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// `2026`, `2026-03`, `2026-03-09`: the first day of it.
std::optional<Day> first_day(std::string_view text) {
  std::string whole(text);
  if (whole.size() == 4) whole += "-01";
  if (whole.size() == 7) whole += "-01";
  return parse_iso_day(whole);
}

Result<Term> text_term(const Piece& piece, Term term) {
  const bool prefix = !piece.quoted && piece.text.size() > 1 && piece.text.ends_with('*');
  term.words = tokens(piece.text);
  if (term.words.empty()) return fail({ErrorCode::invalid, N_("There is no word to look for in “{0}”."), piece.text});
  if (term.kind == Term::Kind::subject) {
    term.is_prefix = prefix;
    return term;
  }
  term.kind = prefix                                  ? Term::Kind::prefix
              : term.words.size() > 1 || piece.quoted ? Term::Kind::phrase
                                                      : Term::Kind::word;
  return term;
}

Result<Term> day_term(const Piece& piece, Term term) {
  const auto day = first_day(piece.text);
  if (!day) return fail({ErrorCode::invalid, N_("“{0}” is no date: write 2026, 2026-03 or 2026-03-09."), piece.text});
  term.day = *day;
  return term;
}

Result<Term> kind_term(const Piece& piece, Term term) {
  const std::string word = folded(piece.text);
  if (word == "mail" || word == "message" || word == "courriel") {
    term.item_kind = readers::ItemKind::mail;
  } else if (word == "event" || word == "meeting" || word == "rendez-vous" || word == "reunion" ||
             word == "evenement") {
    term.item_kind = readers::ItemKind::event;
  } else if (word == "contact" || word == "card" || word == "fiche") {
    term.item_kind = readers::ItemKind::contact;
  } else if (word == "document" || word == "file" || word == "fichier") {
    term.item_kind = readers::ItemKind::document;
  } else if (word == "chat" || word == "discussion") {
    term.item_kind = readers::ItemKind::chat;
  } else {
    return fail(
        {ErrorCode::invalid, N_("“{0}” is no kind: write mail, event, contact, document or chat."), piece.text});
  }
  return term;
}

Result<Term> attachment_term(const Piece& piece, const Term& term) {
  const std::string word = folded(piece.text);
  if (word.starts_with("attach") || word.starts_with("piece") || word == "pj") return term;
  return fail({ErrorCode::invalid, N_("“{0}” cannot be asked with has: (only has:attachment)."), piece.text});
}

Result<Term> term_of(const Piece& piece) {
  Term term;
  term.negative = piece.negative;
  if (piece.field.empty()) return text_term(piece, term);
  term.kind = std::ranges::find(field_names, piece.field, &FieldName::name)->kind;
  if (piece.text.empty()) return fail({ErrorCode::invalid, N_("Nothing stands after “{0}:”."), piece.field});
  switch (term.kind) {
    case Term::Kind::subject:
      return text_term(piece, term);
    case Term::Kind::before:
    case Term::Kind::after:
      return day_term(piece, term);
    case Term::Kind::kind:
      return kind_term(piece, term);
    case Term::Kind::has_attachment:
      return attachment_term(piece, term);
    default:
      term.value = piece.text;
      return term;
  }
}

}  // namespace

Result<Query> parse_query(std::string_view text) {
  Query query;
  bool join = false;
  for (const auto& piece : Splitter(text).run()) {
    if (piece.is_or) {
      if (query.groups.empty()) return fail({ErrorCode::invalid, N_("OR stands between two terms."), {}});
      join = true;
      continue;
    }
    auto term = term_of(piece);
    if (!term) return fail(term.error());
    if (join) {
      query.groups.back().push_back(*std::move(term));
    } else {
      query.groups.push_back({*std::move(term)});
    }
    join = false;
  }
  if (query.groups.empty()) return fail({ErrorCode::invalid, N_("Say what to look for: entregent find WORDS"), {}});
  if (join) return fail({ErrorCode::invalid, N_("OR stands between two terms."), {}});
  return query;
}

std::vector<std::string> marked_words(const Query& query) {
  std::vector<std::string> words;
  for (const auto& group : query.groups) {
    for (const auto& term : group) {
      if (term.negative || term.words.empty()) continue;
      words.insert(words.end(), term.words.begin(), term.words.end());
      if (term.kind == Term::Kind::prefix || term.is_prefix) words.back() += '*';
    }
  }
  return words;
}

}  // namespace entregent::personal
