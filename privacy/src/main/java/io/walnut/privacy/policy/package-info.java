/** How payments become standard notes and deposits of standard sizes. */
package io.walnut.privacy.policy;
