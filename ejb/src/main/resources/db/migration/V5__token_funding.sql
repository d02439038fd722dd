-- Transactions that come one after the other: a deposit of a token after the approval that it needs.
alter table chain_transaction add column after_id varchar(40) references chain_transaction;
alter table chain_transaction add column flow varchar(60);
create index chain_transaction_by_flow on chain_transaction (flow, state);
