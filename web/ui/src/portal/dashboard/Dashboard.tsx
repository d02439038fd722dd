import { Alert, Card, CardBody, CardTitle, Content, Gallery, Grid, GridItem, Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { formatAmount } from '../../shared/amounts';
import type { Health, PaymentLink, Wallet } from '../api';
import { BatchTable, NewBatchButton } from '../batches/Batches';
import { useLoad } from '../common/hooks';
import { Await, Hash, Screen } from '../common/parts';
import { To } from '../common/router';
import { useLive } from '../live/live';
import { PrivacyGauge } from '../privacy/Privacy';
import { tokenOf, useSession } from '../session/session';

const REFRESH_MS = 10_000;
const MOST_LINKS = 1000;
const SOON_MS = 7 * 86_400_000;
const OPEN = ['ready', 'claim_pending'];

/** Where the money is, what needs attention, and how well payments hide among each other. */
export function Dashboard() {
  const { api } = useSession();
  const links = useLive(() => api.all(api.links, {}, MOST_LINKS), [], REFRESH_MS, (event) => event.type.startsWith('link.'));
  const batches = useLive(() => api.batches({ limit: 6 }), [], REFRESH_MS, (event) => event.type.startsWith('batch.'));
  const health = useLoad(api.health, [], REFRESH_MS);
  return (
    <Screen title="Dashboard" actions={<NewBatchButton />}>
      <Grid hasGutter>
        <GridItem span={12}>{health.value && <Warnings health={health.value} />}<Await of={links}>{(all) => <Figures links={all} />}</Await></GridItem>
        <GridItem span={12} lg={8}>
          <Card isFullHeight>
            <CardTitle component="h2">Newest batches</CardTitle>
            <CardBody><Await of={batches}>{({ data }) => data.length > 0 ? <BatchTable batches={data} isBrief /> : <Content component="p">No batches yet. A treasurer makes the first.</Content>}</Await></CardBody>
          </Card>
        </GridItem>
        <GridItem span={12} lg={4}>
          <Grid hasGutter>
            <GridItem span={12}><Card><CardTitle component="h2">Privacy</CardTitle><CardBody><PrivacyGauge /></CardBody></Card></GridItem>
            <GridItem span={12}><Card><CardTitle component="h2">Wallets</CardTitle><CardBody><Await of={health}>{(value) => <Wallets health={value} />}</Await></CardBody></Card></GridItem>
          </Grid>
        </GridItem>
      </Grid>
    </Screen>
  );
}

function Warnings({ health }: { health: Health }) {
  return (
    <>
      {health.relayer.status === 'low' && <Alert component="p" variant="warning" isInline className="walnut-problem" title="The relayer is running out of gas money">
        Claims will stop when it is empty. Send it some coin: <code>{health.relayer.address}</code></Alert>}
      {(health.iexec.gas === 'low' || health.iexec.rlc === 'low') && <Alert component="p" variant="warning" isInline className="walnut-problem" title="The account that pays iExec is running out">
        New batches will wait for the enclave when it is empty. Send {health.iexec.rlc === 'low' ? 'RLC' : 'some coin'} to the address of <code>walnut.iexec.requester.keystore</code>.</Alert>}
      {health.chain.status !== 'up' && <Alert component="p" variant="danger" isInline className="walnut-problem" title="The chain does not answer">
        Deposits and claims wait until it does; nothing is lost.</Alert>}
    </>
  );
}

function Figures({ links }: { links: PaymentLink[] }) {
  const soon = Date.now() + SOON_MS;
  const open = links.filter((link) => OPEN.includes(link.state));
  const expiring = open.filter((link) => link.expires_at && Date.parse(link.expires_at) < soon);
  const figures: [string, PaymentLink[], string, string][] = [
    ['Unclaimed', open, 'waiting to be claimed', '/links?state=ready'],
    ['On its way', links.filter((link) => link.state === 'issued'), 'not ready yet', '/links?state=issued'],
    ['Claimed', links.filter((link) => link.state === 'claimed'), 'paid out', '/links?state=claimed'],
    ['Expiring', expiring, 'within seven days', '/links?state=ready'],
  ];
  return (
    <Gallery hasGutter minWidths={{ default: '100%', sm: '13rem' }}>
      {figures.map(([name, of, hint, path]) => (
        <Card key={name} isCompact>
          <CardTitle component="h2">{name}</CardTitle>
          <CardBody><Sums links={of} /><To path={path} className="walnut-lead">{of.length} {of.length === 1 ? 'link' : 'links'}, {hint}</To></CardBody>
        </Card>))}
      {links.length >= MOST_LINKS && <Content component="small">Figures of the newest {MOST_LINKS} links.</Content>}
    </Gallery>
  );
}

function Sums({ links }: { links: PaymentLink[] }): ReactNode {
  const { escrow } = useSession();
  const sums = new Map<string, bigint>();
  for (const link of links) {
    sums.set(link.token, (sums.get(link.token) ?? 0n) + BigInt(link.amount));
  }
  if (sums.size === 0) {
    return <p className="walnut-figure">–</p>;
  }
  return [...sums].map(([address, sum]) => {
    const token = tokenOf(escrow, address);
    return <p key={address} className="walnut-figure">{formatAmount(sum, token.decimals)} <small>{token.symbol}</small></p>;
  });
}

function Wallets({ health }: { health: Health }) {
  const { escrow } = useSession();
  const coin = tokenOf(escrow, '0x0000000000000000000000000000000000000000');
  const wallets: [string, Wallet][] = [['Treasury', health.treasury], ['Relayer', health.relayer]];
  return (
    <dl className="walnut-wallets">
      {wallets.map(([name, wallet]) => wallet.address && (
        <div key={name}>
          <dt>{name}<br /><Hash value={wallet.address} /></dt>
          <dd>{wallet.balance === null ? 'unknown' : `${round(formatAmount(BigInt(wallet.balance), coin.decimals))} ${coin.symbol}`} {wallet.status === 'low' && <Label status="warning" isCompact>Low</Label>}</dd>
        </div>))}
      {!health.treasury.address && <Content component="p">No treasury key is configured: deposits are paid from other wallets.</Content>}
    </dl>
  );
}

/** Four decimals are enough for a balance. */
function round(amount: string): string {
  return amount.replace(/(\.\d{4})\d+$/, '$1');
}
