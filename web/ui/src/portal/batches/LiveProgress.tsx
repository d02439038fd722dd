import { Card, CardBody, CardTitle, Content, ExpandableSection, Progress, ProgressMeasureLocation, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import type { Batch, BatchState, Deposit } from '../api';
import { Hash } from '../common/parts';
import { To } from '../common/router';
import { useMoney, useSession } from '../session/session';

interface Stage {
  title: string;
  states: BatchState[];
  doing: string;
  /** What to tell when it takes longer than `patience` seconds. */
  slow: string;
  patience: number;
}

const STAGES: Stage[] = [
  {
    title: 'Approval', states: ['submitted'], doing: 'A second person looks at the batch.',
    slow: 'Remind an approver: it stands in their approval inbox.', patience: 3600,
  },
  {
    title: 'Deposit', states: ['awaiting_deposit'], doing: 'The escrow waits for the money.',
    slow: 'Nothing has arrived yet. Fund the batch above, or check the transaction in the wallet that sent it.', patience: 60,
  },
  {
    title: 'Finality', states: ['deposited'], doing: 'The deposit is in a block. It counts when the chain can no longer undo it.',
    slow: 'Finality depends on the chain: about 15 minutes on Ethereum and its rollups, seconds on the devnet.', patience: 60,
  },
  {
    title: 'Enclave', states: ['finalized', 'computing'], doing: 'An iExec worker runs the enclave, which checks the deposit and signs a voucher per payment.',
    slow: 'Workers can be busy. If a task is not done in time, it is taken back and asked for again without your doing.', patience: 120,
  },
  { title: 'Links ready', states: ['ready'], doing: 'The links can be sent.', slow: '', patience: Infinity },
];

function stageOf(batch: Batch): number {
  if (batch.state === 'failed') {
    return 3;
  }
  return Math.max(0, STAGES.findIndex((stage) => stage.states.includes(batch.state)));
}

/** Where a batch is on its way from deposit to links, as a person understands it. */
export function LiveProgress({ batch }: { batch: Batch }) {
  const current = stageOf(batch);
  const ready = batch.state === 'ready';
  const seconds = useSecondsSince(batch.state);
  const stage = STAGES[current]!;
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
        <Progress aria-label="From approval to links" value={ready ? 100 : (current + 0.5) * 20} measureLocation={ProgressMeasureLocation.none}
          variant={ready ? 'success' : batch.state === 'failed' ? 'danger' : undefined} />
        <div role="status" className="walnut-now">
          <Content component="p">{batch.state === 'failed' ? 'The enclave could not sign.' : stage.doing}
            {ready && <> <To path={`/links?batch=${batch.id}`}>Go to the links</To></>}</Content>
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
