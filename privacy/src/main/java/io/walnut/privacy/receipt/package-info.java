/** The disclosure receipt of one payment ({@code docs/protocol.md} §9), and its check against the chain alone. */
package io.walnut.privacy.receipt;
