// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

/// What people write about. Slots in braces are filled by prose.h: {company} {project} {day} {hour} {place} {amount}
/// {number} {city} {month}.
namespace entregent::demo {

using Lines = std::vector<std::string_view>;

/// A subject of conversation. `opens` begin a thread, `answers` go on; hers are the consultant's, the others' the
/// client's. Among equals both lists hold the same kind of sentences.
struct Topic {
  Lines subjects, opens_hers, opens_theirs, answers_hers, answers_theirs, files;
};

enum class Tone { formal, peer, friendly, english };

const std::vector<Topic>& topics(Tone tone);

/// Sentences that fit anywhere.
struct Common {
  Lines small_talk, thanks, closings, questions, with_file, mentions, postscripts, projects, places;
};
const Common& common_lines(Tone tone);

struct ListTopic {
  std::string_view subject;
  Lines posts;
};
const std::vector<ListTopic>& list_topics_french();
const std::vector<ListTopic>& list_topics_english();

struct RobotMail {
  std::string_view subject, text;
};
const std::vector<RobotMail>& robot_mails();  ///< in the order of the robots: five each
const std::vector<RobotMail>& spam_mails();

}  // namespace entregent::demo
