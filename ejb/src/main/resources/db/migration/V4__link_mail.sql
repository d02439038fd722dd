create table link_mail (
    id varchar(40) primary key,
    version bigint not null,
    link_id varchar(40) not null references link,
    recipient varchar(254) not null,
    state varchar(20) not null,
    attempts integer not null,
    failure varchar(40),
    requested_by varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    next_attempt_at timestamp(6) with time zone not null,
    settled_at timestamp(6) with time zone
);
create index link_mail_by_state on link_mail (state, next_attempt_at);
create index link_mail_by_link on link_mail (link_id);
