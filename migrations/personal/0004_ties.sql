-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the owner says about ties, and what was counted of each; see docs/private_file.md.

-- What the owner says: hangs on aliases, and names items by their key ----------------------------------------------------

create table promise(
  id integer primary key,
  alias integer not null,            -- to whom
  made_at integer not null,
  due_day integer,                   -- null: some day
  text text not null,
  item_key blob not null default x'');-- of the mail it was promised in, if it was proposed from one
create index promise_alias on promise(alias);

create table met(id integer primary key, alias integer not null, day integer not null, text text not null);
create index met_alias on met(alias);

create table settled(                -- one line of Today, by one key; the newest word about a line counts
  id integer primary key,
  line integer not null,             -- reply, promise, proposal, tie, meeting: personal/settled.h
  alias integer not null,
  item_key blob not null default x'',-- of the mail or meeting that the line speaks of
  promise integer not null default 0,
  verdict integer not null,          -- done, later, not owed, never, yes
  at integer not null,
  until_day integer);                -- of later
create index settled_alias on settled(alias);

create table suggested(alias integer not null, day integer not null, primary key(alias, day)) without rowid;

-- The order in which all that was said, so that it can be taken back one by one.
create table act(id integer primary key autoincrement, what text not null, row integer not null);
create unique index act_row on act(what, row);
insert into act(what, row) select what, row from (
  select 'decision' as what, id as row, made_at as at from decision union all select 'note', id, written_at from note) order by at, row;
create trigger decision_said after insert on decision begin insert into act(what, row) values ('decision', new.id); end;
create trigger decision_gone after delete on decision begin delete from act where what = 'decision' and row = old.id; end;
create trigger note_said after insert on note begin insert into act(what, row) values ('note', new.id); end;
create trigger note_gone after delete on note begin delete from act where what = 'note' and row = old.id; end;
create trigger promise_said after insert on promise begin insert into act(what, row) values ('promise', new.id); end;
create trigger promise_gone after delete on promise begin delete from act where what = 'promise' and row = old.id; end;
create trigger met_said after insert on met begin insert into act(what, row) values ('met', new.id); end;
create trigger met_gone after delete on met begin delete from act where what = 'met' and row = old.id; end;
create trigger settled_said after insert on settled begin insert into act(what, row) values ('settled', new.id); end;
create trigger settled_gone after delete on settled begin delete from act where what = 'settled' and row = old.id; end;
