import { Alert, Button, Grid, GridItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Batch } from '../api';
import { useAction } from '../common/hooks';
import { Await, BatchLabel, Facts, Problem, Screen, When } from '../common/parts';
import { To } from '../common/router';
import { useLive } from '../live/live';
import { useMoney, useRole, useSession } from '../session/session';
import { useApprovalHindrance } from './Approvals';
import { DraftPayments } from './DraftPayments';
import { Funding } from './Funding';
import { LiveProgress } from './LiveProgress';

const REFRESH_MS = 2000;

export function BatchDetail({ id }: { id: string }) {
  const { api } = useSession();
  const batch = useLive(() => api.batch(id), [id], REFRESH_MS,
    (event) => event.subject === id || event.type.startsWith('task.') || event.type.startsWith('batch.'));
  return (
    <Screen title={batch.value?.title ?? 'Batch'} lead={batch.value && <BatchLabel state={batch.value.state} />}
      actions={batch.value && <Actions batch={batch.value} done={batch.reload} />}>
      <Await of={batch}>{(value) => <Body batch={value} reload={batch.reload} />}</Await>
    </Screen>
  );
}

function Body({ batch, reload }: { batch: Batch; reload: () => void }) {
  const hindrance = useApprovalHindrance()(batch);
  return (
    <Grid hasGutter>
      {batch.failure && (
        <GridItem span={12}>
          <Alert component="p" variant="danger" isInline title={batch.failure.message}>
            Nothing is lost: the deposit stays in the escrow. Ask the enclave again once the reason is gone (code {batch.failure.code}).
          </Alert>
        </GridItem>)}
      {batch.state === 'submitted' && hindrance && (
        <GridItem span={12}><Alert component="p" variant="info" isInline title="A second person must approve this batch">{hindrance}</Alert></GridItem>)}
      {batch.state === 'awaiting_deposit' && <GridItem span={12}><Funding batch={batch} done={reload} /></GridItem>}
      {!['draft', 'cancelled'].includes(batch.state) && <GridItem span={12} lg={7}><LiveProgress batch={batch} /></GridItem>}
      {!hasLinks(batch) && <GridItem span={12} lg={7}><DraftPayments batch={batch} /></GridItem>}
      <GridItem span={12} lg={5}><BatchFacts batch={batch} /></GridItem>
    </Grid>
  );
}

/** Submitting makes them, together with the deposits. */
const hasLinks = (batch: Batch) => (batch.deposits ?? []).length > 0;

function BatchFacts({ batch }: { batch: Batch }) {
  const money = useMoney();
  const rows: [string, ReactNode][] = [
    ['Total', money(batch.total, batch.token)],
    ['Payments', <>{batch.payment_count}{hasLinks(batch) && <> (<To path={`/links?batch=${batch.id}`}>see the links</To>)</>}</>],
    ['Privacy', batch.policy === 'standard' ? 'Standard notes' : 'Exact amounts'],
    ['Recovery', batch.openings ? 'Links can be paid without the enclave' : 'Only the treasury can exit without the enclave'],
    ['Message', batch.message ?? '–'],
    ['Links go out', batch.release_at ? <When time={batch.release_at} /> : 'When ready'],
    ['Expires', batch.expires_at ? <When time={batch.expires_at} /> : 'Never'],
    ['Made', <>{batch.created_by}, <When time={batch.created_at} /></>],
    ['Submitted', batch.submitted_by ? <>{batch.submitted_by}, <When time={batch.submitted_at} /></> : '–'],
    ['Approved', batch.approved_by ? <>{batch.approved_by}, <When time={batch.approved_at} /></> : '–'],
  ];
  return <Facts rows={rows} />;
}

function Actions({ batch, done }: { batch: Batch; done: () => void }) {
  const { api } = useSession();
  const treasurer = useRole('treasurer');
  const hindrance = useApprovalHindrance()(batch);
  const { busy, error, run } = useAction();
  const act = (action: Parameters<typeof api.actOnBatch>[1]) => () => run(async () => {
    await api.actOnBatch(batch.id, action);
    done();
  });
  const button = (label: string, action: Parameters<typeof act>[0], variant: 'primary' | 'secondary' = 'primary') =>
    <Button variant={variant} onClick={act(action)} isDisabled={busy}>{label}</Button>;
  const { state } = batch;
  return (
    <>
      <Problem error={error} />
      {treasurer && state === 'draft' && button('Submit for approval', 'submit')}
      {state === 'submitted' && !hindrance && button('Approve', 'approve')}
      {treasurer && state === 'failed' && button('Ask the enclave again', 'retry')}
      {treasurer && ['draft', 'submitted', 'awaiting_deposit'].includes(state)
        && !(batch.deposits ?? []).some((d) => d.funding || d.tx_hash) && button('Cancel batch', 'cancel', 'secondary')}
    </>
  );
}
