import {
  Alert, Bullseye, Card, CardBody, CardTitle, Content, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm,
  ExpandableSection, Flex, FlexItem, Label, PageSection, Spinner, Title, Tooltip,
} from '@patternfly/react-core';
import { useEffect, type ReactNode } from 'react';
import { ApiError, type BatchState, type LinkState } from '../api';
import type { Loaded } from './hooks';
import { explorerLink } from '../../shared/networks';
import { shortAddress } from '../../shared/addresses';

/** A page's heading with its actions, and its body below. */
export function Screen({ title, lead, actions, children }: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Walnut`;
  }, [title]);
  return (
    <>
      <PageSection hasBodyWrapper={false} className="walnut-heading">
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
          <FlexItem>
            <Title headingLevel="h1" size="2xl">{title}</Title>
            {lead !== undefined && <Content component="p" className="walnut-lead">{lead}</Content>}
          </FlexItem>
          {actions && <FlexItem><Flex gap={{ default: 'gapSm' }}>{actions}</Flex></FlexItem>}
        </Flex>
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled>{children}</PageSection>
    </>
  );
}

/** Names and values in a card. */
export function Facts({ title = 'Facts', rows, isFullHeight = false }: { title?: string; rows: [string, ReactNode][]; isFullHeight?: boolean }) {
  return (
    <Card isFullHeight={isFullHeight}>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DescriptionList isHorizontal isCompact>
          {rows.map(([name, value]) => (
            <DescriptionListGroup key={name}>
              <DescriptionListTerm>{name}</DescriptionListTerm>
              <DescriptionListDescription>{value}</DescriptionListDescription>
            </DescriptionListGroup>))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

/** Shows what was loaded, that it is loading, or why it is not there. */
export function Await<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ReactNode }) {
  if (of.value !== undefined) {
    return <>{of.error && <Problem error={of.error} />}{children(of.value)}</>;
  }
  return of.error ? <Problem error={of.error} /> : <Bullseye><Spinner aria-label="Loading" /></Bullseye>;
}

const ADVICE: Record<string, string> = {
  approval_by_submitter: 'A second person must approve. Ask a colleague with the approver role.',
  no_treasury_key: 'Fund with your browser wallet or with any other wallet instead.',
  mail_not_configured: 'This portal cannot send mail yet. Ask its operator to configure a mail server, or show the links and send them yourself.',
  mail_address_missing: 'No address is stored for this link. Enter one.',
  login_needed: 'Your sign-in has ended or was refused. Sign out and sign in again.',
  role_needed: 'Your role does not allow this. Ask a colleague who has it.',
  no_receipt_key: 'This portal has no key to sign receipts with. Its operator sets walnut.receipt.keystore or a treasury key.',
  link_not_released: 'This link is not to be given out yet.',
  unreachable: 'The portal does not answer. Check your connection; this page tries again by itself.',
};

export function Problem({ error, title }: { error?: Error; title?: string }) {
  if (!error) {
    return null;
  }
  const api = error instanceof ApiError ? error : undefined;
  const fields = api?.fields ?? [];
  return (
    <Alert component="p" variant="danger" isInline title={title ?? (api && ADVICE[api.code]) ?? error.message} className="walnut-problem">
      {title || (api && ADVICE[api.code]) ? error.message : null}
      {fields.length > 0 && <ul>{fields.slice(0, 20).map((f) => <li key={f.field}><code>{f.field}</code>: {f.message}</li>)}</ul>}
      {api && api.status >= 500 && api.requestId && (
        <ExpandableSection toggleText="For support">Code {api.code}, request {api.requestId}</ExpandableSection>)}
    </Alert>
  );
}

type LabelColor = 'grey' | 'blue' | 'green' | 'orange' | 'red' | 'purple' | 'teal' | 'yellow' | 'orangered';

const BATCH_STATES: Record<BatchState, [string, LabelColor]> = {
  draft: ['Draft', 'grey'],
  submitted: ['Waits for approval', 'orange'],
  awaiting_deposit: ['Waits for the deposit', 'orange'],
  deposited: ['Deposit seen', 'blue'],
  finalized: ['Deposit final', 'blue'],
  computing: ['Enclave signs', 'purple'],
  ready: ['Ready', 'green'],
  failed: ['Failed', 'red'],
  cancelled: ['Cancelled', 'grey'],
};

const LINK_STATES: Record<LinkState, [string, LabelColor]> = {
  issued: ['Not ready', 'grey'],
  ready: ['Unclaimed', 'blue'],
  claim_pending: ['Being claimed', 'purple'],
  claimed: ['Claimed', 'green'],
  reclaim_pending: ['Being taken back', 'orange'],
  cancelled: ['Cancelled', 'grey'],
  expired: ['Expired', 'grey'],
};

export const linkStates = Object.entries(LINK_STATES) as [LinkState, [string, LabelColor]][];
export const batchStates = Object.entries(BATCH_STATES) as [BatchState, [string, LabelColor]][];

export function BatchLabel({ state }: { state: BatchState }) {
  const [text, color] = BATCH_STATES[state] ?? [state, 'grey'];
  return <Label color={color}>{text}</Label>;
}

export function LinkLabel({ state }: { state: LinkState }) {
  const [text, color] = LINK_STATES[state] ?? [state, 'grey'];
  return <Label color={color}>{text}</Label>;
}

/** An address or hash, short, whole on hover and for screen readers; linked where an explorer knows it. */
export function Hash({ value, chainId }: { value: string; chainId?: number }) {
  const explorer = chainId !== undefined ? explorerLink(chainId, value) : undefined;
  const text = <code title={value}>{shortAddress(value)}</code>;
  return (
    <Tooltip content={value} maxWidth="36rem">
      {explorer ? <a href={explorer} target="_blank" rel="noopener noreferrer">{text}</a> : <span>{text}</span>}
    </Tooltip>
  );
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function When({ time }: { time: string | null }) {
  return time ? <time dateTime={time}>{DATE.format(new Date(time))}</time> : <>–</>;
}
