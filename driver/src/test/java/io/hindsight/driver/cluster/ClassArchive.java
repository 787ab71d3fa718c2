package io.hindsight.driver.cluster;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.serializer.KryoSerializer;

/**
 * Java's archive of the classes that Spark's processes load, which saves each of them a third of
 * its start. The first test that needs it makes it; it lies beside the driver's test classes and
 * serves the tests of all modules.
 */
final class ClassArchive {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private ClassArchive() {}

  /** What a class path must begin with for the archive to be used. */
  static String classPath() {
    return String.join(File.pathSeparator, SparkJars.sparksOwn());
  }

  /** Java's options to use it; none where it could not be made, and then all is slower. */
  static synchronized List<String> options() {
    try {
      Path archive = place();
      provide(archive);
      return Files.size(archive) == 0
          ? List.of()
          : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A file of its own for each class path and each Java. */
  private static Path place() throws IOException {
    int key = (classPath() + Runtime.version()).hashCode();
    return target().resolve("spark-%08x.jsa".formatted(key));
  }

  private static Path target() throws IOException {
    try {
      var classes = ClassArchive.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(classes.toURI()).toRealPath().getParent();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void provide(Path archive) throws IOException, InterruptedException {
    Path lock = archive.resolveSibling("spark-classes.lock");
    try (FileChannel file =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock others = file.lock()) {
      if (others.isValid() && Files.notExists(archive)) {
        make(archive);
      }
    }
  }

  /** An empty one says that it cannot be made here. */
  private static void make(Path archive) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(archive.resolveSibling("class-archive"));
    Path made = folder.resolve("spark.jsa");
    Files.deleteIfExists(made);
    try (LoggedProcess process =
        LoggedProcess.start(command(made, folder), Map.of(), folder.resolve("log"))) {
      if (process.exitCode(PATIENCE) != 0) {
        throw new IOException("no archive of Spark's classes: " + process.output());
      }
    }
    if (Files.exists(made)) {
      Files.move(made, archive);
    } else {
      Files.createFile(archive);
    }
  }

  private static List<String> command(Path archive, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Djava.io.tmpdir=" + folder));
    command.addAll(List.of("-cp", classPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.serializer=" + KryoSerializer.class.getName()));
    command.addAll(List.of("--class", SparkClasses.class.getName()));
    command.addAll(List.of(jar(folder).toString(), folder.toString()));
    return command;
  }

  private static Path jar(Path folder) throws IOException {
    String name = SparkClasses.class.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("program.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        var in = SparkClasses.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new ZipEntry(name));
      in.transferTo(out);
      out.closeEntry();
    }
    return jar;
  }
}
