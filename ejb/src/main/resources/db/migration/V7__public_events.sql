create table public_event (
    id varchar(40) primary key,
    block_number bigint not null,
    kind varchar(10) not null,
    token varchar(42) not null,
    deposit varchar(66),
    link_key varchar(42),
    account varchar(42) not null,
    amount numeric(78) not null,
    occurred_at timestamp(6) with time zone not null,
    tx_hash varchar(66) not null,
    sender varchar(42) not null
);
create index public_event_by_time on public_event (occurred_at);
create index public_event_by_token on public_event (token, kind);

create table public_cursor (
    name varchar(20) primary key,
    block_number bigint not null
);
