/** Results of tasks: their download, their decryption, and the key they are encrypted to. */
package io.walnut.ejb.iexec.result;
