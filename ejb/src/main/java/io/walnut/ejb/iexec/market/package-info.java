/** The order book: published offers, and publishing. */
package io.walnut.ejb.iexec.market;
