import { Alert, Button, Card, CardBody, CardTitle, ClipboardCopy, Content, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
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
  const [note, setNote] = useState('');
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
  const replay = (endpoint: WebhookEndpoint) => run(async () => {
    const { deliveries } = await api.replayWebhook(endpoint.id, 0);
    setNote(`${deliveries} ${deliveries === 1 ? 'event is' : 'events are'} being sent to ${endpoint.url} once more.`);
  });
  const remove = (id: string) => run(async () => {
    await api.removeWebhook(id);
    setAdded(undefined);
    setNote('');
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
        <span role="status">{note && <Alert component="p" variant="info" isInline isPlain title={note} />}</span>
        <Problem error={error} />
        <form className="walnut-lock" onSubmit={add} noValidate>
          <FormGroup label="Address" fieldId="webhook-url">
            <TextInput id="webhook-url" type="url" value={url} placeholder="https://…" onChange={(_, v) => setUrl(v)} />
          </FormGroup>
          <Button type="submit" variant="secondary" isDisabled={busy} isLoading={busy}>Add</Button>
        </form>
        <Await of={endpoints}>{({ data }) => data.length > 0 ? <Endpoints endpoints={data} remove={remove} replay={replay} /> : <Content component="p">Nobody is told yet.</Content>}</Await>
      </CardBody>
    </Card>
  );
}

function Endpoints({ endpoints, remove, replay }: { endpoints: WebhookEndpoint[]; remove: (id: string) => void; replay: (endpoint: WebhookEndpoint) => void }) {
  const [leaving, setLeaving] = useState<WebhookEndpoint>();
  return (
    <>
    <Table aria-label="Webhooks" variant="compact">
      <Thead><Tr><Th>Address</Th><Th>Added by</Th><Th>Added</Th><Th screenReaderText="Actions" /></Tr></Thead>
      <Tbody>
        {endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td dataLabel="Address"><code>{endpoint.url}</code></Td>
            <Td dataLabel="Added by">{endpoint.created_by}</Td>
            <Td dataLabel="Added"><When time={endpoint.created_at} /></Td>
            <Td dataLabel="Actions">
              <Button variant="link" isInline onClick={() => replay(endpoint)} aria-label={`Send all again to ${endpoint.url}`}>Send all again</Button>{' '}
              <Button variant="link" isInline isDanger onClick={() => setLeaving(endpoint)} aria-label={`Remove ${endpoint.url}`}>Remove</Button>
            </Td>
          </Tr>))}
      </Tbody>
    </Table>
    {leaving && (
      <Modal isOpen onClose={() => setLeaving(undefined)} variant="small" aria-labelledby="leave-title" aria-describedby="leave-body">
        <ModalHeader title="Remove this webhook?" labelId="leave-title" titleIconVariant="warning" />
        <ModalBody id="leave-body">{leaving.url} is told nothing any more, and its secret is forgotten.</ModalBody>
        <ModalFooter>
          <Button variant="danger" onClick={() => { remove(leaving.id); setLeaving(undefined); }}>Remove it</Button>
          <Button variant="link" onClick={() => setLeaving(undefined)}>Keep</Button>
        </ModalFooter>
      </Modal>)}
    </>
  );
}
