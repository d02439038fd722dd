/** What is counted for a monitoring system; see docs/operations/monitoring.md. */
package io.walnut.ejb.metrics;
