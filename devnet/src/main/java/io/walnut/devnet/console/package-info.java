/** The inspection page and its switches. */
package io.walnut.devnet.console;
