const NAMES: Record<string, string> = {
  'batch.created': 'Batch made',
  'batch.submitted': 'Batch submitted for approval',
  'batch.approved': 'Batch approved',
  'batch.funded': 'Deposit sent with the treasury key',
  'batch.deposited': 'Deposit seen on chain',
  'batch.finalized': 'Deposit final',
  'batch.computing': 'Enclave asked',
  'batch.ready': 'All links ready',
  'batch.failed': 'Batch failed',
  'batch.cancelled': 'Batch cancelled',
  'batch.retried': 'Enclave asked again',
  'task.prepared': 'iExec task made',
  'task.failed': 'iExec task failed',
  'link.ready': 'Link ready',
  'link.revealed': 'Link shown',
  'link.mail_queued': 'Link to be mailed',
  'link.mail_deferred': 'Mail waits for another attempt',
  'link.mailed': 'Link mailed',
  'link.mail_failed': 'Mail given up',
  'link.claim_pending': 'Recipient claims',
  'link.claimed': 'Link claimed',
  'link.cancel_requested': 'Cancellation asked for',
  'link.expiring': 'Expired, money is being taken back',
  'link.cancelled': 'Link cancelled',
  'link.expired': 'Link expired',
  'claim.accepted': 'Claim taken',
  'claim.settled': 'Claim final on chain',
  'claim.failed': 'Claim failed',
  'webhook.added': 'Webhook added',
  'webhook.removed': 'Webhook removed',
  'webhook.replayed': 'Webhook replayed',
};

/** An event's type, as a person says it. */
export function describe(type: string): string {
  return NAMES[type] ?? type;
}
