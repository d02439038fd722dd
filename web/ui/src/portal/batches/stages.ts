import type { Batch, BatchState, Deposit, Health } from '../api';

export interface Stage {
  title: string;
  states: BatchState[];
  /** What to tell when it takes longer than `patience` seconds. */
  slow: string;
  patience: number;
}

export const STAGES: Stage[] = [
  { title: 'Approval', states: ['submitted'], slow: 'Remind an approver: it stands in their approval inbox.', patience: 3600 },
  {
    title: 'Deposit', states: ['awaiting_deposit'], patience: 60,
    slow: 'No deposit is in a block yet. Fund the batch above, or look at the transaction in the wallet that sent it: it may need a higher fee.',
  },
  {
    title: 'Finality', states: ['deposited'], patience: 60,
    slow: 'Finality depends on the chain: about 15 minutes on Ethereum and its rollups, seconds on the devnet. You may close this page.',
  },
  {
    title: 'Enclave', states: ['finalized', 'computing'], patience: 120,
    slow: 'Workers can be busy. If a task is not done in time, it is taken back and asked for again without your doing.',
  },
  { title: 'Links ready', states: ['ready'], slow: '', patience: Infinity },
];

/** What is happening in a stage, and how much of it is done, 0 to 1. */
export interface Now {
  text: string;
  done: number;
}

const TASK_STEPS: Record<string, Now> = {
  prepared: { text: 'The payments are being handed to iExec’s secret store, encrypted.', done: 0.15 },
  requested: { text: 'The task is offered to iExec; a worker is being matched.', done: 0.35 },
  running: { text: 'A worker runs the enclave, which checks the deposit’s proof and signs a voucher per payment.', done: 0.6 },
  computed: { text: 'The enclave has answered; the portal fetches the vouchers and checks each signature.', done: 0.85 },
  completed: { text: 'All vouchers are checked.', done: 1 },
  failed: { text: 'The attempt failed; another follows.', done: 0.15 },
};

const FUNDING_STEPS: Record<string, Now> = {
  queued: { text: 'The treasury’s transaction is being signed.', done: 0.3 },
  signed: { text: 'The treasury’s transaction is signed and goes to the network.', done: 0.45 },
  sent: { text: 'The treasury’s transaction is with the network and waits for a block.', done: 0.6 },
  mined: { text: 'The treasury’s transaction is in a block.', done: 0.9 },
};

export function stageOf(batch: Batch): number {
  return batch.state === 'failed' ? 3 : Math.max(0, STAGES.findIndex((stage) => stage.states.includes(batch.state)));
}

/** @param firstFinal the final block when the page began to look, from which the way to finality is measured */
export function nowOf(batch: Batch, health?: Health, firstFinal?: number): Now {
  const deposits = batch.deposits ?? [];
  switch (batch.state) {
    case 'submitted': return { text: 'A second person looks at the batch.', done: 0 };
    case 'awaiting_deposit': return slowest(deposits, (d) => d.state !== 'awaiting' ? { text: '', done: 1 }
      : FUNDING_STEPS[d.funding?.state ?? ''] ?? { text: 'The escrow waits for the money.', done: 0 });
    case 'deposited': return finality(deposits, health, firstFinal);
    case 'finalized': return { text: 'The deposit is final. The enclave’s task is being made.', done: 0.05 };
    case 'computing': return slowest(deposits, (d) => d.state === 'signed' ? { text: '', done: 1 } : TASK_STEPS[d.task?.state ?? ''] ?? TASK_STEPS.prepared!);
    case 'ready': return { text: 'The links can be sent.', done: 1 };
    case 'failed': return { text: 'The enclave could not sign.', done: 0 };
    default: return { text: '', done: 0 };
  }
}

/** The words of the deposit that is least far, and the mean of all. */
function slowest(deposits: Deposit[], step: (deposit: Deposit) => Now): Now {
  const steps = deposits.map(step);
  const least = steps.reduce((a, b) => (b.done < a.done ? b : a), steps[0] ?? { text: '', done: 0 });
  const finished = steps.filter((s) => s.done === 1).length;
  return {
    text: steps.length > 1 ? `${least.text} ${finished} of ${steps.length} deposits are through.` : least.text,
    done: steps.reduce((sum, s) => sum + s.done, 0) / Math.max(1, steps.length),
  };
}

function finality(deposits: Deposit[], health?: Health, firstFinal?: number): Now {
  const block = Math.max(...deposits.map((d) => d.block_number ?? 0));
  const final = health?.chain.finalized;
  if (!block || final === undefined || final === null) {
    return { text: 'The deposit is in a block. It counts when the chain can no longer undo it.', done: 0 };
  }
  const start = Math.min(firstFinal ?? final, block - 1);
  const left = Math.max(0, block - final);
  return {
    text: left === 0 ? `The deposit is in block ${block}, which has become final.`
      : `The deposit is in block ${block}; the chain is final up to block ${final}, ${left} to go.`,
    done: Math.min(1, Math.max(0, (final - start) / (block - start))),
  };
}
