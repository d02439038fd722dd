/** The few parts of viem that the pages use, in one place, so that the claim page's bundle stays small. */
export {
  bytesToHex, decodeEventLog, decodeFunctionResult, encodeAbiParameters, encodeFunctionData, formatUnits, getAddress, hashTypedData, hexToBytes, isAddress,
  keccak256, numberToHex, pad, publicKeyToAddress,
} from 'viem/utils';
export { parseAbi } from 'viem';
export type { Address, Hex } from 'viem';
