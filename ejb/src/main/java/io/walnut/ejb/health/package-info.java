/** Whether the portal can do its work; see docs/operations/monitoring.md. */
package io.walnut.ejb.health;
