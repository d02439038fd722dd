/** Deploy commands: apps, data sets, secrets and orders of one network. Dry-run unless told to send. */
package io.walnut.ejb.iexec.cli;
