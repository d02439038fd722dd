alter table claim add column due_at timestamp(6) with time zone;
alter table claim add column pay_by timestamp(6) with time zone;
alter table claim add column bundle_id varchar(40);
create index claim_by_due on claim (state, due_at);
create index claim_by_bundle on claim (bundle_id);
create index public_event_by_link_key on public_event (link_key);
