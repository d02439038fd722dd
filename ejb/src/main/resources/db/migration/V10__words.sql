-- What links say to their recipients: of a batch, never of one link.
alter table batch add column message varchar(500);
