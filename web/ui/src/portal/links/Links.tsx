import {
  Alert, Button, EmptyState, EmptyStateBody, FormSelect, FormSelectOption, Pagination, SearchInput, Toolbar, ToolbarContent, ToolbarItem,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useDeferredValue, useState } from 'react';
import type { PaymentLink } from '../api';
import { useAction } from '../common/hooks';
import { Await, LinkLabel, linkStates, Problem, Screen, When } from '../common/parts';
import { To, useRoute } from '../common/router';
import { useLive } from '../live/live';
import { useMoney, useRole, useSession } from '../session/session';
import { CancelDialog, MailDialog, RevealDialog } from './dialogs';
import { exportLinks } from './exportLinks';

const REFRESH_MS = 5000;
const PER_PAGE = 25;

/** All links, found by batch, state or words; acted on one by one or many at once. */
export function Links({ batch }: { batch: string }) {
  const { api } = useSession();
  const { query } = useRoute();
  const [state, setState] = useState(query.get('state') ?? '');
  const [words, setWords] = useState('');
  const search = useDeferredValue(words.trim());
  const [pages, setPages] = useState<string[]>([]);
  const [revealed, setRevealed] = useState<PaymentLink>();
  const after = pages.at(-1);
  const links = useLive(() => api.links({ batch, state, query: search, limit: PER_PAGE, starting_after: after }), [batch, state, search, after], REFRESH_MS, (event) => event.type.startsWith('link.'));
  const restart = <T,>(set: (value: T) => void) => (value: T) => {
    setPages([]);
    set(value);
  };
  return (
    <Screen title="Links" lead={batch ? <>Of one batch. <To path={`/batches/${batch}`}>Go to the batch</To> or <To path="/links">show all links</To></> : 'Every payment has one link.'}>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem><SearchInput aria-label="Search" placeholder="Reference or e-mail" value={words} onChange={(_, v) => restart(setWords)(v)} onClear={() => restart(setWords)('')} /></ToolbarItem>
          <ToolbarItem>
            <FormSelect aria-label="State" value={state} onChange={(_, v) => restart(setState)(v)}>
              <FormSelectOption value="" label="All states" />
              {linkStates.map(([value, [text]]) => <FormSelectOption key={value} value={value} label={text} />)}
            </FormSelect>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Await of={links}>
        {({ data, has_more }) => data.length === 0
          ? <EmptyState headingLevel="h2" titleText="No links found"><EmptyStateBody>{search || state ? 'Try other words or another state.' : 'Links appear when a batch is submitted.'}</EmptyStateBody></EmptyState>
          : <>
            <LinkTable links={data} filter={{ batch, state, query: search }} done={links.reload} onReveal={setRevealed} />
            <Pagination isCompact itemCount={pages.length * PER_PAGE + data.length + (has_more ? 1 : 0)} perPage={PER_PAGE} page={pages.length + 1} perPageOptions={[]}
              onNextClick={() => setPages([...pages, data.at(-1)!.id])} onPreviousClick={() => setPages(pages.slice(0, -1))} />
          </>}
      </Await>
      {revealed && <RevealDialog link={revealed} close={() => setRevealed(undefined)} />}
    </Screen>
  );
}

interface TableProps {
  links: PaymentLink[];
  filter: { batch: string; state: string; query: string };
  done: () => void;
  onReveal: (link: PaymentLink) => void;
}

function LinkTable({ links, filter, done, onReveal }: TableProps) {
  const money = useMoney();
  const treasurer = useRole('treasurer');
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const toggle = (ids: string[], on: boolean) => setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  const selected = links.filter((link) => chosen.has(link.id));
  return (
    <>
      {treasurer && <BulkActions selected={selected} filter={filter} done={() => { setChosen(new Set()); done(); }} />}
      <Table aria-label="Links" variant="compact">
        <Thead>
          <Tr>
            {treasurer && <Th aria-label="Select all" select={{ onSelect: (_, on) => toggle(links.map((l) => l.id), on), isSelected: selected.length === links.length }} />}
            <Th>Reference</Th><Th>Amount</Th><Th>State</Th><Th>Expires</Th><Th>Link</Th>
          </Tr>
        </Thead>
        <Tbody>
          {links.map((link, rowIndex) => (
            <Tr key={link.id}>
              {treasurer && <Td select={{ rowIndex, onSelect: (_, on) => toggle([link.id], on), isSelected: chosen.has(link.id) }} />}
              <Td dataLabel="Reference"><To path={`/links/${link.id}`}>{link.reference ?? `Payment ${link.index + 1}`}</To>{link.email && <small className="walnut-under">{link.email}</small>}</Td>
              <Td dataLabel="Amount">{money(link.amount, link.token)}</Td>
              <Td dataLabel="State"><LinkLabel state={link.state} /></Td>
              <Td dataLabel="Expires"><When time={link.expires_at} /></Td>
              <Td dataLabel="Link">{treasurer && link.state === 'ready' && <Button variant="secondary" size="sm" onClick={() => onReveal(link)} aria-label={`Show link of ${link.reference ?? `payment ${link.index + 1}`}`}>Show link</Button>}</Td>
            </Tr>))}
        </Tbody>
      </Table>
    </>
  );
}

function BulkActions({ selected, filter, done }: { selected: PaymentLink[]; filter: TableProps['filter']; done: () => void }) {
  const { api, escrow } = useSession();
  const { busy, error, run } = useAction();
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState<'mail' | 'cancel'>();
  const close = () => setAsking(undefined);
  const ready = selected.filter((link) => link.state === 'ready');
  const save = () => run(async () => {
    const links = selected.length > 0 ? ready : (await api.all(api.links, { ...filter, state: 'ready' }, 10_000));
    const count = await exportLinks(api, escrow, links, (n) => setNote(`Revealing ${n} of ${links.length}…`));
    setNote(count === 0 ? 'No link here can be claimed yet, so there is nothing to export.' : `${count} ${count === 1 ? 'link was' : 'links were'} exported. Keep the file as you would keep cash.`);
  });
  return (
    <div className="walnut-bulk">
      <Button variant="secondary" onClick={save} isDisabled={busy} isLoading={busy}>{selected.length > 0 ? `Export ${ready.length} chosen` : 'Export all unclaimed as CSV'}</Button>
      <Button variant="secondary" onClick={() => setAsking('mail')} isDisabled={ready.length === 0}>Send chosen by mail</Button>
      <Button variant="secondary" isDanger onClick={() => setAsking('cancel')} isDisabled={ready.length === 0}>Cancel chosen</Button>
      <span role="status">{note && <Alert component="p" variant="info" isInline isPlain title={note} />}</span>
      <Problem error={error} />
      {asking === 'cancel' && <CancelDialog links={ready} close={close} done={done} />}
      {asking === 'mail' && <MailDialog links={ready} close={close} done={(text) => { setNote(text); done(); }} />}
    </div>
  );
}
