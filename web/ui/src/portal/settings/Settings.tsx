import { Card, CardBody, CardTitle, ClipboardCopy, Grid, GridItem, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { networkOf } from '../../shared/networks';
import { getLogin } from '../api';
import { useLoad } from '../common/hooks';
import { Await, Facts, Screen } from '../common/parts';
import { useRole, useSession } from '../session/session';
import { Keys } from './Keys';
import { Users } from './Users';
import { Webhooks } from './Webhooks';

const REFRESH_MS = 5000;

/** What this portal is configured for, and who is told of its events. */
export function Settings() {
  const { api, escrow, me } = useSession();
  const health = useLoad(api.health, [], REFRESH_MS);
  const settings = useLoad(api.settings, [], REFRESH_MS);
  const login = useLoad(getLogin, []);
  const treasurer = useRole('treasurer');
  return (
    <Screen title="Settings" lead="All but the webhooks is set by the operator, in the server’s configuration.">
      <Grid hasGutter>
        <GridItem span={12} lg={6}>
          <Facts isFullHeight title="Escrow" rows={[
            ['Network', `${networkOf(escrow.chain_id).name} (chain ${escrow.chain_id})`],
            ['Contract', <Address value={escrow.address} name="Escrow" />],
            ['Final when', escrow.finality === 'finalized' ? 'the chain calls the block final' : `${escrow.finality} blocks lie on top`],
          ]} />
        </GridItem>
        <GridItem span={12} lg={6}>
          <Await of={health}>
            {(h) => <Facts isFullHeight title="Health" rows={[
              ['Portal', <Up up={h.status === 'up'} />],
              ['Chain', <Up up={h.chain.status === 'up'} />],
              ['Newest block', h.chain.head ?? '–'],
              ['Final block', h.chain.finalized ?? '–'],
            ]} />}
          </Await>
        </GridItem>
        <GridItem span={12} lg={6}>
          <Card>
            <CardTitle component="h2">Assets</CardTitle>
            <CardBody>
              <Table aria-label="Assets" variant="compact">
                <Thead><Tr><Th>Symbol</Th><Th>Decimals</Th><Th>Contract</Th></Tr></Thead>
                <Tbody>{escrow.tokens.map((t) => (
                  <Tr key={t.address}><Td dataLabel="Symbol">{t.symbol}</Td><Td dataLabel="Decimals">{t.decimals}</Td><Td dataLabel="Contract"><code>{/^0x0+$/.test(t.address) ? 'native coin' : t.address}</code></Td></Tr>))}
                </Tbody>
              </Table>
            </CardBody>
          </Card>
        </GridItem>
        <GridItem span={12} lg={6}><Await of={settings}>{(s) => <Facts isFullHeight title="Links" rows={[
          ['Claim page', s.claim_page],
          ['Payer’s name', s.payer || 'none is set: links say “A payment for you” (walnut.portal.payer)'],
          ['Mail', s.mail ? 'links can be sent by mail' : 'not configured: links are shown and sent by hand'],
          ['You', `${me.name} (${me.roles.join(', ')})`],
        ]} />}</Await></GridItem>
        <GridItem span={12}><Await of={settings}>{(s) => <Keys keys={s.keys} />}</Await></GridItem>
        <GridItem span={12}><Await of={settings}>{(s) => <Users users={s.users} login={login.value} />}</Await></GridItem>
        {treasurer && <GridItem span={12}><Webhooks /></GridItem>}
      </Grid>
    </Screen>
  );
}

function Up({ up }: { up: boolean }) {
  return <Label color={up ? 'green' : 'red'}>{up ? 'Up' : 'Down'}</Label>;
}

function Address({ value, name }: { value: string; name: string }) {
  return <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" variant="inline-compact" isCode textAriaLabel={name}>{value}</ClipboardCopy>;
}
