import { describe, expect, it } from 'vitest';
import type { Batch, Deposit, Health } from '../src/portal/api';
import { nowOf } from '../src/portal/batches/stages';
import { readEvents, type ServerEvent } from '../src/portal/live/eventStream';

async function read(...chunks: string[]): Promise<ServerEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(encoder.encode(chunk)));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) {
    events.push(event);
  }
  return events;
}

describe('a stream of events', () => {
  it('is read whatever the pieces it comes in', async () => {
    const text = 'id: 7\nevent: link.ready\ndata: {"a":\ndata: "ü"}\n\nid: 8\n: still here\n\n';
    const wanted = [{ id: '7', type: 'link.ready', data: '{"a":\n"ü"}' }, { id: '8', type: '', data: '' }];
    expect(await read(text)).toEqual(wanted);
    expect(await read(...text)).toEqual(wanted);
    expect(await read(text.replaceAll('\n', '\r\n'))).toEqual(wanted);
  });

  it('leaves out what was not finished', async () => expect(await read('id: 9\nevent: x\ndata: 1\n')).toEqual([]));
});

describe('the progress of a batch', () => {
  const deposit = { state: 'awaiting', block_number: null, funding: null, task: null } as Deposit;
  const batch = (state: Batch['state'], ...deposits: Partial<Deposit>[]) =>
    ({ state, deposits: deposits.map((d) => ({ ...deposit, ...d })) }) as Batch;
  const final = (finalized: number) => ({ chain: { status: 'up', head: finalized + 2, finalized } }) as Health;

  it('counts the blocks to finality', () => {
    const now = nowOf(batch('deposited', { block_number: 110 }), final(105), 100);
    expect(now.text).toBe('The deposit is in block 110; the chain is final up to block 105, 5 to go.');
    expect(now.done).toBe(0.5);
    expect(nowOf(batch('deposited', { block_number: 110 }), final(110), 100).done).toBe(1);
  });

  it('tells of many deposits the one that is least far', () => {
    const task = (state: string) => ({ task: { state, attempt: 1, deal_id: null, task_id: null, failure: null } });
    const now = nowOf(batch('computing', { state: 'signed' }, task('running'), task('requested')));
    expect(now.text).toBe('The task is offered to iExec; a worker is being matched. 1 of 3 deposits are through.');
    expect(now.done).toBeGreaterThan(0.5);
  });

  it('says what the treasury’s transaction waits for', () => {
    const funding = { state: 'sent', hash: null, failure: null };
    expect(nowOf(batch('awaiting_deposit', { funding })).text).toContain('waits for a block');
    expect(nowOf(batch('awaiting_deposit', {})).text).toBe('The escrow waits for the money.');
  });
});
