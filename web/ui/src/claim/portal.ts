import type { Address, Hex } from '../protocol/viem';

/** An answer of the portal that says no; `code` is stable. */
export class PortalError extends Error {
  override name = 'PortalError';

  constructor(readonly status: number, readonly code: string, detail: string) {
    super(detail);
  }
}

/** What a claim has to name so that it is relayed, and how long it can be held. */
export interface ClaimQuote {
  relayer: Address;
  /** Of one note, in the token's smallest unit. */
  fee: string;
  /** The longest that the relayer holds a claim; absent where it holds none. */
  max_patience_seconds?: number;
  /** With which a claim hides well. */
  advised_patience_seconds?: number;
}

export interface EscrowInfo {
  chain_id: number;
  address: Address;
  claim_quote: ClaimQuote;
  tokens: { address: Address; symbol: string; decimals: number }[];
}

/** What `POST /claims` takes: all of it becomes public on chain. */
export interface ClaimRequest {
  token: Address;
  amount: string;
  link_key: Address;
  voucher_signature: Hex;
  recipient: Address;
  relayer: Address;
  fee: string;
  deadline: number;
  link_signature: Hex;
  /** The relayer pays at a random moment within this time; absent for at once. */
  patience_seconds?: number;
}

export interface ClaimState {
  /** Null for a note that was paid without a claim here. */
  id: string | null;
  state: 'scheduled' | 'queued' | 'sent' | 'mined' | 'settled' | 'failed';
  recipient: Address;
  /** By when a scheduled claim is paid. */
  pay_by?: string | null;
  tx_hash: Hex | null;
  /** A stable code. */
  failure: string | null;
}

const BASE = '/api/v1';
const TIMEOUT_MS = 20_000;

export const getEscrow = () => call<EscrowInfo>('GET', '/escrow');
export const getHealth = () => call<{ treasury: { address: Address | null } }>('GET', '/health');
export const getClaim = (id: string) => call<ClaimState>('GET', `/claims/${encodeURIComponent(id)}`);

/** Safe to repeat: the key is the claim's own signature, and how long it may wait. */
export const postClaim = (claim: ClaimRequest) =>
  call<ClaimState>('POST', '/claims', claim, { 'Idempotency-Key': `claim-${claim.link_signature.slice(2, 66)}-${claim.patience_seconds ?? 0}` });

/** JSON-RPC through the portal, which lets only reads pass. */
export async function rpc(method: string, params: unknown[]): Promise<unknown> {
  const answer = await call<{ result?: unknown; error?: { message: string } }>('POST', '/rpc',
    { jsonrpc: '2.0', id: 1, method, params });
  if (answer.error) {
    throw new Error(answer.error.message);
  }
  return answer.result;
}

async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: body ? { 'Content-Type': 'application/json', ...headers } : headers,
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new PortalError(0, 'unreachable', 'The payment service does not answer.');
  }
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new PortalError(response.status, json.code ?? `http_${response.status}`, json.detail ?? 'The payment service refused.');
  }
  return json as T;
}
