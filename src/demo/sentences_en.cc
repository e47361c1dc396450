// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/sentences.h"

namespace entregent::demo {

const std::vector<Topic>& english_topics();
const std::vector<Topic>& english_topics() {
  static const std::vector<Topic> table{
      {{"Proposal: {project}", "Your quote for the {project}", "Scope of the {project}"},
       {"As agreed, here is my proposal for the {project}. I have allowed {number} days, two of them on site.",
        "Following our call, I suggest two steps: a week of interviews, then a half-day with your committee. The fee "
        "would be {amount} euros.",
        "I have reworked the scope with your comments in mind. The shorter version leaves the subsidiaries out."},
       {"We are looking for somebody to help us with the {project}, and your name came up twice this week. Could we "
        "talk on {day}?",
        "The board has agreed in principle. Could you send a quote before the end of the month?",
        "I read your proposal with interest. Before I take it further I need a breakdown of the days and your "
        "cancellation terms."},
       {"Thank you for coming back so quickly. I have corrected the number of days and spelled out what we would need "
        "from you.",
        "Could we start in {month}? I will hold the dates as soon as you confirm.",
        "Travel is included; only the hotel would be charged, at cost.",
        "Agreed at {amount} euros. The contract follows."},
       {"We are happy with this overall. Procurement would like the confidentiality clause to be mutual.",
        "Could the budget come down to {amount} euros with fewer interviews?",
        "Approved on our side. The purchase order goes out this week.",
        "We have to move the start to {month}: two key people are away until then."},
       {"Proposal.pdf", "Quote-{number}.pdf", "Contract draft.docx"}},
      {{"Site visit on {day}", "Documents for the audit", "Agenda for your visit"},
       {"Here is the agenda for {day}. We start at {hour} with a short opening meeting, and I shall follow the order "
        "of the process.",
        "To prepare the visit I would need the current organisation chart, the last three review minutes and the list "
        "of access rights."},
       {"The teams know that you are coming on {day}. Would you like to meet the night shift as well?",
        "Please find the procedures you asked for. Two of them are under revision."},
       {"Thank you. I am still missing the returns procedure and the log for {month}.",
        "One-to-one interviews, please, without the line manager. Forty minutes each is plenty.",
        "I drew {number} files at random; you will have the list the evening before."},
       {"Noted. Reception will have a badge for you; please bring safety shoes for the warehouse.",
        "The log is attached. It is incomplete for the first half of the month, as we changed systems.",
        "A few supervisors are nervous. Could you say a word at the start about what happens to their answers?"},
       {"Agenda.pdf", "Access rights.csv", "Returns procedure.docx", "Deviation log.xlsx"}},
      {{"Draft report", "Comments on the draft", "Presentation to the board"},
       {"Attached is the draft report. Please flag errors of fact by {day}; opinions are best argued in person.",
        "The report is ready: {number} findings, three of which matter. Each has an action, a name and a date."},
       {"I have read the draft carefully. Finding {number} feels harsh: the instruction existed, it was simply not on "
        "the wall.",
        "The board would like to hear your conclusions on {day}. Could you prepare a short version without the "
        "annexes?",
        "Thank you for a clear and fair report. The teams recognised themselves in it."},
       {"I have reworded it: the instruction exists, it is not known. The difference matters for the action plan.",
        "The final version is attached, without the named annexes.",
        "Five pages, then: context, three findings, and what you can decide on the day."},
       {"The new wording works for us.",
        "Could you add a line on the progress since last year? The team would appreciate it.",
        "The action plan was adopted. First review in {month}."},
       {"Draft report.docx", "Final report.pdf", "Action plan.xlsx"}},
      {{"Invoice {number}", "Payment of invoice {number}", "Missing purchase order"},
       {"Please find my invoice {number} for {amount} euros, payable within thirty days.",
        "Unless I am mistaken, invoice {number} is still open. Could you check where it stands?"},
       {"Your invoice {number} has arrived, but without the order number; accounts will not take it.",
        "Payment of {amount} euros goes out with the next run, on {day}."},
       {"Here is the corrected invoice with the order number.", "Thank you, the transfer came in this morning."},
       {"All sorted: it had been filed under the wrong month.", "Apologies for the delay, it will not happen again."},
       {"Invoice {number}.pdf", "Timesheet.xlsx"}},
      {{"Talk in {month}", "Panel on {project}", "Invitation to speak"},
       {"Thank you for the invitation, which I gladly accept. Fifteen minutes on what the audited teach the auditors.",
        "For the panel I would suggest a conversation rather than four short lectures."},
       {"We are putting together a panel on {project} for {day}. Would you join us?",
        "Your talk went down very well. Several people asked for your details; may I share them?"},
       {"Of course you may share my address.", "A whiteboard and a glass of water are all I need."},
       {"You are second on, after the opening at {hour}.", "We cover train and hotel, naturally."},
       {"Programme.pdf", "Biography.docx"}},
      {{"Coffee when you are in town?", "Catching up", "Long time no see"},
       {"I shall be over on {day}. Coffee at {hour}, if you are around?", "It has been months. How is the new team?"},
       {"I hear that you left the firm and set up on your own. Congratulations! How does it feel?",
        "Are you coming over this autumn? It would be good to talk in person."},
       {"It feels like a long train journey with a good view.", "I would love to. Let us say {day}, {place}."},
       {"Lovely, I will book a table.", "Shall we make it {hour}? I am in a meeting before that."},
       {}}};
  return table;
}

const std::vector<ListTopic>& list_topics_english() {
  static const std::vector<ListTopic> table{
      {"Auditing a team of three",
       {"How do you separate duties in a team of three people? Asking for a client who is right to be worried.",
        "You do not. You rotate, and somebody outside looks once a month.",
        "Compensating controls, written down, and a holiday policy that is enforced."}},
      {"Best book on interviewing?",
       {"I am looking for one good book on interviewing, not written for journalists.",
        "Any book on listening. Or a season of volunteering at a helpline.",
        "The old training manual of my first firm, sadly out of print."}},
      {"Remote opening meetings",
       {"Does anybody still hold opening meetings by video?", "Only when the site is on an island. Twice, so far."}}};
  return table;
}

}  // namespace entregent::demo
