package io.walnut.enclave;

/** Is told when each step of a task is done, for the benchmark. The enclave itself uses {@link #IGNORED}. */
public interface Steps {

    Steps IGNORED = name -> { };

    void done(String name);
}
