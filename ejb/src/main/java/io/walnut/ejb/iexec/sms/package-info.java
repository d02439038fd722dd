/** The secret management service: where secrets wait for the enclave. */
package io.walnut.ejb.iexec.sms;
