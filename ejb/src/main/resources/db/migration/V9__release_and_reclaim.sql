alter table batch add column release_at timestamp(6) with time zone;
alter table link add column release_at timestamp(6) with time zone;
alter table link add column released boolean default true not null;
alter table link add column reclaim_at timestamp(6) with time zone;
update link set reclaim_at = expires_at;
create index link_by_release on link (released, release_at);
create index link_by_reclaim on link (state, reclaim_at);
