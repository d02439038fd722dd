import { Card, CardBody, CardTitle, Content, Grid, GridItem, Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { formatAmount } from '../../shared/amounts';
import type { Measured, TokenPrivacy } from '../api';
import { useLoad } from '../common/hooks';
import { Await, Screen } from '../common/parts';
import { To } from '../common/router';
import { tokenOf, useSession } from '../session/session';
import { Bars, percent } from './Bars';

const REFRESH_MS = 60_000;

export function usePrivacy() {
  const { api } = useSession();
  return useLoad(api.privacy, [], REFRESH_MS);
}

/** How well a claim that is made now hides, for each asset that moves here. */
export function PrivacyGauge() {
  const privacy = usePrivacy();
  return (
    <Await of={privacy}>
      {({ data }) => {
        const moving = data.filter((token) => token.candidate_deposits > 0);
        return (
          <>
            {moving.map((token) => <Gauge key={token.token} privacy={token} />)}
            {moving.length === 0 && data.map((token) => <Content key={token.token} component="p"><strong>{token.symbol}</strong> {token.advice}</Content>)}
            <To path="/privacy">More on privacy</To>
          </>
        );
      }}
    </Await>
  );
}

function Gauge({ privacy }: { privacy: TokenPrivacy }) {
  const hidden = Math.round(100 * (1 - privacy.now.linked_share));
  return (
    <div className="walnut-gauge">
      <Progress title={`${privacy.symbol} claims whose payer stays hidden`} value={hidden} measureLocation={ProgressMeasureLocation.outside}
        variant={hidden >= 98 ? 'success' : hidden >= 80 ? undefined : 'warning'} />
      <Content component="p" className="walnut-lead">{privacy.advice}</Content>
    </div>
  );
}

/** What an outsider could find out, from public data alone. */
export function Privacy() {
  const { api } = useSession();
  const privacy = usePrivacy();
  const report = useLoad(api.privacyReport, []);
  return (
    <Screen title="Privacy" lead="What somebody could find out who reads the chain and knows how Walnut works. Anybody can look these figures up.">
      <Await of={privacy}>
        {({ data }) => <Grid hasGutter>{data.map((token) => <GridItem key={token.token} span={12} lg={6}><Asset privacy={token} /></GridItem>)}</Grid>}
      </Await>
      <Await of={report}>
        {({ data }) => <Grid hasGutter className="walnut-measured">{data.map((asset) => <GridItem key={asset.asset} span={12} lg={6}><Simulated measured={asset} /></GridItem>)}</Grid>}
      </Await>
    </Screen>
  );
}

function Asset({ privacy }: { privacy: TokenPrivacy }) {
  const hours = (h: number) => (h % 24 === 0 ? `After ${h / 24} ${h === 24 ? 'day' : 'days'}` : `After ${h} hours`);
  return (
    <Card isFullHeight>
      <CardTitle component="h2">{privacy.symbol}</CardTitle>
      <CardBody>
        {privacy.candidate_deposits === 0 ? <Content component="p">{privacy.advice}</Content> : (
          <>
            <p className="walnut-figure">{privacy.now.effective_set.toFixed(1)} <small>deposits, equally likely, for a claim made now</small></p>
            <Content component="p">It could come from {privacy.candidate_deposits} {privacy.candidate_deposits === 1 ? 'deposit' : 'deposits'} of {privacy.candidate_companies} {privacy.candidate_companies === 1 ? 'company' : 'companies'}; what an outsider knows of times and amounts makes some of them likelier.</Content>
            <Bars title="Claims whose deposit an outsider names rightly" bars={[
              { label: 'Claimed now', share: privacy.now.linked_share },
              ...privacy.after.map((later) => ({ label: hours(later.hours), share: later.linked_share })),
            ]} />
            <Content component="p">{privacy.advice}</Content>
            <Denominations privacy={privacy} />
          </>)}
      </CardBody>
    </Card>
  );
}

/** Every policy and delay, as the simulator attacked them; those that follow “…” change one thing of the recommended one. */
function Simulated({ measured }: { measured: Measured }) {
  return (
    <Card isFullHeight>
      <CardTitle component="h2">Measured by attack: {measured.asset}</CardTitle>
      <CardBody>
        <Content component="p">{measured.companies} simulated companies paid for {measured.days} days, and an attacker who knows Walnut named the deposit of so many claims, rightly.</Content>
        <Bars title="By policy and delay" bars={measured.scenarios.map((s) => ({ label: s.scenario, share: s.linked }))} />
        <Content component="p" className="walnut-lead">Published of others, measured otherwise: {measured.published.map((p) =>
          `${p.system} ${p.low === p.high ? percent(p.low) : `${percent(p.low)} to ${percent(p.high)}`} (${p.source})`).join(', ')}.</Content>
      </CardBody>
    </Card>
  );
}

function Denominations({ privacy }: { privacy: TokenPrivacy }) {
  const { escrow } = useSession();
  const token = tokenOf(escrow, privacy.token);
  const held = privacy.denominations.filter((d) => d.outstanding_at_most !== '0').slice(0, 12);
  return held.length === 0 ? null : (
    <Table aria-label={`Unclaimed ${privacy.symbol} notes`} variant="compact">
      <Thead><Tr><Th>Note</Th><Th>Unclaimed, at most</Th></Tr></Thead>
      <Tbody>{held.map((d) => (
        <Tr key={d.amount}><Td dataLabel="Note">{formatAmount(BigInt(d.amount), token.decimals)} {token.symbol}</Td><Td dataLabel="Unclaimed, at most">{d.outstanding_at_most}</Td></Tr>))}
      </Tbody>
    </Table>
  );
}
