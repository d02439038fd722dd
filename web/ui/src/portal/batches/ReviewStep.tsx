import { Alert, Card, CardBody, CardTitle, Content, Grid, GridItem } from '@patternfly/react-core';
import { formatAmount } from '../../shared/amounts';
import { networkOf } from '../../shared/networks';
import { tokenOf, useSession } from '../session/session';
import { insightOf } from './insight';
import type { Draft } from './NewBatch';

/** A deposit's tree has 500 notes at most. */
const NOTES_PER_DEPOSIT = 500;

/** What will happen, what it costs, and what an outsider could learn. */
export function ReviewStep({ draft, total, amounts }: { draft: Draft; total: bigint; amounts: bigint[] }) {
  const { escrow } = useSession();
  const token = tokenOf(escrow, draft.token);
  if (amounts.length === 0) {
    return <Alert component="p" isInline variant="warning" title="Go back and complete the payments." />;
  }
  const insight = insightOf(amounts, draft.policy);
  const deposits = Math.ceil(insight.notes / NOTES_PER_DEPOSIT);
  const fee = BigInt(escrow.claim_quote.fee);
  return (
    <Grid hasGutter>
      <GridItem span={12} md={6}>
        <Card isFullHeight>
          <CardTitle component="h2">{draft.title}</CardTitle>
          <CardBody>
            <p className="walnut-figure">{formatAmount(total, token.decimals)} {token.symbol}</p>
            <Content component="ul">
              <li>{amounts.length} {amounts.length === 1 ? 'link' : 'links'}, paid as {insight.notes} {insight.notes === 1 ? 'note' : 'notes'} from {deposits} {deposits === 1 ? 'deposit' : 'deposits'} on {networkOf(escrow.chain_id).name}</li>
              <li>Each deposit is one transaction{token.address !== '0x0000000000000000000000000000000000000000' && ', after one that allows the escrow to take the tokens'}; its gas is the treasury’s</li>
              <li>{fee === 0n ? 'Claims are relayed at the treasury’s cost; recipients get the whole amount' : `The relayer takes ${formatAmount(fee, token.decimals)} ${token.symbol} of each note`}</li>
              <li>{draft.expires ? `Unclaimed links return to the treasury after ${draft.expires}` : 'Links do not expire'}</li>
            </Content>
          </CardBody>
        </Card>
      </GridItem>
      <GridItem span={12} md={6}>
        <Card isFullHeight>
          <CardTitle component="h2">What an outsider can learn</CardTitle>
          <CardBody>
            <Content component="ul">
              <li>From the deposit: that your treasury put {formatAmount(total, token.decimals)} {token.symbol} into the escrow, and when. Not how many people it pays, nor how much each.</li>
              <li>From each claim: an amount, a time and an address. Not which deposit paid it.</li>
            </Content>
            <Gauge unique={insight.unique} of={amounts.length} policy={draft.policy} />
          </CardBody>
        </Card>
      </GridItem>
    </Grid>
  );
}

function Gauge({ unique, of, policy }: { unique: number; of: number; policy: Draft['policy'] }) {
  if (of === 1) {
    return <Alert component="p" isInline variant="warning" title="One payment alone is easy to match">
      The deposit’s sum equals the claim’s. Pay several people with one batch if you can.</Alert>;
  }
  if (unique === 0) {
    return <Alert component="p" isInline variant="success" title="Every amount occurs more than once in this batch">Amounts alone point to nobody.</Alert>;
  }
  return (
    <Alert component="p" isInline variant={unique === of ? 'warning' : 'info'} title={`${unique} of ${of} payments have an amount of their own in this batch`}>
      Whoever already knows what a person is owed could recognise that person’s claim. {policy === 'exact' ? 'Round amounts or standard notes help.' : 'Rounder amounts help.'}
    </Alert>
  );
}
