/** JSON-RPC and the ABI, as far as the hub needs them. */
package io.walnut.ejb.iexec.rpc;
