/**
 * The iExec client: plain Java without a container, for the portal's timers, the deploy commands and tests.
 *
 * <p>It speaks to four parties: the hub contract over JSON-RPC ({@code hub}), the order book ({@code market}),
 * the secret management service ({@code sms}) and the result gateways ({@code result}). Every step that has
 * an effect is decided by an intent that the caller stored before ({@code order.RequestIntent}): asking again
 * finds what was done instead of doing it twice.
 */
package io.walnut.ejb.iexec;
