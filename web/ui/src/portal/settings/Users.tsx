import { Card, CardBody, CardTitle, ClipboardCopy, ClipboardCopyVariant, Content, ExpandableSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Login, Settings } from '../api';
import { When } from '../common/parts';

const REALM = '/subsystem=elytron/filesystem-realm=WalnutRealm';
const ADD = [
  `${REALM}:add-identity(identity=NAME)`,
  `${REALM}:set-password(identity=NAME, digest={algorithm=digest-sha-512, realm=Walnut, password=PASSWORD})`,
  `${REALM}:add-identity-attribute(identity=NAME, name=groups, value=[treasurer])`,
].join('\n');

/** Who has been here with which roles, and how people are added. */
export function Users({ users, login }: { users: Settings['users']; login?: Login }) {
  return (
    <Card>
      <CardTitle component="h2">People</CardTitle>
      <CardBody>
        <Content component="p" className="walnut-lead">Who has called the portal, with the roles of the last time. Who may is decided where people log in.</Content>
        <Table aria-label="People" variant="compact">
          <Thead><Tr><Th>Name</Th><Th>Roles</Th><Th>Last seen</Th><Th>First seen</Th></Tr></Thead>
          <Tbody>{users.map((user) => (
            <Tr key={user.name}>
              <Td dataLabel="Name">{user.name}</Td><Td dataLabel="Roles">{user.roles.join(', ') || 'none'}</Td>
              <Td dataLabel="Last seen"><When time={user.last_seen} /></Td><Td dataLabel="First seen"><When time={user.first_seen} /></Td>
            </Tr>))}
          </Tbody>
        </Table>
        <ExpandableSection toggleText="How to add or remove people">
          {login?.type === 'oidc'
            ? <Content component="p">People log in at {login.issuer}. Give them the role treasurer, approver or auditor there, or take it away.</Content>
            : <>
              <Content component="p">On the server, with <code>bin/jboss-cli.sh --connect</code>; roles are treasurer, approver and auditor. <code>remove-identity</code> takes somebody out.</Content>
              <ClipboardCopy isReadOnly isCode isExpanded hoverTip="Copy" clickTip="Copied" textAriaLabel="Commands" variant={ClipboardCopyVariant.expansion}>{ADD}</ClipboardCopy>
            </>}
        </ExpandableSection>
      </CardBody>
    </Card>
  );
}
