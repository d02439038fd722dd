import { Button, Card, CardBody, CardTitle, Form, FormGroup, Spinner, TextInput } from '@patternfly/react-core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Api, ApiError, getLogin } from '../api';
import { Logo } from '../common/Logo';
import { Problem } from '../common/parts';
import { useAction, useLoad } from '../common/hooks';
import { beginLogin, finishLogin, isReturning, type OidcLogin } from './oidc';
import type { SignedIn } from './session';

interface Props {
  onSession: (session: SignedIn) => void;
}

/** Signs people in, in the way that the server says. What lets them in is held in memory only: a reload asks again. */
export function Login({ onSession }: Props) {
  const login = useLoad(getLogin, []);
  return (
    <main className="walnut-login">
      <Card>
        <CardTitle component="h1"><Logo size={40} /><span>Walnut treasury</span></CardTitle>
        <CardBody>
          <p className="walnut-lead">Private payment links for your company’s treasury.</p>
          {login.value ? login.value.type === 'oidc' ? <ByProvider login={login.value} onSession={onSession} /> : <ByPassword onSession={onSession} />
            : login.error ? <Retry error={login.error} again={login.reload} /> : <Spinner aria-label="Loading" />}
        </CardBody>
      </Card>
    </main>
  );
}

function Retry({ error, again }: { error: Error; again: () => void }): ReactNode {
  return <><Problem error={error} /><Button onClick={again} isBlock>Try again</Button></>;
}

async function enter(api: Api, signOut?: () => void): Promise<SignedIn> {
  return { api, me: await api.me(), escrow: await api.escrow(), ...(signOut && { atSignOut: signOut }) };
}

// A code can be redeemed once, and effects may run twice.
let finishing: Promise<SignedIn> | undefined;

async function finish(login: OidcLogin): Promise<SignedIn> {
  const tokens = await finishLogin(login);
  return enter(new Api(() => tokens.header()), () => tokens.signOut());
}

function ByProvider({ login, onSession }: Props & { login: OidcLogin }) {
  const { busy, error, run } = useAction();
  useEffect(() => {
    if (finishing || isReturning()) {
      run(async () => onSession(await (finishing ??= finish(login).finally(() => (finishing = undefined)))));
    }
  }, []);
  return (
    <div className="walnut-provider">
      <Problem error={error instanceof ApiError && error.code === 'role_needed'
        ? new Error('You are signed in, but have no role here. Ask whoever runs the provider for treasurer, approver or auditor.') : error} />
      <Button onClick={() => run(() => beginLogin(login))} isBlock isLoading={busy} isDisabled={busy}>Sign in at {new URL(login.issuer).host}</Button>
    </div>
  );
}

function ByPassword({ onSession }: Props) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, run } = useAction();
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (!name || !password) {
        throw new Error('Enter your name and your password.');
      }
      try {
        onSession(await enter(Api.forPassword(name, password)));
      } catch (e) {
        throw e instanceof ApiError && e.status === 401 ? new Error('Name or password is wrong. Check capitals and try again.') : e;
      }
    });
  };
  return (
    <Form onSubmit={signIn} noValidate>
      <Problem error={error} />
      <FormGroup label="Name" fieldId="name">
        <TextInput id="name" autoComplete="username" autoFocus value={name} onChange={(_, v) => setName(v)} />
      </FormGroup>
      <FormGroup label="Password" fieldId="password">
        <TextInput id="password" type="password" autoComplete="current-password" value={password} onChange={(_, v) => setPassword(v)} />
      </FormGroup>
      <Button type="submit" isBlock isLoading={busy} isDisabled={busy}>Sign in</Button>
    </Form>
  );
}
