import {
  Alert, Button, Card, CardBody, CardTitle, ClipboardCopy, ClipboardCopyVariant, Content, Tab, Tabs, TabTitleText,
} from '@patternfly/react-core';
import { useState } from 'react';
import { encode } from 'uqr';
import { NATIVE } from '../../protocol/escrow';
import type { Address, Hex } from '../../protocol/viem';
import { encodeFunctionData } from '../../protocol/viem';
import { networkOf } from '../../shared/networks';
import { connect, ensureChain, findWallet, send, type Provider } from '../../shared/wallet';
import type { Batch, Deposit } from '../api';
import { useAction } from '../common/hooks';
import { Problem } from '../common/parts';
import { useMoney, useRole, useSession } from '../session/session';

const approveAbi = [{
  type: 'function', name: 'approve', stateMutability: 'nonpayable', outputs: [{ type: 'bool' }],
  inputs: [{ name: 'spender', type: 'address' }, { name: 'amount', type: 'uint256' }],
}] as const;

/** The three ways to pay a batch's deposits. */
export function Funding({ batch, done }: { batch: Batch; done: () => void }) {
  const [tab, setTab] = useState<string | number>('treasury');
  const treasurer = useRole('treasurer');
  const open = (batch.deposits ?? []).filter((deposit) => deposit.state === 'awaiting');
  if (!treasurer) {
    return <Alert component="p" variant="info" isInline title="A treasurer funds this batch next" />;
  }
  return (
    <Card>
      <CardTitle component="h2">Fund the batch</CardTitle>
      <CardBody>
        <Tabs activeKey={tab} onSelect={(_, key) => setTab(key)} aria-label="Ways to fund">
          <Tab eventKey="treasury" title={<TabTitleText>Treasury key</TabTitleText>}><TreasuryKey batch={batch} done={done} /></Tab>
          <Tab eventKey="wallet" title={<TabTitleText>Browser wallet</TabTitleText>}><BrowserWallet batch={batch} deposits={open} done={done} /></Tab>
          <Tab eventKey="other" title={<TabTitleText>Safe or other custody</TabTitleText>}>
            {open.map((deposit, i) => <Unsigned key={deposit.id} batch={batch} deposit={deposit} name={open.length > 1 ? `Deposit ${i + 1} of ${open.length}` : ''} />)}
          </Tab>
        </Tabs>
      </CardBody>
    </Card>
  );
}

function TreasuryKey({ batch, done }: { batch: Batch; done: () => void }) {
  const { api } = useSession();
  const money = useMoney();
  const { busy, error, run } = useAction();
  const fundings = (batch.deposits ?? []).flatMap((deposit) => deposit.funding ?? []);
  const failure = fundings.find((funding) => funding.failure)?.failure;
  const asked = fundings.length > 0;
  const fund = () => run(async () => {
    await api.actOnBatch(batch.id, 'fund');
    done();
  });
  return (
    <div className="walnut-tab">
      <Content component="p">The portal sends {money(batch.total, batch.token)} from the treasury’s configured key.
        {batch.token !== NATIVE && ' That key must have allowed the escrow to take the tokens; a browser wallet is asked to.'}</Content>
      <Problem error={error} />
      {failure && <Alert component="p" variant="warning" isInline title={failure} />}
      {asked ? <Alert component="p" variant="info" isInline isPlain title="The deposit is on its way to the chain." />
        : <Button onClick={fund} isDisabled={busy} isLoading={busy}>Fund with the treasury key</Button>}
    </div>
  );
}

function BrowserWallet({ batch, deposits, done }: { batch: Batch; deposits: Deposit[]; done: () => void }) {
  const { escrow } = useSession();
  const { busy, error, run } = useAction();
  const [note, setNote] = useState('');
  const wallet = findWallet();
  if (!wallet) {
    return <div className="walnut-tab"><Alert component="p" variant="info" isInline isPlain title="No wallet was found in this browser. Install or unlock one and reload, or use another way." /></div>;
  }
  const fund = () => run(async () => {
    const from = await connect(wallet);
    await ensureChain(wallet, escrow.chain_id);
    for (const [i, deposit] of deposits.entries()) {
      const step = deposits.length > 1 ? ` (${i + 1} of ${deposits.length})` : '';
      if (batch.token !== NATIVE) {
        setNote(`Allow the escrow to take the tokens in your wallet${step}…`);
        const hash = await send(wallet, from, { to: batch.token, data: approval(deposit), value: 0n });
        await mined(wallet, hash);
      }
      setNote(`Confirm the deposit in your wallet${step}…`);
      await send(wallet, from, { to: deposit.transaction.to, data: deposit.transaction.data, value: BigInt(deposit.transaction.value) });
    }
    setNote('Sent. The portal watches the chain and goes on by itself.');
    done();
  });
  return (
    <div className="walnut-tab">
      <Content component="p">Your wallet shows the escrow, {escrow.address}, and the amount before you sign.</Content>
      <Problem error={error} />
      <p role="status">{note}</p>
      <Button onClick={fund} isDisabled={busy || deposits.length === 0} isLoading={busy}>Fund with my wallet</Button>
    </div>
  );
}

function approval(deposit: Deposit): Hex {
  return encodeFunctionData({ abi: approveAbi, functionName: 'approve', args: [deposit.transaction.to, BigInt(deposit.amount)] });
}

async function mined(wallet: Provider, hash: Hex): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (await wallet.request({ method: 'eth_getTransactionReceipt', params: [hash] })) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  throw new Error('The approval is not in a block after five minutes. Look it up in your wallet, then try again.');
}

function Unsigned({ batch, deposit, name }: { batch: Batch; deposit: Deposit; name: string }) {
  const { transaction } = deposit;
  const uri = `ethereum:${transaction.to}@${transaction.chain_id}/deposit?address=${batch.token}&uint256=${deposit.amount}&bytes32=${deposit.notes_root}&value=${transaction.value}`;
  return (
    <div className="walnut-tab">
      {name && <Content component="h3">{name}</Content>}
      <Content component="p">Send exactly this transaction on {networkOf(transaction.chain_id).name} (chain {transaction.chain_id}), from any wallet. The portal sees it by itself.
        {batch.token !== NATIVE && ' Let the escrow take the tokens first, with the first call.'}</Content>
      <div className="walnut-funding">
        <div className="walnut-qr"><QrCode text={uri} label="The deposit as a QR code (EIP-681)" /></div>
        <div className="walnut-call">
          {batch.token !== NATIVE && <Copyable name="First call: token" value={batch.token} />}
          {batch.token !== NATIVE && <Copyable name="First call: data (approve)" value={approval(deposit)} long />}
          <Copyable name="To" value={transaction.to as Address} />
          <Copyable name="Value (wei)" value={transaction.value} />
          <Copyable name="Data" value={transaction.data} long />
        </div>
      </div>
    </div>
  );
}

function Copyable({ name, value, long = false }: { name: string; value: string; long?: boolean }) {
  return (
    <div className="walnut-copyable">
      <span>{name}</span>
      <ClipboardCopy isReadOnly isCode={long} hoverTip="Copy" clickTip="Copied" textAriaLabel={name}
        variant={long ? ClipboardCopyVariant.expansion : ClipboardCopyVariant.inline}>{value}</ClipboardCopy>
    </div>
  );
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  );
}
