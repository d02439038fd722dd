import { Alert, Card, CardBody, CardTitle, Content, Grid, GridItem } from '@patternfly/react-core';
import { formatAmount } from '../../shared/amounts';
import { networkOf } from '../../shared/networks';
import { tokenOf, useSession } from '../session/session';
import { Preview, usePreviews } from '../privacy/Preview';
import { gasOf } from './gas';
import { releaseOf, type Draft } from './NewBatch';

interface Props {
  draft: Draft;
  total: bigint;
  amounts: bigint[];
}

/** What will happen, what it costs, and what an outsider could learn. */
export function ReviewStep(props: Props) {
  return props.amounts.length === 0 ? <Alert component="p" isInline variant="warning" title="Go back and complete the payments." /> : <Review {...props} />;
}

function Review({ draft, total, amounts }: Props) {
  const { escrow } = useSession();
  const token = tokenOf(escrow, draft.token);
  const previews = usePreviews({ token: draft.token, amounts, release: releaseOf(draft) });
  const split = previews[draft.policy].value;
  const fee = BigInt(escrow.claim_quote.fee);
  const native = token.address === '0x0000000000000000000000000000000000000000';
  const gas = gasOf(native);
  return (
    <Grid hasGutter>
      <GridItem span={12} xl={5}>
        <Card isFullHeight>
          <CardTitle component="h2">{draft.title}</CardTitle>
          <CardBody>
            <p className="walnut-figure">{formatAmount(total, token.decimals)} {token.symbol}</p>
            <Content component="ul">
              <li>{amounts.length} {amounts.length === 1 ? 'link' : 'links'}, {split && <>paid as {split.notes} {split.notes === 1 ? 'note' : 'notes'} from {split.deposits} {split.deposits === 1 ? 'deposit' : 'deposits'} </>}on {networkOf(escrow.chain_id).name}</li>
              <li>Each deposit is one transaction of about {gas.deposit} gas{!native && ', after one that allows the escrow to take the tokens'}; the treasury pays it</li>
              <li>Each note’s claim takes about {gas.claim} gas</li>
              <li>{fee === 0n ? 'Claims are relayed at the treasury’s cost; recipients get the whole amount' : `The relayer takes ${formatAmount(fee, token.decimals)} ${token.symbol} of each note`}</li>
              {draft.release && <li>Links are given out from {draft.release} on; the deposit is made as soon as the batch is approved</li>}
              <li>{draft.expires ? `Unclaimed money goes back to the treasury in the days after ${draft.expires}, at random times` : 'Links do not expire'}</li>
            </Content>
          </CardBody>
        </Card>
      </GridItem>
      <GridItem span={12} xl={7}>
        <Card isFullHeight>
          <CardTitle component="h2">What an outsider can learn</CardTitle>
          <CardBody>
            <Content component="ul">
              <li>From the deposit: that your treasury put {formatAmount(total, token.decimals)} {token.symbol} into the escrow, and when. Not how many people it pays, nor how much each.</li>
              <li>From each claim: an amount, a time and an address. Not which deposit paid it.</li>
            </Content>
            <Preview policy={draft.policy} of={previews} />
          </CardBody>
        </Card>
      </GridItem>
    </Grid>
  );
}
