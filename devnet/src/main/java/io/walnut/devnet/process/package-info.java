/** Child processes that end with this one. */
package io.walnut.devnet.process;
