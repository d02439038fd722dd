import { Card, CardBody, CardTitle, ClipboardCopy, Content, ExpandableSection, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Settings } from '../api';

const ROTATE = '/subsystem=elytron/secret-key-credential-store=walnut';

/** Which keys work here, what each can do, and how it is changed. */
export function Keys({ keys }: { keys: Settings['keys'] }) {
  const { signer, sealing } = keys;
  const next = Math.max(...sealing.opening) + 1;
  const rows: [string, ReactNode, string][] = [
    ['Treasury', <Address of={keys.treasury} />, 'Pays deposits when somebody chooses “Treasury key”. Its money is at stake. To change it, name another keystore (walnut.treasury.keystore) and restart.'],
    ['Relayer', <Address of={keys.relayer} />, 'Pays the gas of claims. It cannot take a payment. To change it, wait until no claim is under way, name another keystore and restart.'],
    ['Requester', <Address of={keys.requester} />, 'Pays iExec for the enclave’s tasks.'],
    ['Enclave', signer ? <><Address of={signer.address} /> <Trust trusted={signer.trusted} /></> : 'nothing was signed yet', 'Signs vouchers, inside the enclave only. The escrow’s owner adds a new signer, which counts after a public delay, and removes an old one at once.'],
    ['Sealing', `number ${sealing.current}${sealing.opening.length > 1 ? `; ${sealing.opening.join(', ')} open` : ''}`, 'Seals the secrets in the database. Its file must be backed up apart from the database.'],
  ];
  return (
    <Card>
      <CardTitle component="h2">Keys</CardTitle>
      <CardBody>
        <Table aria-label="Keys" variant="compact">
          <Thead><Tr><Th>Key</Th><Th>Address or number</Th><Th>What it does</Th></Tr></Thead>
          <Tbody>{rows.map(([name, value, text]) => (
            <Tr key={name}><Td dataLabel="Key">{name}</Td><Td dataLabel="Address or number">{value}</Td><Td dataLabel="What it does">{text}</Td></Tr>))}
          </Tbody>
        </Table>
        <ExpandableSection toggleText="How to change the sealing key">
          <Content component="ol">
            <Content component="li">On the server, while it runs, add the next key: <Copy text={`bin/jboss-cli.sh --connect --command="${ROTATE}:generate-secret-key(alias=walnut-${next})"`} /></Content>
            <Content component="li">With several nodes, copy the key file to the others within ten minutes. Wait until this page names number {next}; the log then says that all secrets are sealed under it.</Content>
            <Content component="li">Back the key file up, then remove the old key: <Copy text={`bin/jboss-cli.sh --connect --command="${ROTATE}:remove-alias(alias=walnut-${sealing.current})"`} /></Content>
          </Content>
        </ExpandableSection>
      </CardBody>
    </Card>
  );
}

function Address({ of }: { of: string | null }) {
  return of ? <code>{of}</code> : <>none is configured</>;
}

function Trust({ trusted }: { trusted: boolean | null }) {
  return trusted === null ? <Label isCompact>not known while the chain is silent</Label>
    : trusted ? <Label color="green" isCompact>Trusted by the escrow</Label> : <Label color="red" isCompact>Not trusted by the escrow</Label>;
}

function Copy({ text }: { text: string }) {
  return <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Command">{text}</ClipboardCopy>;
}
