create table batch (
    id varchar(40) primary key,
    version bigint not null,
    state varchar(20) not null,
    title varchar(200) not null,
    token varchar(42) not null,
    total numeric(78) not null,
    payment_count integer not null,
    policy varchar(10) not null,
    openings boolean not null,
    expires_at timestamp(6) with time zone,
    metadata varchar(8000) not null,
    sealed_seed bytea not null,
    created_by varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    submitted_by varchar(200),
    submitted_at timestamp(6) with time zone,
    approved_by varchar(200),
    approved_at timestamp(6) with time zone,
    failure_code varchar(60),
    failure_message varchar(1000)
);

create table deposit (
    id varchar(40) primary key,
    version bigint not null,
    batch_id varchar(40) not null references batch,
    position integer not null,
    state varchar(20) not null,
    token varchar(42) not null,
    amount numeric(78) not null,
    notes_root varchar(66) not null,
    hash varchar(66) not null,
    note_count integer not null,
    depositor varchar(42),
    tx_hash varchar(66),
    block_number bigint,
    constraint deposit_hash_once unique (hash),
    constraint deposit_position_once unique (batch_id, position)
);

create table link (
    id varchar(40) primary key,
    version bigint not null,
    batch_id varchar(40) not null references batch,
    deposit_id varchar(40) not null references deposit,
    position integer not null,
    state varchar(20) not null,
    amount numeric(78) not null,
    token varchar(42) not null,
    reference varchar(200),
    email varchar(320),
    expires_at timestamp(6) with time zone,
    created_at timestamp(6) with time zone not null,
    reclaim_reason varchar(20),
    recipient varchar(42),
    tx_hash varchar(66),
    redeemed_at timestamp(6) with time zone,
    constraint link_position_once unique (batch_id, position)
);
create index link_by_batch on link (batch_id, id);
create index link_by_deposit on link (deposit_id);
create index link_by_state on link (state, id);
create index link_by_expiry on link (state, expires_at);

create table note (
    link_key varchar(42) primary key,
    link_id varchar(40) not null references link,
    deposit_id varchar(40) not null references deposit,
    position_in_link integer not null,
    position_in_deposit integer not null,
    amount numeric(78) not null,
    voucher_signature varchar(130),
    redeemed_tx varchar(66),
    redeemed_to varchar(42),
    constraint note_position_once unique (deposit_id, position_in_deposit)
);
create index note_by_link on note (link_id, position_in_link);

create table claim (
    id varchar(40) primary key,
    version bigint not null,
    state varchar(20) not null,
    link_key varchar(42) not null references note,
    active_link_key varchar(42),
    recipient varchar(42) not null,
    relayer varchar(42) not null,
    fee numeric(78) not null,
    deadline bigint not null,
    amount numeric(78) not null,
    link_signature varchar(130) not null,
    reclaim boolean not null,
    created_at timestamp(6) with time zone not null,
    tx_hash varchar(66),
    failure_code varchar(60),
    constraint claim_one_active unique (active_link_key)
);
create index claim_by_link_key on claim (link_key);

create table chain_transaction (
    id varchar(40) primary key,
    version bigint not null,
    purpose varchar(80) not null,
    state varchar(20) not null,
    sender varchar(20) not null,
    destination varchar(42) not null,
    amount numeric(78) not null,
    data bytea not null,
    gas_limit bigint,
    nonce bigint,
    hash varchar(66),
    block_number bigint,
    failure varchar(1000),
    created_at timestamp(6) with time zone not null,
    sent_at timestamp(6) with time zone,
    next_attempt_at timestamp(6) with time zone not null,
    attempts integer not null,
    constraint chain_transaction_purpose_once unique (purpose),
    constraint chain_transaction_nonce_once unique (sender, nonce)
);
create index chain_transaction_by_state on chain_transaction (state, next_attempt_at);

create table broadcast (
    hash varchar(66) primary key,
    transaction_id varchar(40) not null references chain_transaction,
    raw bytea not null,
    max_fee numeric(78) not null,
    priority_fee numeric(78) not null,
    signed_at timestamp(6) with time zone not null
);
create index broadcast_by_transaction on broadcast (transaction_id);

create table sender_account (
    sender varchar(20) primary key,
    address varchar(42) not null,
    next_nonce bigint not null
);

create table log_cursor (
    name varchar(40) primary key,
    block_number bigint not null,
    head bigint not null,
    finalized bigint not null,
    updated_at timestamp(6) with time zone
);

create table enclave_task (
    id varchar(40) primary key,
    version bigint not null,
    deposit_id varchar(40) not null references deposit,
    attempt integer not null,
    state varchar(20) not null,
    deal_id varchar(66),
    task_id varchar(66),
    request varchar(4000) not null,
    failure_code varchar(60),
    failure_message varchar(1000),
    next_step_at timestamp(6) with time zone not null,
    created_at timestamp(6) with time zone not null,
    constraint enclave_task_attempt_once unique (deposit_id, attempt)
);
create index enclave_task_by_state on enclave_task (state, next_step_at);

create table sealed_secret (
    name varchar(60) primary key,
    sealed bytea not null
);

create table event_record (
    id bigint generated by default as identity primary key,
    position bigint,
    occurred_at timestamp(6) with time zone not null,
    type varchar(60) not null,
    actor varchar(200) not null,
    subject varchar(40) not null,
    batch_id varchar(40),
    data varchar(4000) not null,
    hash varchar(66),
    constraint event_position_once unique (position)
);
create index event_by_subject on event_record (subject, id);

create table audit_chain (
    name varchar(20) primary key,
    position bigint not null,
    hash varchar(66) not null
);
insert into audit_chain (name, position, hash)
    values ('main', 0, '0x0000000000000000000000000000000000000000000000000000000000000000');

create table idempotent_request (
    principal varchar(200) not null,
    request_key varchar(255) not null,
    fingerprint varchar(66) not null,
    status integer,
    body text,
    created_at timestamp(6) with time zone not null,
    primary key (principal, request_key)
);

create table iexec_cursor (
    name varchar(20) primary key,
    block_number bigint not null,
    block_range integer not null,
    sweep integer not null
);
