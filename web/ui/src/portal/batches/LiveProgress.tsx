import { Card, CardBody, CardTitle, Content, ExpandableSection, Progress, ProgressMeasureLocation, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { useEffect, useRef, useState } from 'react';
import type { Batch, Deposit } from '../api';
import { useLoad } from '../common/hooks';
import { Hash } from '../common/parts';
import { To } from '../common/router';
import { useMoney, useSession } from '../session/session';
import { nowOf, STAGES, stageOf } from './stages';

/** Where a batch is on its way from deposit to links, as a person understands it. */
export function LiveProgress({ batch }: { batch: Batch }) {
  const { api } = useSession();
  const current = stageOf(batch);
  const ready = batch.state === 'ready';
  const seconds = useSecondsSince(batch.state);
  const stage = STAGES[current]!;
  const waits = batch.state === 'deposited';
  const health = useLoad(() => (waits ? api.health() : Promise.resolve(undefined)), [waits], waits ? 2000 : undefined);
  const firstFinal = useRef<number>(undefined);
  firstFinal.current ??= health.value?.chain.finalized ?? undefined;
  const now = nowOf(batch, health.value, firstFinal.current);
  return (
    <Card isFullHeight>
      <CardTitle component="h2">Progress</CardTitle>
      <CardBody>
        <ProgressStepper isCompact={false} aria-label="Stages" className="walnut-stages">
          {STAGES.map((s, i) => (
            <ProgressStep key={s.title} id={`stage-${i}`} titleId={`stage-${i}-title`} isCurrent={i === current && !ready}
              variant={i < current || ready ? 'success' : i > current ? 'pending' : batch.state === 'failed' ? 'danger' : 'info'}
              aria-label={`${s.title}: ${i < current || ready ? 'done' : i === current ? 'now' : 'later'}`}>{s.title}</ProgressStep>))}
        </ProgressStepper>
        <Progress title={ready ? 'Done' : stage.title} value={Math.round(100 * now.done)} min={0} max={100}
          measureLocation={ready ? ProgressMeasureLocation.none : ProgressMeasureLocation.outside}
          variant={ready ? 'success' : batch.state === 'failed' ? 'danger' : undefined} />
        <div role="status" className="walnut-now">
          <Content component="p">{now.text}{ready && <> <To path={`/links?batch=${batch.id}`}>Go to the links</To></>}</Content>
          {seconds > stage.patience && <Content component="p">{stage.slow}</Content>}
        </div>
        <Details deposits={batch.deposits ?? []} token={batch.token} />
      </CardBody>
    </Card>
  );
}

function Details({ deposits, token }: { deposits: Deposit[]; token: string }) {
  const money = useMoney();
  const { escrow } = useSession();
  return (
    <ExpandableSection toggleText={deposits.length === 1 ? 'The deposit' : `The ${deposits.length} deposits`} className="walnut-deposits">
      {deposits.map((deposit) => (
        <dl key={deposit.id}>
          <div><dt>Amount</dt><dd>{money(deposit.amount, token)} in {deposit.note_count} {deposit.note_count === 1 ? 'note' : 'notes'}</dd></div>
          {deposit.tx_hash && <div><dt>Transaction</dt><dd><Hash value={deposit.tx_hash} chainId={escrow.chain_id} />{deposit.block_number !== null && ` in block ${deposit.block_number}`}</dd></div>}
          {deposit.task?.task_id && <div><dt>iExec task</dt><dd><Hash value={deposit.task.task_id} /> {deposit.task.state}, attempt {deposit.task.attempt}</dd></div>}
          {deposit.task?.failure && <div><dt>Waits because</dt><dd>{deposit.task.failure}</dd></div>}
        </dl>))}
    </ExpandableSection>
  );
}

function useSecondsSince(key: string): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const start = Date.now();
    setSeconds(0);
    const timer = window.setInterval(() => setSeconds((Date.now() - start) / 1000), 1000);
    return () => window.clearInterval(timer);
  }, [key]);
  return seconds;
}
