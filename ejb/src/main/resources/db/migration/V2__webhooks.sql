create table webhook_endpoint (
    id varchar(40) primary key,
    version bigint not null,
    url varchar(2000) not null,
    sealed_secret bytea not null,
    last_position bigint not null,
    created_by varchar(200) not null,
    created_at timestamp(6) with time zone not null
);

create table webhook_delivery (
    id varchar(40) primary key,
    version bigint not null,
    endpoint_id varchar(40) not null references webhook_endpoint on delete cascade,
    event_position bigint not null,
    state varchar(20) not null,
    attempts integer not null,
    last_answer varchar(200),
    next_attempt_at timestamp(6) with time zone not null,
    constraint webhook_delivery_once unique (endpoint_id, event_position)
);
create index webhook_delivery_by_state on webhook_delivery (state, next_attempt_at);
