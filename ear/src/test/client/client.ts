// Uses the API through the types that were generated from its own description; whatever does not fit them does not
// compile. Arguments: the portal's address. The last line it prints is what GeneratedClientIT reads.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

type Problem = components['schemas']['Problem'];

const portal = process.argv[2]!;
const as = (user: string) => createClient<paths>({ baseUrl: portal,
  headers: { Authorization: `Basic ${Buffer.from(`${user}:${user}-walnut`).toString('base64')}` } });
const tina = as('tina');
const adam = as('adam');

function got<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

function refused(answer: { error?: Problem; response: Response }): string {
  if (!answer.error) {
    throw new Error(`${answer.response.status} is no refusal`);
  }
  return `${answer.error.status} ${answer.error.code} ${answer.error.errors.map((fault) => fault.field).join()}`;
}

const body = { title: 'by a generated client', payments: [{ amount: '11', reference: 'G-1' }, { amount: '22', reference: 'G-2' }] };
const key = { header: { 'Idempotency-Key': `generated-${Date.now()}` } };
const batch = got(await tina.POST('/api/v1/batches', { body, params: key }));
const again = got(await tina.POST('/api/v1/batches', { body, params: key }));

const path = { path: { id: batch.id } };
const drafted = got(await tina.GET('/api/v1/batches/{id}/payments', { params: path })).data
  .map((payment) => `${payment.reference}=${payment.amount}`);
const submitted = got(await tina.POST('/api/v1/batches/{id}/submit', { params: path }));
const links: string[] = [];
let after: string | undefined;
for (let more = true; more;) {
  const page = got(await tina.GET('/api/v1/links', { params: { query: { batch: batch.id, limit: 1, starting_after: after } } }));
  links.push(...page.data.map((link) => `${link.reference}=${link.amount}`));
  after = page.data.at(-1)?.id;
  more = page.has_more;
}

const same = refused(await tina.POST('/api/v1/batches/{id}/approve', { params: path }));
const approved = got(await adam.POST('/api/v1/batches/{id}/approve', { params: path }));
const bad = refused(await tina.POST('/api/v1/batches', { body: { title: 'bad', payments: [{ amount: '-1' }, { amount: 'x' }] } }));
const none = refused(await tina.GET('/api/v1/batches/{id}', { params: { path: { id: 'bat_none' } } }));

console.log(JSON.stringify({ once: batch.id === again.id, total: batch.total, drafted, links, submitted: submitted.state,
  approved: approved.state, same, bad, none }));
