/** Scheduler and worker: what happens to a task. */
package io.walnut.devnet.worker;
