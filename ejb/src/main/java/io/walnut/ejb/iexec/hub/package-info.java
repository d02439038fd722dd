/** The hub contract (PoCo 6): deals, tasks, accounts, and the calls that change them. */
package io.walnut.ejb.iexec.hub;
