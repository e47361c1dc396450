-- SPDX-License-Identifier: AGPL-3.0-or-later
-- One owner's private file. What each table is for stands in docs/private_file.md.

create table setting(name text primary key, value text not null) without rowid;

-- Where things come from -----------------------------------------------------------------------------------------------

create table source(
  id integer primary key,
  kind text not null,                -- folder | imap
  location text not null,            -- absolute path, or imaps://user@host
  added_at integer not null,
  started_at integer,                -- the last run
  finished_at integer,               -- null while it runs, or if it was cut off
  error text,                        -- the sentence that ended it
  error_detail text,
  unique(kind, location));
create table source_option(source integer not null references source on delete cascade, name text not null, value text not null,
  primary key(source, name, value)) without rowid;

create table folder(                 -- a directory, a Maildir (cur and new as one), an IMAP folder
  id integer primary key,
  source integer not null references source on delete cascade,
  path text not null,
  stamp integer,                     -- Maildir: the directories' mtimes, when they could be trusted
  uid_validity integer,
  uid_next integer,
  highest_modseq integer,
  unique(source, path));

create table file(
  id integer primary key,
  folder integer not null references folder on delete cascade,
  name text not null,
  size integer not null,
  mtime integer not null,            -- ns
  inode integer not null,
  format integer not null,
  problem text,                      -- why the whole file could not be read
  problem_detail text);
create index file_folder on file(folder);
create index file_problem on file(folder) where problem is not null;

create table place(                  -- where an item was found
  file integer not null,
  part integer not null,             -- byte offset in an mbox, else 0
  sub integer not null,              -- which of several items there, from 0
  length integer not null,           -- bytes of the part, 0 = the whole file
  fingerprint blob,                  -- of the part's bytes
  item integer,                      -- null: skipped or unreadable
  origin integer not null default 0, -- bit 1: the item's content is what lies here; bit 2: this copy says that I sent it
  skipped text,                      -- why it was left out on purpose
  problem text,
  problem_detail text,
  primary key(file, part, sub)) without rowid;
create index place_item on place(item) where item is not null;
create index place_problem on place(file) where problem is not null;
create index place_fingerprint on place(fingerprint) where fingerprint is not null;

-- What was found ---------------------------------------------------------------------------------------------------------

create table item(
  id integer primary key,
  key blob not null unique,          -- digest of kind and Message-ID or UID, else of the content
  kind integer not null,
  happened_at integer,
  author integer,                    -- alias
  thread integer,
  flags integer not null,
  notices integer not null,
  title text not null,
  parties blob not null,
  details blob not null);
create index item_thread on item(thread);

create table text(item integer primary key, data blob not null);
create view item_text(id, title, fresh, signature, quoted, attachment, people) as
  select item, text_column(data, 'title'), text_column(data, 'fresh'), text_column(data, 'signature'),
         text_column(data, 'quoted'), text_column(data, 'attachment'), text_column(data, 'people') from text;
create virtual table item_words using fts5(title, fresh, signature, quoted, attachment, people,
  content = 'item_text', content_rowid = 'id', tokenize = 'entregent', columnsize = 0);

create table stem_word(stem text not null, word text not null, primary key(stem, word)) without rowid;
create table date_page(page integer primary key, newest integer not null, seconds blob not null);
create table thread_ref(             -- message ids, as hashes
  ref integer primary key, thread integer not null,
  item integer);                     -- whose own it is; null: only referred to
create index thread_ref_thread on thread_ref(thread);
create table subject(               -- for replies that refer to nothing
  hash integer not null, at integer not null, item integer not null, orphan integer not null,
  primary key(hash, at, item)) without rowid;

-- Who ---------------------------------------------------------------------------------------------------------------------

create table alias(
  id integer primary key,
  handle text not null,              -- address in lower case; '' for a bare name
  name text not null,                -- as seen
  item_key blob not null default x'',-- of a bare name: the item it was seen in
  unique(handle, name, item_key));
create table alias_word(word text not null, alias integer not null, primary key(word, alias)) without rowid;

create table link(
  alias integer not null,
  at integer not null,               -- µs, 0 where unknown
  item integer not null,
  role integer not null,             -- role and marks, see personal/link.h
  author integer not null,
  primary key(alias, at, item, role)) without rowid;

create table fact(
  alias integer not null,
  kind integer not null,
  value text not null,
  item integer not null,
  detail text not null,
  at integer not null,
  primary key(alias, kind, value, item)) without rowid;
create index fact_item on fact(item);

create table person(
  id integer primary key,            -- the smallest alias that is this person's for all time
  name text not null,                -- to show: as I write it
  human integer not null,
  seen integer not null,
  first_at integer not null,
  last_at integer not null);
create table identity(
  alias integer not null,
  from_day integer not null,
  to_day integer not null,
  person integer not null,
  primary key(alias, from_day)) without rowid;
create index identity_person on identity(person);
create table merge(person integer not null, a integer not null, b integer not null, probability real not null, reasons text not null);
create index merge_person on merge(person);
create table question(a integer not null, b integer not null, probability real not null, reasons text not null, primary key(a, b)) without rowid;

-- What the owner says; hangs on aliases, never on persons -------------------------------------------------------------------

create table decision(id integer primary key, a integer not null, b integer not null, same integer not null, made_at integer not null);
create table me(handle text primary key, confirmed_at integer, sent integer not null default 0, delivered integer not null default 0)
  without rowid;                     -- confirmed_at null: only proposed
create table note(id integer primary key, alias integer not null, written_at integer not null, text text not null);
create index note_alias on note(alias);
create table forgotten(mark blob primary key) without rowid;
