/** What can be made to go wrong. */
package io.walnut.devnet.fault;
