-- Which chain the watch has followed: a final block with another hash is not the same chain any more.
alter table log_cursor add column block_hash varchar(66);
alter table log_cursor add column broken_at timestamp(6) with time zone;
create table log_checkpoint (
    block_number bigint primary key,
    block_hash varchar(66) not null
);
