import { Card, CardBody, CardTitle, Pagination } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { Batch, Payment } from '../api';
import { useLoad } from '../common/hooks';
import { Await } from '../common/parts';
import { useMoney, useSession } from '../session/session';

const PER_PAGE = 25;

/** What a batch is to pay that has no links yet, or was cancelled before it had any. */
export function DraftPayments({ batch }: { batch: Batch }) {
  const { api } = useSession();
  const [page, setPage] = useState(0);
  const payments = useLoad(() => api.payments(batch.id, { limit: PER_PAGE, starting_after: page * PER_PAGE - 1 }), [batch.id, page]);
  return (
    <Card>
      <CardTitle component="h2">Payments</CardTitle>
      <CardBody>
        <Await of={payments}>{({ data }) => <PaymentTable payments={data} batch={batch} />}</Await>
        {batch.payment_count > PER_PAGE && (
          <Pagination isCompact itemCount={batch.payment_count} perPage={PER_PAGE} page={page + 1} perPageOptions={[]}
            onNextClick={() => setPage(page + 1)} onPreviousClick={() => setPage(page - 1)} />)}
      </CardBody>
    </Card>
  );
}

function PaymentTable({ payments, batch }: { payments: Payment[]; batch: Batch }) {
  const money = useMoney();
  return (
    <Table aria-label="Payments" variant="compact">
      <Thead><Tr><Th>Reference</Th><Th>E-mail</Th><Th>Amount</Th></Tr></Thead>
      <Tbody>
        {payments.map((payment) => (
          <Tr key={payment.index}>
            <Td dataLabel="Reference">{payment.reference ?? `Payment ${payment.index + 1}`}</Td>
            <Td dataLabel="E-mail">{payment.email ?? '–'}</Td>
            <Td dataLabel="Amount">{money(payment.amount, batch.token)}</Td>
          </Tr>))}
      </Tbody>
    </Table>
  );
}
