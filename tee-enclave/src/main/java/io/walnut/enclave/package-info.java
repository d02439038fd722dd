/**
 * The signer. It runs inside a trusted execution environment, holds the one key that can make vouchers,
 * and signs only what a proof on chain pays for.
 */
package io.walnut.enclave;
