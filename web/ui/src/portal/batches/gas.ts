import costs from '../../../../../contracts/snapshots/Escrow.json';

/** Gas of whole transactions, as the escrow's own tests measured it, rounded up to thousands. */
export function gasOf(native: boolean): { deposit: string; claim: string } {
  return {
    deposit: thousands(costs[native ? 'deposit of 100 notes, native coin' : 'deposit of 100 notes, token']),
    claim: thousands(costs[native ? 'claim, native coin, fresh recipient' : 'claim, token, fresh recipient']),
  };
}

function thousands(gas: string): string {
  return (Math.ceil(Number(gas) / 1000) * 1000).toLocaleString('en');
}
