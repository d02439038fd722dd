-- Who has called with which roles; who may is the login's matter, not this table's.
create table portal_user (
    name varchar(200) primary key,
    roles varchar(100) not null,
    first_seen timestamp(6) with time zone not null,
    last_seen timestamp(6) with time zone not null
);
