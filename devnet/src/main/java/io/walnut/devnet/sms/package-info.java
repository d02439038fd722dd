/** The Secret Management Service. */
package io.walnut.devnet.sms;
