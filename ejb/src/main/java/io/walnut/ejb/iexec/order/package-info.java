/** Orders, their EIP-712 hashes and signatures, deal and task ids, deal parameters. No network access. */
package io.walnut.ejb.iexec.order;
