import { Alert, Button, Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { PaymentLink, TimelineEntry } from '../api';
import { Await, Facts, Hash, LinkLabel, Problem, Screen, When } from '../common/parts';
import { To } from '../common/router';
import { useLive } from '../live/live';
import { useMoney, useRole, useSession } from '../session/session';
import { describe } from '../audit/describe';
import { useAction } from '../common/hooks';
import { saveFile } from './exportLinks';
import { CancelDialog, MailDialog, RevealDialog } from './dialogs';

const REFRESH_MS = 3000;

export function LinkDetail({ id }: { id: string }) {
  const { api } = useSession();
  const link = useLive(() => api.link(id), [id], REFRESH_MS, (event) => event.subject === id);
  const value = link.value;
  return (
    <Screen title={value ? value.reference ?? `Payment ${value.index + 1}` : 'Link'} lead={value && <LinkLabel state={value.state} />}
      actions={value && <Actions link={value} done={link.reload} />}>
      <Await of={link}>
        {(loaded) => (
          <Grid hasGutter>
            <GridItem span={12} lg={5}><LinkFacts link={loaded} /></GridItem>
            <GridItem span={12} lg={7}><Timeline entries={loaded.timeline ?? []} /></GridItem>
          </Grid>)}
      </Await>
    </Screen>
  );
}

function Actions({ link, done }: { link: PaymentLink; done: () => void }) {
  const { api } = useSession();
  const { busy, error, run } = useAction();
  const save = () => run(async () => saveFile(`receipt-${link.reference?.replaceAll(/[^\w-]+/g, '-') ?? link.id}.json`,
    `${JSON.stringify(await api.receipt(link.id), null, 2)}\n`, 'application/json'));
  const treasurer = useRole('treasurer');
  const auditor = useRole('auditor');
  const ready = treasurer && link.state === 'ready';
  const [open, setOpen] = useState<'reveal' | 'mail' | 'cancel'>();
  const [note, setNote] = useState('');
  const close = () => setOpen(undefined);
  return (
    <>
      <Problem error={error} />
      {ready && <Button onClick={() => setOpen('reveal')}>Show link</Button>}
      {ready && <Button variant="secondary" onClick={() => setOpen('mail')}>Send by mail</Button>}
      {(treasurer || auditor) && link.state !== 'issued' && <Button variant="secondary" onClick={save} isDisabled={busy} isLoading={busy}>Download receipt</Button>}
      {ready && <Button variant="secondary" isDanger onClick={() => setOpen('cancel')}>Cancel link</Button>}
      <span role="status">{note && <Alert component="p" variant="info" isInline isPlain title={note} />}</span>
      {open === 'mail' && <MailDialog links={[link]} close={close} done={(text) => { setNote(text); done(); }} />}
      {open === 'reveal' && <RevealDialog link={link} close={close} />}
      {open === 'cancel' && <CancelDialog links={[link]} close={close} done={done} />}
    </>
  );
}

function LinkFacts({ link }: { link: PaymentLink }) {
  const { escrow } = useSession();
  const money = useMoney();
  const rows: [string, ReactNode][] = [
    ['Amount', money(link.amount, link.token)],
    ['Batch', <To path={`/batches/${link.batch_id}`}>Go to the batch</To>],
    ['E-mail', link.email ?? '–'],
    ['Goes out', link.release_at ? <When time={link.release_at} /> : 'When ready'],
    ['Expires', link.expires_at ? <When time={link.expires_at} /> : 'Never'],
    ['Paid to', link.recipient ? <Hash value={link.recipient} /> : '–'],
    ['Paid', <When time={link.redeemed_at} />],
    ['Transaction', link.tx_hash ? <Hash value={link.tx_hash} chainId={escrow.chain_id} /> : '–'],
    ['Notes', (link.notes ?? []).map((note) => <div key={note.link_key}>{money(note.amount, link.token)} <Hash value={note.link_key} /></div>)],
  ];
  return <Facts rows={rows} />;
}

function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <Card isFullHeight>
      <CardTitle component="h2">Timeline</CardTitle>
      <CardBody>
        <ol className="walnut-timeline">
          {entries.map((entry) => (
            <li key={entry.id}>
              <strong>{describe(entry.type)}</strong>
              <small>{entry.actor}, <When time={entry.occurred_at} /></small>
              <TransactionOf data={entry.data} />
            </li>))}
        </ol>
      </CardBody>
    </Card>
  );
}

function TransactionOf({ data }: { data: Record<string, unknown> }) {
  const { escrow } = useSession();
  const hash = data['tx_hash'] ?? data['transaction'];
  return typeof hash === 'string' && hash.startsWith('0x') ? <small>Transaction <Hash value={hash} chainId={escrow.chain_id} /></small> : null;
}
