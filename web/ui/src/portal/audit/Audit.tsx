import { Button, Label, SearchInput, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { writeCsv } from '../../shared/csv';
import type { AuditEvent } from '../api';
import { useAction, useLoad } from '../common/hooks';
import { Await, Hash, Problem, Screen, When } from '../common/parts';
import { To } from '../common/router';
import { useRole, useSession } from '../session/session';
import { saveFile } from '../links/exportLinks';
import { describe } from './describe';

const REFRESH_MS = 10_000;
const MOST = 5000;
const SHOWN = 200;

/** Everything that happened, newest first, each entry chained to the one before by its hash. */
export function Audit() {
  const { api } = useSession();
  const auditor = useRole('auditor');
  const [words, setWords] = useState('');
  const events = useLoad(async () => (await api.all(api.events, {}, MOST)).reverse(), [], REFRESH_MS);
  const matches = (event: AuditEvent) => `${describe(event.type)} ${event.type} ${event.actor} ${event.subject}`.toLowerCase().includes(words.trim().toLowerCase());
  const save = () => saveFile('walnut-audit.csv', writeCsv([
    ['id', 'time', 'type', 'actor', 'subject', 'data', 'hash'],
    ...(events.value ?? []).map((e) => [String(e.id), e.occurred_at, e.type, e.actor, e.subject, JSON.stringify(e.data), e.hash]),
  ]), 'text/csv');
  return (
    <Screen title="Audit log" lead="Who did what and when. Entries are only ever added, each bound to the one before." actions={<>{auditor && <Check />}<Button variant="secondary" onClick={save}>Export as CSV</Button></>}>
      <Toolbar><ToolbarContent><ToolbarItem>
        <SearchInput aria-label="Search" placeholder="Who, what or which" value={words} onChange={(_, v) => setWords(v)} onClear={() => setWords('')} />
      </ToolbarItem></ToolbarContent></Toolbar>
      <Await of={events}>{(all) => <Events events={all.filter(matches).slice(0, SHOWN)} />}</Await>
    </Screen>
  );
}

/** Has the server compute all hashes again. */
function Check() {
  const { api } = useSession();
  const { busy, error, run } = useAction();
  const [found, setFound] = useState<{ intact: boolean; first_broken: number | null }>();
  const check = () => run(async () => setFound(await api.verifyEvents()));
  return (
    <>
      <span role="status">
        {found?.intact && <Label status="success">Unbroken</Label>}
        {found && !found.intact && <Label status="danger">Broken at entry {found.first_broken}</Label>}
      </span>
      <Problem error={error} />
      <Button variant="secondary" onClick={check} isDisabled={busy} isLoading={busy}>Check the hashes</Button>
    </>
  );
}

function Events({ events }: { events: AuditEvent[] }) {
  return (
    <Table aria-label="Audit log" variant="compact">
      <Thead><Tr><Th>When</Th><Th>What</Th><Th>Who</Th><Th>On</Th><Th>Hash</Th></Tr></Thead>
      <Tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td dataLabel="When"><When time={event.occurred_at} /></Td>
            <Td dataLabel="What">{describe(event.type)}</Td>
            <Td dataLabel="Who">{event.actor}</Td>
            <Td dataLabel="On"><Subject id={event.subject} /></Td>
            <Td dataLabel="Hash"><Hash value={event.hash} /></Td>
          </Tr>))}
      </Tbody>
    </Table>
  );
}

const KINDS: Record<string, string> = { dep: 'a deposit', clm: 'a claim', whe: 'a webhook', tsk: 'a task' };

function Subject({ id }: { id: string }) {
  if (id.startsWith('bat_')) {
    return <To path={`/batches/${id}`}>a batch</To>;
  }
  if (id.startsWith('lnk_')) {
    return <To path={`/links/${id}`}>a link</To>;
  }
  const kind = KINDS[id.split('_')[0]!];
  return <span title={id}>{kind ?? id}</span>;
}
