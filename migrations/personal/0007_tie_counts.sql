-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What is counted of each tie (ties/strength.h): derived from link and identity, made anew with the persons.

create table tie(
  person integer primary key,
  incoming integer not null,
  outgoing integer not null,
  meetings integer not null,
  days integer not null,
  weeks integer not null,
  recent real not null,
  gap_logs real not null,
  first_at integer not null,
  last_at integer not null);

create index item_event on item(id) where kind = 3;

-- The next run counts them.
insert or ignore into setting(name, value) select 'unsettled', '1' where exists (select 1 from item);
