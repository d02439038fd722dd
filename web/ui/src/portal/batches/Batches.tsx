import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, FormSelect, FormSelectOption, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { Batch } from '../api';
import { Await, batchStates, BatchLabel, Screen, When } from '../common/parts';
import { go, To } from '../common/router';
import { useLive } from '../live/live';
import { useMoney, useRole, useSession } from '../session/session';

const REFRESH_MS = 5000;

export function NewBatchButton() {
  return useRole('treasurer') ? <Button onClick={() => go('/batches/new')}>New batch</Button> : null;
}

export function Batches() {
  const { api } = useSession();
  const [state, setState] = useState('');
  const batches = useLive(() => api.batches({ state }), [state], REFRESH_MS, (event) => event.type.startsWith('batch.'));
  return (
    <Screen title="Batches" lead="One batch pays many people with one deposit." actions={<NewBatchButton />}>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <FormSelect aria-label="State" value={state} onChange={(_, value) => setState(value)}>
              <FormSelectOption value="" label="All states" />
              {batchStates.map(([value, [text]]) => <FormSelectOption key={value} value={value} label={text} />)}
            </FormSelect>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Await of={batches}>{({ data }) => data.length > 0 ? <BatchTable batches={data} /> : <NoBatches filtered={state !== ''} />}</Await>
    </Screen>
  );
}

function NoBatches({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState headingLevel="h2" titleText={filtered ? 'No batch is in this state' : 'No batches yet'}>
      <EmptyStateBody>{filtered ? 'Choose another state.' : 'Paste or upload a list of payments to make your first links.'}</EmptyStateBody>
      <EmptyStateFooter><EmptyStateActions><NewBatchButton /></EmptyStateActions></EmptyStateFooter>
    </EmptyState>
  );
}

export function BatchTable({ batches, isBrief = false }: { batches: Batch[]; isBrief?: boolean }) {
  const money = useMoney();
  return (
    <Table aria-label="Batches" variant="compact">
      <Thead><Tr><Th>Title</Th><Th>State</Th>{!isBrief && <Th>Payments</Th>}<Th>Total</Th>{!isBrief && <Th>Made by</Th>}<Th>Made</Th></Tr></Thead>
      <Tbody>
        {batches.map((batch) => (
          <Tr key={batch.id}>
            <Td dataLabel="Title"><To path={`/batches/${batch.id}`}>{batch.title}</To></Td>
            <Td dataLabel="State"><BatchLabel state={batch.state} /></Td>
            {!isBrief && <Td dataLabel="Payments">{batch.payment_count}</Td>}
            <Td dataLabel="Total">{money(batch.total, batch.token)}</Td>
            {!isBrief && <Td dataLabel="Made by">{batch.created_by}</Td>}
            <Td dataLabel="Made"><When time={batch.created_at} /></Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
