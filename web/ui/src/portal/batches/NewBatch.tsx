import { Alert, Content, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Radio, Checkbox, TextInput, Wizard, WizardStep, useWizardContext, WizardFooterWrapper, Button, ActionList, ActionListItem } from '@patternfly/react-core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isPlain, MAX_MESSAGE } from '../../protocol/link';
import type { Address } from '../../protocol/viem';
import { parseAmount } from '../../shared/amounts';
import { ApiError, type NewBatch as NewBatchRequest, type Policy } from '../api';
import { useAction } from '../common/hooks';
import { Problem, Screen } from '../common/parts';
import { go } from '../common/router';
import { useSession, tokenOf, useRole } from '../session/session';
import { checkRows, readRows, totalOf, type Row, type RowErrors } from './payments';
import { PaymentsStep } from './PaymentsStep';
import { ReviewStep } from './ReviewStep';

export interface Draft {
  title: string;
  token: Address;
  policy: Policy;
  openings: boolean;
  message: string;
  release: string;
  expires: string;
  rows: Row[];
}

/** Makes a batch in three steps: whom to pay, how, and a last look. */
export function NewBatch() {
  const { escrow } = useSession();
  const [draft, setDraft] = useState<Draft>({
    title: '', token: escrow.tokens[0]?.address ?? tokenOf(escrow, '0x0000000000000000000000000000000000000000').address,
    policy: 'exact', openings: false, message: '', release: '', expires: '', rows: [],
  });
  const [refused, setRefused] = useState<Map<string, string>>(new Map());
  const token = tokenOf(escrow, draft.token);
  const errors = useMemo(() => withRefused(checkRows(draft.rows, token.decimals), refused), [draft.rows, token.decimals, refused]);
  const change = (part: Partial<Draft>) => {
    setRefused(new Map());
    setDraft((before) => ({ ...before, ...part }));
  };
  const bad = errors.filter((e) => Object.keys(e).length > 0).length;
  const settingsFine = draft.title.trim() !== '' && messageFault(draft.message) === undefined;
  const paymentsFine = draft.rows.length > 0 && bad === 0;
  // On narrow screens PatternFly names the step list's button “Wizard toggle” over the step's own name.
  useEffect(() => document.querySelector('.pf-v6-c-wizard__toggle')?.removeAttribute('aria-label'));
  if (!useRole('treasurer')) {
    return <Screen title="New batch"><Alert component="p" isInline variant="info" title="Only treasurers make batches." /></Screen>;
  }
  return (
    <Screen title="New batch" lead="Nothing is sent and no money moves before a second person has approved.">
      <Wizard className="walnut-wizard" isVisitRequired footer={<Footer draft={draft} paymentsFine={paymentsFine} onRefused={setRefused} />} navAriaLabel="Steps">
        <WizardStep id="payments" name="Payments">
          <PaymentsStep rows={draft.rows} errors={errors} token={token} onRows={(rows) => change({ rows })} onText={(text) => change({ rows: readRows(text) })} />
        </WizardStep>
        <WizardStep id="settings" name="Settings" isDisabled={!paymentsFine}><SettingsStep draft={draft} change={change} /></WizardStep>
        <WizardStep id="review" name="Review" isDisabled={!paymentsFine || !settingsFine}>
          <ReviewStep draft={draft} total={totalOf(draft.rows, token.decimals)} amounts={amountsOf(draft, token.decimals)} />
        </WizardStep>
      </Wizard>
    </Screen>
  );
}

function amountsOf(draft: Draft, decimals: number): bigint[] {
  try {
    return draft.rows.map((row) => parseAmount(row.amount, decimals));
  } catch {
    return [];
  }
}

/** Puts the server's findings, such as `payments[3].amount`, to the rows they are about. */
function withRefused(errors: RowErrors[], refused: Map<string, string>): RowErrors[] {
  return refused.size === 0 ? errors : errors.map((own, i) => ({
    ...(['amount', 'reference', 'email'] as const).reduce<RowErrors>((all, column) => {
      const message = refused.get(`payments[${i}].${column}`);
      return message ? { ...all, [column]: message } : all;
    }, {}),
    ...own,
  }));
}

/** When the links go out, or undefined for at once. */
export function releaseOf(draft: Draft): string | undefined {
  return draft.release ? `${draft.release}T00:00:00Z` : undefined;
}

/** Why a message cannot travel in a link, or undefined. */
function messageFault(message: string): string | undefined {
  if (!isPlain(message)) {
    return 'Leave out line breaks and signs that cannot be seen.';
  }
  const over = new TextEncoder().encode(message.trim()).length - MAX_MESSAGE;
  return over > 0 ? `Shorten it: it is ${over} bytes longer than the ${MAX_MESSAGE} that a link has room for.` : undefined;
}

function Footer({ draft, paymentsFine, onRefused }: { draft: Draft; paymentsFine: boolean; onRefused: (refused: Map<string, string>) => void }) {
  const { activeStep, goToNextStep, goToPrevStep, goToStepById } = useWizardContext();
  const { api, escrow } = useSession();
  const { busy, error, run, clear } = useAction();
  const key = useRef(crypto.randomUUID());
  const sent = useRef('');
  const last = activeStep.id === 'review';
  const canGoOn = activeStep.id === 'payments' ? paymentsFine : draft.title.trim() !== '' && messageFault(draft.message) === undefined;
  const submit = () => run(async () => {
    const request = requestOf(draft, tokenOf(escrow, draft.token).decimals);
    const text = JSON.stringify(request);
    if (sent.current !== text) {
      key.current = crypto.randomUUID();
      sent.current = text;
    }
    try {
      const batch = await api.createBatch(request, key.current);
      await api.actOnBatch(batch.id, 'submit');
      go(`/batches/${batch.id}`);
    } catch (e) {
      if (e instanceof ApiError && e.fields.some((f) => f.field.startsWith('payments['))) {
        onRefused(new Map(e.fields.map((f) => [f.field, f.message])));
        goToStepById('payments');
      }
      throw e;
    }
  });
  return (
    <WizardFooterWrapper>
      <Problem error={error} />
      <ActionList>
        <ActionListItem>
          {last ? <Button onClick={submit} isDisabled={busy} isLoading={busy}>Submit for approval</Button>
            : <Button onClick={() => { clear(); void goToNextStep(); }} isDisabled={!canGoOn}>Next</Button>}
        </ActionListItem>
        <ActionListItem><Button variant="secondary" onClick={() => void goToPrevStep()} isDisabled={activeStep.id === 'payments'}>Back</Button></ActionListItem>
        <ActionListItem><Button variant="link" onClick={() => go('/batches')}>Leave</Button></ActionListItem>
      </ActionList>
    </WizardFooterWrapper>
  );
}

function requestOf(draft: Draft, decimals: number): NewBatchRequest {
  return {
    title: draft.title.trim(),
    token: draft.token,
    policy: draft.policy,
    openings: draft.openings,
    ...(draft.message.trim() && { message: draft.message.trim() }),
    ...(draft.release && { release_at: releaseOf(draft) }),
    ...(draft.expires && { expires_at: new Date(`${draft.expires}T23:59:59Z`).toISOString() }),
    payments: draft.rows.map((row) => ({
      amount: parseAmount(row.amount, decimals).toString(),
      ...(row.reference && { reference: row.reference }),
      ...(row.email && { email: row.email }),
    })),
  };
}

function SettingsStep({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { escrow } = useSession();
  const wrong = messageFault(draft.message);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return (
    <Form onSubmit={(e) => e.preventDefault()} isWidthLimited>
      <FormGroup label="Title" isRequired fieldId="title">
        <TextInput id="title" isRequired value={draft.title} maxLength={200} onChange={(_, title) => change({ title })} placeholder="November payroll" />
        <FormHelperText><HelperText><HelperTextItem>Only your colleagues see it.</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
      <FormGroup label="Asset" fieldId="token">
        <FormSelect id="token" value={draft.token} onChange={(_, token) => change({ token: token as Address })}>
          {escrow.tokens.map((token) => <FormSelectOption key={token.address} value={token.address} label={token.symbol} />)}
        </FormSelect>
      </FormGroup>
      <FormGroup label="Privacy" role="radiogroup" fieldId="policy">
        <Radio id="exact" name="policy" label="Exact amounts" isChecked={draft.policy === 'exact'} onChange={() => change({ policy: 'exact' })}
          description="One note a payment. Cheapest; an unusual amount can give a payment away." />
        <Radio id="standard" name="policy" label="Standard notes" isChecked={draft.policy === 'standard'} onChange={() => change({ policy: 'standard' })}
          description="Payments are split into 1-2-5 amounts, so that notes look alike. Each note costs its own claim." />
      </FormGroup>
      <FormGroup label="Message" fieldId="message">
        <TextInput id="message" value={draft.message} onChange={(_, message) => change({ message })} placeholder="Thank you for November"
          validated={wrong ? 'error' : 'default'} aria-describedby="message-help" />
        <FormHelperText><HelperText id="message-help"><HelperTextItem variant={wrong ? 'error' : 'default'}>{wrong
          ?? 'Every recipient of this batch reads it on the claim page. It travels in the links, so the chain and outsiders never see it.'}</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
      <FormGroup label="Links go out" fieldId="release">
        <TextInput id="release" type="date" min={tomorrow} value={draft.release} onChange={(_, release) => change({ release })} />
        <FormHelperText><HelperText><HelperTextItem>From this day on (UTC). The longer the deposit is there before, the less its time gives away. Empty: as soon as they are ready.</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
      <FormGroup label="Expiry" fieldId="expires">
        <TextInput id="expires" type="date" min={tomorrow} value={draft.expires} onChange={(_, expires) => change({ expires })} />
        <FormHelperText><HelperText><HelperTextItem>Unclaimed money goes back to the treasury in the days after this one (UTC), at random times. Empty: links do not expire.</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
      <FormGroup label="Recovery" fieldId="openings">
        <Checkbox id="openings" label="Recipients can be paid even without the enclave" isChecked={draft.openings} onChange={(_, openings) => change({ openings })}
          description="Their links then tell them which deposit paid. Without it, only the treasury can exit alone." />
      </FormGroup>
      {draft.title.trim() === '' && <Content component="small">Give the batch a title to go on.</Content>}
    </Form>
  );
}
