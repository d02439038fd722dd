-- What a draft is to pay: one document, until it is submitted and its links are made. Older drafts have links already.
create table batch_draft (
    batch_id varchar(40) primary key references batch,
    payments text not null
);
