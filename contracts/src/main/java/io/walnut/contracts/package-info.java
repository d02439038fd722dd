/**
 * Every encoding that two parts of Walnut must agree on, as {@code docs/protocol.md} pins it: values,
 * notes and their tree, EIP-712 messages, key derivation, the enclave's request and result, the link,
 * and the escrow's call data and events. Nothing here talks to a network or keeps state.
 */
package io.walnut.contracts;
