import { createContext, useContext } from 'react';
import type { Api, Escrow, Me, Role, Token } from '../api';
import { NATIVE } from '../../protocol/escrow';
import { formatAmount } from '../../shared/amounts';
import { networkOf } from '../../shared/networks';

export interface Session {
  api: Api;
  me: Me;
  escrow: Escrow;
  signOut: () => void;
}

/** What a login gives. */
export type SignedIn = Omit<Session, 'signOut'> & {
  /** What else is to be ended. */
  atSignOut?: () => void;
};

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  return useContext(SessionContext)!;
}

export function useRole(role: Role): boolean {
  return useSession().me.roles.includes(role);
}

export function tokenOf(escrow: Escrow, address: string): Token {
  const known = escrow.tokens.find((token) => token.address.toLowerCase() === address.toLowerCase());
  if (known) {
    return known;
  }
  return address === NATIVE
    ? { address: NATIVE, symbol: networkOf(escrow.chain_id).coin, decimals: 18 }
    : { address: address as Token['address'], symbol: 'units', decimals: 0 };
}

/** An amount with its symbol, for people. */
export function useMoney(): (amount: string | bigint, token: string) => string {
  const { escrow } = useSession();
  return (amount, address) => {
    const token = tokenOf(escrow, address);
    return `${formatAmount(BigInt(amount), token.decimals)} ${token.symbol}`;
  };
}
