package io.walnut.devnet.process;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildrenTest {

    /** Starts a child from a thread that ends at once, tells its pid, and waits to be killed. */
    static final class Parent {

        public static void main(String[] arguments) throws Exception {
            var starter = new Thread(() -> {
                try {
                    System.out.println(Children.start(new ProcessBuilder("sleep", "60")).pid());
                } catch (java.io.IOException e) {
                    System.out.println(-1);
                }
            });
            starter.start();
            Thread.currentThread().join();
        }
    }

    @Test
    void aChildEndsWithItsParentAlsoWhenThatIsKilledAndNotBefore() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "only Linux with util-linux binds children");
        Process parent = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("java.class.path"), Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = parent.inputReader()) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            TimeUnit.MILLISECONDS.sleep(500);
            assertTrue(child.isAlive(), "the end of the starting thread is not the parent's");
            parent.destroyForcibly().waitFor();
            child.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }
}
