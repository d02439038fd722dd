import { Alert, Button, Card, CardBody, CardTitle, ClipboardCopy, Content, FormGroup, TextInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState, type FormEvent } from 'react';
import type { WebhookEndpoint } from '../api';
import { useAction, useLoad } from '../common/hooks';
import { Await, Problem, When } from '../common/parts';
import { useSession } from '../session/session';

/** Which systems are told of every event. */
export function Webhooks() {
  const { api } = useSession();
  const endpoints = useLoad(api.webhooks, []);
  const [url, setUrl] = useState('');
  const [added, setAdded] = useState<WebhookEndpoint>();
  const { busy, error, run } = useAction();
  const add = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (!URL.canParse(url.trim())) {
        throw new Error('Enter the address of your system, such as https://erp.example.org/walnut.');
      }
      setAdded(await api.addWebhook(url.trim()));
      setUrl('');
      endpoints.reload();
    });
  };
  const remove = (id: string) => run(async () => {
    await api.removeWebhook(id);
    setAdded(undefined);
    endpoints.reload();
  });
  return (
    <Card>
      <CardTitle component="h2">Webhooks</CardTitle>
      <CardBody>
        <Content component="p" className="walnut-lead">Every event is posted to these addresses, signed by the Standard Webhooks specification.</Content>
        {added?.secret && (
          <Alert component="p" variant="success" isInline className="walnut-problem" title="Added. Copy its secret now: it is shown only this once">
            <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied" textAriaLabel="Webhook secret">{added.secret}</ClipboardCopy>
          </Alert>)}
        <Problem error={error} />
        <form className="walnut-lock" onSubmit={add} noValidate>
          <FormGroup label="Address" fieldId="webhook-url">
            <TextInput id="webhook-url" type="url" value={url} placeholder="https://…" onChange={(_, v) => setUrl(v)} />
          </FormGroup>
          <Button type="submit" variant="secondary" isDisabled={busy} isLoading={busy}>Add</Button>
        </form>
        <Await of={endpoints}>{({ data }) => data.length > 0 ? <Endpoints endpoints={data} remove={remove} /> : <></>}</Await>
      </CardBody>
    </Card>
  );
}

function Endpoints({ endpoints, remove }: { endpoints: WebhookEndpoint[]; remove: (id: string) => void }) {
  return (
    <Table aria-label="Webhooks" variant="compact">
      <Thead><Tr><Th>Address</Th><Th>Added by</Th><Th>Added</Th><Th screenReaderText="Remove" /></Tr></Thead>
      <Tbody>
        {endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td dataLabel="Address"><code>{endpoint.url}</code></Td>
            <Td dataLabel="Added by">{endpoint.created_by}</Td>
            <Td dataLabel="Added"><When time={endpoint.created_at} /></Td>
            <Td dataLabel="Remove"><Button variant="link" isInline isDanger onClick={() => remove(endpoint.id)} aria-label={`Remove ${endpoint.url}`}>Remove</Button></Td>
          </Tr>))}
      </Tbody>
    </Table>
  );
}
