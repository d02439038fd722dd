/** Confidential data sets: their encryption and upload. */
package io.walnut.ejb.iexec.dataset;
