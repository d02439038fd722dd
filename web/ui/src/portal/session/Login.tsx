import { Button, Card, CardBody, CardTitle, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { Api, ApiError } from '../api';
import { Logo } from '../common/Logo';
import { Problem } from '../common/parts';
import { useAction } from '../common/hooks';
import type { Session } from './session';

/** Asks for name and password, and signs in with them. They are held in memory only: a reload asks again. */
export function Login({ onSession }: { onSession: (session: Omit<Session, 'signOut'>) => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, run } = useAction();
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (!name || !password) {
        throw new Error('Enter your name and your password.');
      }
      const api = Api.forPassword(name, password);
      try {
        const me = await api.me();
        onSession({ api, me, escrow: await api.escrow() });
      } catch (e) {
        throw e instanceof ApiError && e.status === 401 ? new Error('Name or password is wrong. Check capitals and try again.') : e;
      }
    });
  };
  return (
    <main className="walnut-login">
      <Card>
        <CardTitle component="h1"><Logo size={40} /><span>Walnut treasury</span></CardTitle>
        <CardBody>
          <p className="walnut-lead">Private payment links for your company’s treasury.</p>
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
        </CardBody>
      </Card>
    </main>
  );
}
