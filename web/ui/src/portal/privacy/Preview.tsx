import { Alert, Content, Spinner } from '@patternfly/react-core';
import type { Address } from '../../protocol/viem';
import type { Policy, PrivacyPreview } from '../api';
import { useLoad, type Loaded } from '../common/hooks';
import { useSession } from '../session/session';
import { Bars, percent } from './Bars';

const NAMES: Record<Policy, string> = { exact: 'Exact amounts', standard: 'Standard notes' };

interface Props {
  token: Address;
  amounts: bigint[];
  release?: string;
}

/** The estimates for both policies, so that they can be compared. */
export function usePreviews({ token, amounts, release }: Props): Record<Policy, Loaded<PrivacyPreview>> {
  const { api } = useSession();
  const ask = (policy: Policy) => api.privacyPreview({ token, policy, amounts: amounts.map(String), ...(release && { release_at: release }) });
  const key = `${token} ${release ?? ''} ${amounts.join()}`;
  return { exact: useLoad(() => ask('exact'), [key]), standard: useLoad(() => ask('standard'), [key]) };
}

/** What an outsider could learn of a batch, by both policies, so that they can be compared before it is made. */
export function Preview({ policy, of: { exact, standard } }: { policy: Policy; of: Record<Policy, Loaded<PrivacyPreview>> }) {
  const chosen = policy === 'exact' ? exact : standard;
  if (chosen.error) {
    return <Alert component="p" variant="info" isInline title="What an outsider can learn could not be estimated">{chosen.error.message}</Alert>;
  }
  if (!chosen.value) {
    return <Spinner aria-label="Estimating" />;
  }
  return (
    <>
      <Alert component="p" isInline variant={chosen.value.at_once.linked_share > 0.2 ? 'warning' : 'info'}
        title={`${percent(chosen.value.at_once.linked_share)} of these payments could be tied to you if they are claimed at once`}>{chosen.value.advice}</Alert>
      {exact.value && <Plot name={NAMES.exact} of={exact.value} />}
      {standard.value && <Plot name={NAMES.standard} of={standard.value} />}
      {chosen.value.unique_notes > 0 && <Content component="p">{chosen.value.unique_notes} of {chosen.value.notes} notes have an amount that no other note of late has. Round amounts are easier to hide.</Content>}
    </>
  );
}

function Plot({ name, of }: { name: string; of: PrivacyPreview }) {
  return (
    <Bars title={`${name}: payments that could be tied to you`} bars={[
      { label: 'Claimed at once', share: of.at_once.linked_share },
      { label: 'Claims wait a day', share: of.delayed.linked_share },
      ...of.ahead.filter((a) => a.days > 0).map((a) => ({ label: `… and paid in ${a.days} ${a.days === 1 ? 'day' : 'days'} ahead`, share: a.linked_share })),
    ]} />
  );
}
