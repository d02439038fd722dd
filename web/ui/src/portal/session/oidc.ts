import * as oauth from 'oauth4webapi';
import { ApiError, type Login } from '../api';

/** How the server says that people log in, when it is by an OpenID provider. */
export type OidcLogin = Extract<Login, { type: 'oidc' }>;

interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  /** Where in the portal to go on. */
  place: string;
}

/* What must survive the way to the provider and back; of no use to anyone once the code is redeemed. Tokens are kept in memory only. */
const BEGUN = 'walnut.login';
const RENEW_BEFORE_MS = 30_000;

const client = (login: OidcLogin): oauth.Client => ({ client_id: login.client_id });
const redirectUri = () => `${location.origin}/`;
/** Plain http is for a provider on the same machine; which provider is trusted, the server has said. */
const options = (login: OidcLogin) => ({ [oauth.allowInsecureRequests]: new URL(login.issuer).protocol === 'http:' });

async function provider(login: OidcLogin): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(login.issuer);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options(login)));
}

/** Leaves the page for the provider's login (authorization code with PKCE). */
export async function beginLogin(login: OidcLogin): Promise<void> {
  const as = await provider(login);
  const begun: Begun = {
    verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), place: location.hash,
  };
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const url = new URL(as.authorization_endpoint!);
  for (const [name, value] of Object.entries({
    client_id: login.client_id, redirect_uri: redirectUri(), response_type: 'code', scope: login.scope, state: begun.state, nonce: begun.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier), code_challenge_method: 'S256',
  })) {
    url.searchParams.set(name, value);
  }
  location.assign(url);
}

/** Whether the provider has just sent the person back here. */
export function isReturning(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/** Redeems the code that the provider sent back, and takes it out of the address bar. */
export async function finishLogin(login: OidcLogin): Promise<Tokens> {
  const answer = new URL(location.href);
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null') as Begun | null;
  sessionStorage.removeItem(BEGUN);
  history.replaceState(null, '', `/${begun?.place ?? ''}`);
  if (!begun) {
    throw new Error('This sign-in was begun in another window. Sign in again.');
  }
  const as = await provider(login);
  try {
    const code = oauth.validateAuthResponse(as, client(login), answer, begun.state);
    const response = await oauth.authorizationCodeGrantRequest(as, client(login), oauth.None(), code, redirectUri(), begun.verifier, options(login));
    return new Tokens(login, as, await oauth.processAuthorizationCodeResponse(as, client(login), response, { expectedNonce: begun.nonce, requireIdToken: true }));
  } catch (e) {
    if (e instanceof oauth.AuthorizationResponseError) {
      throw new Error(`The provider did not sign you in: ${e.error_description ?? e.error}.`);
    }
    throw e;
  }
}

/** What the provider gave; renewed shortly before it ends, where the provider allows that. */
export class Tokens {
  private ends: number;
  private renewing?: Promise<void>;

  constructor(
    private readonly login: OidcLogin,
    private readonly as: oauth.AuthorizationServer,
    private tokens: oauth.TokenEndpointResponse,
  ) {
    this.ends = endOf(tokens);
  }

  /** The Authorization header. Throws {@link ApiError} `login_needed` when the login has ended. */
  async header(): Promise<string> {
    if (Date.now() > this.ends - RENEW_BEFORE_MS && this.tokens.refresh_token) {
      await (this.renewing ??= this.renew().finally(() => (this.renewing = undefined)));
    }
    if (Date.now() > this.ends) {
      throw new ApiError(401, 'login_needed', 'Your sign-in has ended.');
    }
    return `Bearer ${this.tokens.access_token}`;
  }

  private async renew(): Promise<void> {
    try {
      const response = await oauth.refreshTokenGrantRequest(this.as, client(this.login), oauth.None(), this.tokens.refresh_token!, options(this.login));
      const renewed = await oauth.processRefreshTokenResponse(this.as, client(this.login), response);
      this.tokens = { ...this.tokens, ...renewed };
      this.ends = endOf(renewed);
    } catch (e) {
      if (e instanceof oauth.ResponseBodyError) {
        this.ends = 0;
      }
    }
  }

  /** Ends the login at the provider too, where it can be ended. */
  signOut(): void {
    if (this.as.end_session_endpoint) {
      const url = new URL(this.as.end_session_endpoint);
      url.searchParams.set('client_id', this.login.client_id);
      url.searchParams.set('post_logout_redirect_uri', redirectUri());
      location.assign(url);
    }
  }
}

function endOf(tokens: oauth.TokenEndpointResponse): number {
  return tokens.expires_in === undefined ? Infinity : Date.now() + tokens.expires_in * 1000;
}
