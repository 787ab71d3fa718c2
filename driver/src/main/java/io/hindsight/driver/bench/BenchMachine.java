package io.hindsight.driver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures were measured; they mean nothing without it.
 *
 * @param cpu the processor's own name, or its architecture where the system does not tell
 * @param processors that this process may use
 * @param jdk version and virtual machine
 */
public record BenchMachine(String cpu, int processors, String jdk) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String NAME = "model name";

  /** The machine and the JVM that run this. */
  public static BenchMachine present() {
    return new BenchMachine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version() + ", " + System.getProperty("java.vm.name"));
  }

  private static String cpuName() {
    String architecture = System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException notLinux) {
      return architecture;
    }
  }
}
