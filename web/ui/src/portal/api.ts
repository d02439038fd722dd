import type { Address, Hex } from '../protocol/viem';

/** A refusal of the API (RFC 9457); `code` is stable. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: { field: string; message: string }[] = [],
    readonly requestId?: string,
  ) {
    super(detail);
  }
}

export type Role = 'treasurer' | 'approver' | 'auditor';

export interface Me {
  name: string;
  roles: Role[];
}

export type BatchState =
  'draft' | 'submitted' | 'awaiting_deposit' | 'deposited' | 'finalized' | 'computing' | 'ready' | 'failed' | 'cancelled';

export interface Failure {
  code: string;
  message: string;
}

export interface Deposit {
  id: string;
  state: 'awaiting' | 'seen' | 'final' | 'computing' | 'signed' | 'failed';
  amount: string;
  notes_root: Hex;
  deposit_hash: Hex;
  note_count: number;
  transaction: { to: Address; value: string; data: Hex; chain_id: number };
  funding: { state: string; hash: Hex | null; failure: string | null } | null;
  tx_hash: Hex | null;
  block_number: number | null;
  task: { state: string; attempt: number; deal_id: Hex | null; task_id: Hex | null; failure: string | null } | null;
}

export interface Batch {
  id: string;
  state: BatchState;
  title: string;
  token: Address;
  total: string;
  payment_count: number;
  policy: Policy;
  openings: boolean;
  message: string | null;
  release_at: string | null;
  expires_at: string | null;
  created_by: string;
  created_at: string;
  submitted_by: string | null;
  submitted_at: string | null;
  approved_by: string | null;
  approved_at: string | null;
  failure: Failure | null;
  metadata: Record<string, string>;
  deposits?: Deposit[];
}

export type Policy = 'exact' | 'standard';

export interface NewBatch {
  title: string;
  token: Address;
  policy: Policy;
  openings: boolean;
  message?: string;
  release_at?: string;
  expires_at?: string;
  metadata?: Record<string, string>;
  payments: { amount: string; reference?: string; email?: string }[];
}

export interface Payment {
  index: number;
  amount: string;
  reference: string | null;
  email: string | null;
  link_id: string | null;
}

export type LinkState = 'issued' | 'ready' | 'claim_pending' | 'claimed' | 'reclaim_pending' | 'cancelled' | 'expired';

export interface TimelineEntry {
  id: number;
  type: string;
  occurred_at: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface PaymentLink {
  id: string;
  batch_id: string;
  index: number;
  state: LinkState;
  token: Address;
  amount: string;
  reference: string | null;
  email: string | null;
  release_at: string | null;
  expires_at: string | null;
  created_at: string;
  recipient: Address | null;
  tx_hash: Hex | null;
  redeemed_at: string | null;
  notes?: { link_key: Address; amount: string; redeemed_tx: Hex | null }[];
  timeline?: TimelineEntry[];
}

export interface LinkMail {
  id: string;
  email: string;
  state: string;
}

export interface Token {
  address: Address;
  symbol: string;
  decimals: number;
}

export interface Escrow {
  chain_id: number;
  address: Address;
  finality: string;
  claim_quote: { relayer: Address; fee: string };
  tokens: Token[];
}

export interface Wallet {
  /** Null when there is no such wallet. */
  address: Address | null;
  /** Null while the chain does not answer. */
  balance: string | null;
  status: 'ok' | 'low' | 'unknown' | null;
}

export interface Health {
  status: string;
  database: string;
  chain: { status: string; head: number | null; finalized: number | null };
  relayer: Wallet;
  treasury: Wallet;
  /** Needed to make links, not to claim them. Null without a requester. */
  iexec: { status: string; gas: Wallet['status']; rlc: Wallet['status'] };
}

export interface AuditEvent extends TimelineEntry {
  subject: string;
  hash: Hex;
}

export interface WebhookEndpoint {
  id: string;
  url: string;
  created_by: string;
  created_at: string;
  /** Only in the answer that makes it. */
  secret: string | null;
}

export interface List<T> {
  data: T[];
  has_more: boolean;
}

export type Login = { type: 'basic' } | { type: 'oidc'; issuer: string; client_id: string; scope: string };

/** What an outsider can do: of equally likely deposits and companies how many, and the share of claims whose deposit it names. */
export interface Hiding {
  effective_set: number;
  effective_companies: number;
  linked_share: number;
}

export interface TokenPrivacy {
  token: Address;
  symbol: string;
  candidate_deposits: number;
  candidate_companies: number;
  denominations: { amount: string; outstanding_at_most: string }[];
  now: Hiding;
  after: (Hiding & { hours: number })[];
  advice: string;
}

export interface PrivacyPreview {
  notes: number;
  deposits: number;
  unusual_notes: number;
  unique_notes: number;
  at_once: Hiding;
  delayed: Hiding;
  ahead: (Hiding & { days: number })[];
  fund_ahead_days: number;
  advice: string;
}

/** What the attack simulator has measured of one asset. */
export interface Measured {
  asset: string;
  companies: number;
  days: number;
  scenarios: { scenario: string; policy: Policy; delay_hours: number; lead_days: number; linked: number }[];
  published: { system: string; low: number; high: number; source: string }[];
}

export interface Settings {
  claim_page: string;
  /** May be empty. */
  payer: string;
  /** Whether links can be mailed. */
  mail: boolean;
  keys: {
    treasury: Address | null;
    relayer: Address | null;
    requester: Address | null;
    signer: { address: Address; trusted: boolean | null } | null;
    sealing: { current: number; opening: number[] };
  };
  users: { name: string; roles: Role[]; first_seen: string; last_seen: string }[];
}

const BASE = '/api/v1';
const TIMEOUT_MS = 30_000;
const PAGE = 100;

type Query = Record<string, string | number | undefined>;

/** The portal's API, called as one user. */
export class Api {
  /** @param login gives the Authorization header; asked anew for each call, because tokens end */
  constructor(private readonly login: () => Promise<string>) {}

  /** For the embedded default's users; the password stays in this page's memory. */
  static forPassword(name: string, password: string): Api {
    const bytes = new TextEncoder().encode(`${name}:${password}`);
    const header = `Basic ${btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))}`;
    return new Api(() => Promise.resolve(header));
  }

  privacy = () => this.get<{ as_of_block: number; data: TokenPrivacy[] }>('/privacy');
  privacyReport = () => this.get<{ data: Measured[] }>('/privacy/report');
  privacyPreview = (batch: { token: Address; policy: Policy; amounts: string[]; release_at?: string }) =>
    this.call<PrivacyPreview>('POST', '/privacy/preview', batch);
  settings = () => this.get<Settings>('/settings');
  me = () => this.get<Me>('/me');
  escrow = () => this.get<Escrow>('/escrow');
  health = () => this.get<Health>('/health');

  batches = (query: Query = {}) => this.get<List<Batch>>('/batches', { limit: PAGE, ...query });
  batch = (id: string) => this.get<Batch>(`/batches/${encodeURIComponent(id)}`);
  payments = (id: string, query: Query = {}) => this.get<List<Payment>>(`/batches/${encodeURIComponent(id)}/payments`, query);
  createBatch = (batch: NewBatch, key: string) => this.post<Batch>('/batches', batch, key);
  actOnBatch = (id: string, action: 'submit' | 'approve' | 'fund' | 'cancel' | 'retry') =>
    this.post<Batch>(`/batches/${encodeURIComponent(id)}/${action}`);

  links = (query: Query = {}) => this.get<List<PaymentLink>>('/links', { limit: PAGE, ...query });
  link = (id: string) => this.get<PaymentLink>(`/links/${encodeURIComponent(id)}`);
  revealLink = (id: string) => this.post<{ url: string }>(`/links/${encodeURIComponent(id)}/reveal`);
  /** What proves the payment to an auditor (docs/protocol.md §9). */
  receipt = (id: string) => this.get<Record<string, unknown>>(`/links/${encodeURIComponent(id)}/receipt`);
  /** Mails a link to its stored address, or to another one this once. */
  sendLink = (id: string, email?: string) => this.post<LinkMail>(`/links/${encodeURIComponent(id)}/send`, email ? { email } : {});
  cancelLink = (id: string) => this.post<PaymentLink>(`/links/${encodeURIComponent(id)}/cancel`);

  events = (query: Query = {}) => this.get<List<AuditEvent>>('/events', { limit: PAGE, ...query });

  verifyEvents = () => this.get<{ intact: boolean; first_broken: number | null }>('/events/verify');

  /** Events as they happen, from after `last`; the body is a stream of server-sent events. */
  async stream(last: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(`${BASE}/events/stream`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal,
      headers: { Authorization: await this.login(), Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) },
    });
    if (!response.ok || !response.body) {
      throw new ApiError(response.status, 'stream_refused', 'The portal does not tell events as they happen.');
    }
    return response.body;
  }

  webhooks = () => this.get<{ data: WebhookEndpoint[] }>('/webhook-endpoints');
  addWebhook = (url: string) => this.post<WebhookEndpoint>('/webhook-endpoints', { url });
  replayWebhook = (id: string, after: number) =>
    this.post<{ deliveries: number }>(`/webhook-endpoints/${encodeURIComponent(id)}/replay?after=${after}`);
  removeWebhook = (id: string) => this.call<void>('DELETE', `/webhook-endpoints/${encodeURIComponent(id)}`);

  /** Up to `most` objects of a list, following its pages. */
  async all<T extends { id: string | number }>(page: (query: Query) => Promise<List<T>>, query: Query = {}, most = 1000): Promise<T[]> {
    const found: T[] = [];
    for (let more = true; more && found.length < most;) {
      const next = await page({ ...query, starting_after: found.at(-1)?.id });
      found.push(...next.data);
      more = next.has_more && next.data.length > 0;
    }
    return found;
  }

  private get<T>(path: string, query: Query = {}): Promise<T> {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') {
        params.set(name, String(value));
      }
    }
    return this.call('GET', params.size > 0 ? `${path}?${params}` : path);
  }

  private post<T>(path: string, body?: unknown, key: string = crypto.randomUUID()): Promise<T> {
    return this.call('POST', path, body ?? {}, key);
  }

  private async call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    return send(method, path, body, { Authorization: await this.login(), ...(key !== undefined && { 'Idempotency-Key': key }) });
  }
}

/** How people log in here; asked by whoever is not logged in. */
export const getLogin = () => send<Login>('GET', '/login');

async function send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      // Without it a refused login would open the browser's own prompt.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, 'unreachable', 'The portal does not answer. Check the connection and try again.');
  }
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(response.status, json.code ?? `http_${response.status}`,
      json.detail ?? `The portal refused with status ${response.status}.`, json.errors, json.request_id);
  }
  return json as T;
}
