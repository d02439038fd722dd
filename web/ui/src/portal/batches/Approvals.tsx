import { Button, Card, CardBody, CardFooter, CardTitle, EmptyState, EmptyStateBody, Gallery, Content } from '@patternfly/react-core';
import { CheckCircleIcon } from '@patternfly/react-icons';
import type { Batch } from '../api';
import { useAction } from '../common/hooks';
import { Await, Problem, Screen, When } from '../common/parts';
import { To } from '../common/router';
import { useLive } from '../live/live';
import { useMoney, useRole, useSession } from '../session/session';

const REFRESH_MS = 5000;

/** Why this user may not approve this batch, or undefined. */
export function useApprovalHindrance(): (batch: Batch) => string | undefined {
  const { me } = useSession();
  const approver = useRole('approver');
  const treasurer = useRole('treasurer');
  return (batch) => !approver && !treasurer ? 'Your role may look, not approve.'
    : batch.submitted_by === me.name ? 'You submitted it, so somebody else must approve it.' : undefined;
}

export function Approvals() {
  const { api } = useSession();
  const batches = useLive(() => api.batches({ state: 'submitted' }), [], REFRESH_MS, (event) => event.type.startsWith('batch.'));
  return (
    <Screen title="Approvals" lead="A second person looks at each batch before any money moves.">
      <Await of={batches}>
        {({ data }) => data.length === 0
          ? <EmptyState headingLevel="h2" icon={CheckCircleIcon} titleText="Nothing waits for approval"><EmptyStateBody>New batches appear here by themselves.</EmptyStateBody></EmptyState>
          : <Gallery hasGutter minWidths={{ default: '100%', md: '22rem' }}>{data.map((b) => <Approval key={b.id} batch={b} done={batches.reload} />)}</Gallery>}
      </Await>
    </Screen>
  );
}

function Approval({ batch, done }: { batch: Batch; done: () => void }) {
  const { api } = useSession();
  const money = useMoney();
  const hindrance = useApprovalHindrance()(batch);
  const { busy, error, run } = useAction();
  const approve = () => run(async () => {
    await api.actOnBatch(batch.id, 'approve');
    done();
  });
  return (
    <Card>
      <CardTitle component="h2"><To path={`/batches/${batch.id}`}>{batch.title}</To></CardTitle>
      <CardBody>
        <p className="walnut-figure">{money(batch.total, batch.token)}</p>
        <Content component="p">{batch.payment_count} {batch.payment_count === 1 ? 'payment' : 'payments'}, submitted by {batch.submitted_by} on <When time={batch.submitted_at} /></Content>
        <Problem error={error} />
      </CardBody>
      <CardFooter>
        <Button onClick={approve} isDisabled={busy || hindrance !== undefined} isLoading={busy}>Approve</Button>
        {hindrance && <Content component="small" className="walnut-lead">{hindrance}</Content>}
      </CardFooter>
    </Card>
  );
}
